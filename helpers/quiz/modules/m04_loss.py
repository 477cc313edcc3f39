"""Module 04: the loss."""

from helpers.quiz.questions import Option, Question

QUESTIONS = (
    Question(
        "A network gives a row with label 0 the prediction 0.9. What is its cross-entropy?",
        (
            Option(
                "−log 0.1, about 2.3",
                "Label 0 got the probability 1 − 0.9 = 0.1, and the surprise is −log of that.",
                right=True,
            ),
            Option(
                "−log 0.9, about 0.1",
                "That is the loss for label 1. For label 0 the truth got the probability 1 − a.",
            ),
            Option("0.9 − 0 = 0.9", "That is the error. Cross-entropy takes a logarithm."),
            Option(
                "0, because y = 0 switches the loss off",
                "It switches off only the first term. The second one, (1 − y)·log(1 − a), stays.",
            ),
        ),
    ),
    Question(
        "You train on batches of 16 and then on batches of 32. Which number can you compare?",
        (
            Option(
                "The mean loss",
                "It does not grow with the number of rows.",
                right=True,
            ),
            Option(
                "The total loss",
                "Twice as many rows have about twice the total, for the very same network.",
            ),
            Option(
                "Neither: losses of different batches have nothing to do with each other",
                "Means over different rows differ a little by chance, but they measure the same.",
            ),
        ),
    ),
    Question(
        "Why does ½ stand in ½(a − y)²?",
        (
            Option(
                "It cancels the 2 of the derivative, so that the slope is a − y",
                "It is there for convenience: the minimum is in the same place without it.",
                right=True,
            ),
            Option(
                "It makes the mean out of two rows",
                "The mean divides by m, whatever m is. The ½ belongs to each single row.",
            ),
            Option(
                "Without it the loss would have its minimum at another place than a = y",
                "A positive factor never moves a minimum. The loss is 0 where a = y, either way.",
            ),
        ),
    ),
    Question(
        "A sigmoid neuron is confidently wrong. Why does it learn slowly with the squared error?",
        (
            Option(
                "Its slope with respect to z contains a(1 − a), which is nearly 0 there",
                "The sigmoid is flat far from 0. Cross-entropy has the same factor below the line, "
                "and it cancels.",
                right=True,
            ),
            Option(
                "Its error is small there",
                "The error a − y is nearly as large as it can be: almost 1 in size.",
            ),
            Option(
                "The squared error has no slope anywhere",
                "It has: a − y with respect to a. Only behind a flat sigmoid little is left of it.",
            ),
            Option(
                "The squared error is infinite there, and nothing can follow such a slope",
                "It is at most ½, and its slope is small. It is cross-entropy that has no limit.",
            ),
        ),
    ),
    Question(
        "A prediction is exactly 1 and the label is 1. Why can an unguarded formula give nan?",
        (
            Option(
                "It computes 0 · log 0, which is 0 times minus infinity",
                "The second term is switched off by multiplying with 0, but its logarithm is "
                "computed all the same.",
                right=True,
            ),
            Option(
                "log 1 is not a number",
                "log 1 is 0. The trouble is log(1 − a), with 1 − a = 0.",
            ),
            Option(
                "A perfect prediction has an infinite loss",
                "Its loss is 0. Infinite is the loss of a prediction that is certain and wrong.",
            ),
        ),
    ),
    Question(
        "What is lost when a is clipped to [10⁻¹², 1 − 10⁻¹²]?",
        (
            Option(
                "Losses above −log(10⁻¹²), about 27.6, become 27.6",
                "Computed from z, the loss at z = −1000 and label 1 is 1000. Clipping caps it.",
                right=True,
            ),
            Option(
                "Nothing: clipping is exact",
                "It changes what is beyond the two ends, and the slope there is lost as well.",
            ),
            Option(
                "A little of every loss: each grows by 10⁻¹² or so",
                "Predictions inside the limits are not touched. Adding eps in the logarithm would "
                "touch them all.",
            ),
        ),
    ),
    Question(
        "A fresh network with random weights has a binary cross-entropy of 0.70. What follows?",
        (
            Option(
                "Measured by this loss, it is about as good as always answering 0.5",
                "That answer costs −log 0.5 = 0.693 on every row.",
                right=True,
            ),
            Option(
                "It is right in 70 % of the rows",
                "A loss is no share of right answers. Its unit is surprise.",
            ),
            Option(
                "It is right in 30 % of the rows",
                "A loss is no share of wrong answers either.",
            ),
            Option(
                "It has learned something, since the loss is below 1",
                "1 is no border. Guessing at 0.5 already costs less than 1.",
            ),
        ),
    ),
    Question(
        "Y and P have the shape (m, k). What is np.mean(-Y * np.log(P))?",
        (
            Option(
                "The cross-entropy divided by k",
                "The mean over the table divides by m·k. Sum over the classes first, then average "
                "over the m rows.",
                right=True,
            ),
            Option(
                "The cross-entropy",
                "That would divide by m. The table has m·k entries, most of them 0.",
            ),
            Option(
                "The cross-entropy of the favorite class",
                "Y picks the true class, whether or not it is the favorite.",
            ),
        ),
    ),
    Question(
        "A row of class 2 gets the probabilities 0.1, 0.3, 0.6. Its slopes at the three scores?",
        (
            Option(
                "0.1, 0.3, −0.4",
                "P − Y. Classes are counted from 0, so the label's row is 0, 0, 1.",
                right=True,
            ),
            Option(
                "0, 0, −0.4",
                "The other classes count too: a score of theirs that falls leaves more for the "
                "true class. The three slopes add up to 0.",
            ),
            Option(
                "−0.1, −0.3, 0.4",
                "The sign is turned around: the loss must fall when the score of the true class "
                "rises.",
            ),
            Option(
                "0, 0, −1/0.6, about −1.7",
                "That is the slope with respect to the probabilities. Softmax stands between them "
                "and the scores.",
            ),
        ),
    ),
)
