"""Module 06: training."""

from helpers.quiz.questions import Option, Question

QUESTIONS = (
    Question(
        "There are 100 training rows, in batches of 16. How many steps does one epoch have?",
        (
            Option(
                "7",
                "Six full batches are 96 rows. The last batch has 4, and is a step as well.",
                right=True,
            ),
            Option("6", "Then 4 rows would never have their turn. The last batch may be smaller."),
            Option("16", "That is the number of rows in a batch."),
            Option("100", "That would be batches of one row each."),
        ),
    ),
    Question(
        "Training loss 0.05, validation loss 0.9, and rising. What helps first?",
        (
            Option(
                "The L2 penalty, early stopping, or more rows",
                "The network learns its rows by heart. All three work against that.",
                right=True,
            ),
            Option(
                "A larger network",
                "It already fits its training rows almost perfectly. More room makes that worse.",
            ),
            Option(
                "More epochs", "The validation loss is rising. More of the same raises it further."
            ),
            Option(
                "Training on the validation rows as well, as nothing else uses them",
                "Then no row is left that shows the truth. The sign would vanish, not the fault.",
            ),
        ),
    ),
    Question(
        "Early stopping keeps self.best_params = params. What goes wrong?",
        (
            Option(
                "If arrays are changed in place later, the best ones change with them",
                "= makes a second name for the same dict. Store a copy of every array.",
                right=True,
            ),
            Option(
                "Nothing: = makes a copy of the dict",
                "It copies nothing. Both names mean the same dict.",
            ),
            Option(
                "Python raises an error, because a dict cannot be stored in an object",
                "It can. That is why nobody notices the fault.",
            ),
        ),
    ),
    Question(
        "Which rows measure the mean and std that scale the validation rows?",
        (
            Option(
                "The training rows",
                "Validation rows stand for data that nobody has seen. They must not measure.",
                right=True,
            ),
            Option(
                "The validation rows themselves",
                "Then the same row would be scaled in another way, with other rows beside it.",
            ),
            Option(
                "All rows together",
                "Then something about the validation rows leaks into training.",
            ),
        ),
    ),
    Question(
        "A text reports 60 % test accuracy: one seed, five test rows. What do you know?",
        (
            Option(
                "Little: 3 of 5 rows, and another seed may give 0 or 5",
                "Ask for many seeds and more test rows. Also ask what always answering 1 gives.",
                right=True,
            ),
            Option(
                "The network is right for 60 % of all inputs",
                "Five rows cannot tell 60 % from 30 % or 90 %.",
            ),
            Option(
                "The training code is wrong",
                "Right code can end there, for example with dead ReLUs from an unlucky start.",
            ),
        ),
    ),
    Question(
        "Why are the rows shuffled before each epoch?",
        (
            Option(
                "So that batches are mixed, and mixed differently each time",
                "Sorted rows would give batches that all pull one way.",
                right=True,
            ),
            Option(
                "So that labels are spread over other rows",
                "Labels must stay with their rows: X and y get the same order.",
            ),
            Option(
                "So that each row is seen several times in an epoch",
                "Each row is dealt exactly once in an epoch, shuffled or not.",
            ),
            Option(
                "So that no two runs give the same result",
                "With the same rng they do, and they should.",
            ),
        ),
    ),
    Question(
        "How large is the error of a 64-row batch's gradient, beside that of a 16-row batch?",
        (
            Option(
                "About half as large",
                "It falls like 1/√b, and √(64/16) = 2; without repetition, a bit faster. A step "
                "costs four times as much.",
                right=True,
            ),
            Option(
                "About a quarter as large",
                "Only with the square root: four times the rows halve the error.",
            ),
            Option(
                "Equally large: noise does not depend on the batch",
                "Averaging more rows cancels more of it.",
            ),
        ),
    ),
    Question(
        "Adding the L2 penalty changes a step of plain gradient descent in which way?",
        (
            Option(
                "Each weight also shrinks a little, in proportion to its size",
                "The penalty's gradient is (λ/m)W, so in plain descent each weight decays. Through "
                "Adam it does not: module 07 shows AdamW.",
                right=True,
            ),
            Option(
                "Each weight shrinks by the same amount",
                "That is L1, whose gradient has the sign of W and not W.",
            ),
            Option(
                "The biases shrink as well",
                "They are left alone: a bias only shifts, it does not bend anything.",
            ),
            Option(
                "Nothing changes, the penalty is only added to the reported loss",
                "It has a gradient, and the step follows it.",
            ),
        ),
    ),
    Question(
        "One of 30 columns runs into the thousands, nothing is scaled, and the network gives "
        "every row the same answer. What is likely?",
        (
            Option(
                "The first steps were too long for its weights, and all hidden ReLUs have died",
                "The gradient of a weight has its input as a factor. Dead neurons say 0 to every "
                "row, so only the bias of the output is left.",
                right=True,
            ),
            Option(
                "It needs more epochs: a large column is learned later",
                "A dead ReLU has the slope 0 on every row. No number of epochs moves its weights.",
            ),
            Option(
                "It has learned the training rows by heart",
                "Then it would give them different answers, the right ones. This one has learned "
                "how often each label comes, and nothing else.",
            ),
            Option(
                "The large column is the most important one, and the network looks at it alone",
                "A unit of measurement says nothing about importance: in millimeters every length "
                "is a thousand times larger.",
            ),
        ),
    ),
)
