"""Module 09: handwriting."""

from helpers.quiz.questions import Option, Question

QUESTIONS = (
    Question(
        "A softmax says (0.1, 0.6, 0.3), and class 2 is true (they count from 0). The error dZ2?",
        (
            Option("(0.1, 0.6, −0.7)", "P − Y: 1 is taken off the true class alone.", right=True),
            Option("(−0.1, −0.6, 0.7)", "That is Y − P. With it each step would go uphill."),
            Option(
                "(0, 0, −0.7)",
                "The other classes have an error too: they were given a chance, and it must go "
                "down.",
            ),
            Option(
                "(0.1, −0.4, 0.3)",
                "That takes 1 off class 1, the largest. The true one is class 2.",
            ),
        ),
    ),
    Question(
        "Why is a 7 not given to the network as the target number 7?",
        (
            Option(
                "Because 7 does not fit between 0 and 1",
                "It could be divided by 9. The trouble would stay: an 8 would count as nearly a 7.",
            ),
            Option(
                "Because classes have no order: 8 is no nearer to 7 than 1 is",
                "A row of ten places treats all mistakes alike.",
                right=True,
            ),
            Option(
                "Because NumPy cannot compare whole numbers with probabilities",
                "It can. The comparison would not mean what we want.",
            ),
        ),
    ),
    Question(
        "A network for 100 classes has just been drawn. Its mean cross-entropy is 37. What now?",
        (
            Option(
                "Train: the loss will come down",
                "Perhaps. But an even guess over 100 classes loses log 100, about 4.6. 37 says "
                "that it is surely wrong, before it has seen anything.",
            ),
            Option(
                "Look for the fault: it should start near 4.6",
                "log 100 is 4.6. Weights that are too large, or inputs from 0 to 255, do this.",
                right=True,
            ),
            Option(
                "Nothing can be said before training",
                "A lot can: who knows nothing should give each class about the same chance.",
            ),
            Option(
                "Take fewer classes, since 100 are too many for cross-entropy",
                "The formula does not care how many there are.",
            ),
        ),
    ),
    Question(
        "Of 30 learning rates the best gives 0.93 on the test rows. Which number may be reported?",
        (
            Option(
                "0.93, since no test row was trained on",
                "They moved no weight, but they chose. The best of 30 is partly luck.",
            ),
            Option(
                "None of these 30: the test rows have chosen, so they are used up",
                "0.93 is too friendly. Choose by validation rows; then open the test rows, once.",
                right=True,
            ),
            Option(
                "The mean of all 30, because the best run is partly luck",
                "It would mix good rates with bad ones, which nobody is going to use.",
            ),
        ),
    ),
    Question(
        "In a confusion matrix, row 4 has a 12 in column 9. What does it say?",
        (
            Option(
                "12 rows that are a 4 were taken for a 9", "Row: truth. Column: answer.", right=True
            ),
            Option(
                "12 rows that are a 9 were taken for a 4", "That would stand in row 9, column 4."
            ),
            Option(
                "4 and 9 were mixed up 12 times, in either direction",
                "Each direction has a cell of its own, and they often differ.",
            ),
            Option("12 % of the fours were read as nines", "These are counts, not shares."),
        ),
    ),
    Question(
        "It is 0.99 sure that a picture of a coffee cup is an 8. Is that a fault in the code?",
        (
            Option(
                "Yes: with right gradients it would say 0.1 for every one of the ten",
                "Gradients only shape what it says about rows like those it was trained on.",
            ),
            Option(
                "Yes: the cross-entropy was not low enough",
                "It measures digits. No coffee cup was among them.",
            ),
            Option(
                "No: softmax shares out 1 among ten digits, whatever comes in",
                "It has no way to say “none of these”. The model card has to.",
                right=True,
            ),
        ),
    ),
    Question(
        "A network reads 85 % of the rows. The nearest mean picture reads 89 %. What follows?",
        (
            Option(
                "The network should be trained longer, since networks win in the end",
                "Perhaps it can be mended. But until it beats the baseline it has earned nothing.",
            ),
            Option(
                "As it stands the network is of no use",
                "It is larger, slower and worse. That is what a baseline is for.",
                right=True,
            ),
            Option(
                "The baseline cheats, for it never learns",
                "Its means come from training rows: that is learning, in one pass.",
            ),
        ),
    ),
)
