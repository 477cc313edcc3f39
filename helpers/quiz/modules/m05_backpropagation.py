"""Module 05: backpropagation."""

from helpers.quiz.questions import Option, Question

QUESTIONS = (
    Question(
        "What mathematical technique does backpropagation use to compute gradients?",
        (
            Option(
                "The chain rule, applied from the loss back to the inputs",
                "Slopes multiply along a way and add where ways meet; shared factors are computed "
                "once.",
                right=True,
            ),
            Option(
                "Measuring: nudge every weight and run forward again",
                "That is the gradient check. It needs two forward passes for every parameter.",
            ),
            Option(
                "Solving the equation loss = 0 for the weights",
                "Nobody solves for weights here. A gradient only says which way is downhill.",
            ),
            Option(
                "Inverting the weight matrices to run the network backward",
                "Going back uses the transposed weights, W.T. Most of them have no inverse.",
            ),
        ),
    ),
    Question(
        "A weight has the gradient −0.3. What does one step of gradient descent do to it?",
        (
            Option(
                "It makes the weight larger",
                "P − lr·(−0.3) is P plus something: raising it lowers the loss.",
                right=True,
            ),
            Option(
                "It makes the weight smaller",
                "A step goes against the gradient. Minus a negative number is plus.",
            ),
            Option(
                "It makes the weight negative",
                "The sign of a gradient says which way to go, not what sign the weight gets.",
            ),
            Option(
                "It leaves the weight alone, since the loss falls already",
                "Only a gradient of 0 leaves a weight where it is.",
            ),
        ),
    ),
    Question(
        "A hidden ReLU neuron had Z1 = −0.2 for an example. What comes through to its weights from "
        "this example?",
        (
            Option(
                "Nothing: its gate is shut, so dZ1 is 0 there",
                "A small nudge of its weights would not change its output, which is 0.",
                right=True,
            ),
            Option(
                "The error with its sign turned around, since Z1 is negative",
                "The slope of ReLU is 0 there, not −1.",
            ),
            Option(
                "The error, if the error is positive",
                "The gate looks at Z1, from the way forward. The sign of the error does not count.",
            ),
            Option(
                "The error as it is",
                "That would be so with Z1 > 0. Forgetting the mask is a classic slip.",
            ),
        ),
    ),
    Question(
        "Your dW1 and dW2 are both exactly 5 times the measured ones, and the batch has 5 rows. "
        "What is missing?",
        (
            Option(
                "The division by m",
                "A.T @ dZ sums over the rows. The loss is a mean, so its gradient is one too.",
                right=True,
            ),
            Option(
                "The ReLU mask",
                "Without the mask some entries are wrong and others right, by no common factor.",
            ),
            Option(
                "The sigmoid's slope at the output",
                "It has cancelled against the slope of cross-entropy. Nothing is missing there.",
            ),
            Option(
                "The learning rate",
                "It belongs to the update. A gradient knows nothing of it.",
            ),
        ),
    ),
    Question(
        "Why is the error at a sigmoid output a − y under cross-entropy?",
        (
            Option(
                "The sigmoid's slope a(1 − a) cancels against the loss",
                "The loss' slope has it below the line: (a − y) / (a(1 − a)) · a(1 − a).",
                right=True,
            ),
            Option(
                "a − y is the slope of the loss with respect to a",
                "That holds for half the squared error. Behind a sigmoid its slope in z is then "
                "(a − y)·a(1 − a).",
            ),
            Option(
                "It is an approximation that holds where the error is small",
                "It is exact, for every a between 0 and 1.",
            ),
        ),
    ),
    Question(
        "Why must the error go back through W2 before W2 is updated?",
        (
            Option(
                "The gradients belong to the weights with which the loss was computed",
                "All slopes are taken at one place. With the new W2, dW1 is the slope of no loss "
                "at all.",
                right=True,
            ),
            Option(
                "The updated W2 has another shape",
                "The shape stays, so nothing crashes. The numbers are slightly wrong.",
            ),
            Option(
                "It makes no difference: the learning rate is small",
                "With a small rate the slip is small, and all the harder to find.",
            ),
        ),
    ),
    Question(
        "A parameter is exactly 0 and contributes nothing to the output. What is its gradient?",
        (
            Option(
                "It may be anything",
                "A gradient says what a change would do. b2 was 0 here, and its gradient −0.032.",
                right=True,
            ),
            Option(
                "0, because it contributes nothing",
                "A gradient is no share of the blame. It is how fast the loss would change.",
            ),
            Option(
                "It is not defined, since one cannot divide by 0",
                "The nudge is what one divides by, and that is not 0.",
            ),
        ),
    ),
    Question(
        "A gradient check gives 0.4 at h = 0.01 and 10⁻⁹ at h = 10⁻⁶. What is likely?",
        (
            Option(
                "The gradients are right, and the larger nudge crossed a ReLU's kink",
                "Beyond the kink another slope holds, so the two sides disagree.",
                right=True,
            ),
            Option(
                "The gradients are wrong, since one of the two tests failed",
                "Wrong formulas would not agree to nine digits with a small nudge.",
            ),
            Option(
                "The smaller nudge lost too many digits to mean anything",
                "Lost digits make a difference larger. They do not produce agreement.",
            ),
        ),
    ),
)
