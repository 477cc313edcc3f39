"""The closing quiz: one question after another, over the whole course.

Its answers are exercises, checked like all others; see
`helpers.exercises.m12_closing_quiz`.
"""

import html
from dataclasses import dataclass

from helpers.quiz.questions import LETTERS, Option, Question
from helpers.style import STYLE_SHEET


@dataclass(frozen=True)
class ClosingQuestion(Question):
    """A question with three hints: where to look, the idea, a sentence with a gap."""

    hints: tuple[str, str, str]

    @property
    def letter(self) -> str:
        """The letter of the right option."""
        return next(letter for letter, option in self.lettered if option.right)

    @property
    def lettered(self) -> list[tuple[str, Option]]:
        """The options with their letters, as they are shown."""
        return list(zip(LETTERS, self.shuffled, strict=False))


@dataclass(frozen=True)
class Asked:
    """One question on the page, with its options and without their reasons."""

    number: int
    question: ClosingQuestion

    def __repr__(self) -> str:
        options = (f"   {letter}. {option.text}" for letter, option in self.question.lettered)
        return "\n".join((f"{self.number}. {self.question.text}", *options))

    def _repr_html_(self) -> str:
        items = "".join(
            f"<li style='margin:.2em 0'>{html.escape(option.text)}</li>"
            for _, option in self.question.lettered
        )
        return (
            f"{STYLE_SHEET}<p><b>{html.escape(self.question.text)}</b></p>"
            f"<ol type='a' style='list-style-type:lower-alpha'>{items}</ol>"
        )


def ask(number: int) -> Asked:
    """Show a question of the closing quiz, from 1 on.

    Raises
    ------
    ValueError
        If there is no such question.
    """
    if isinstance(number, bool) or number not in range(1, len(QUESTIONS) + 1):
        raise ValueError(f"number must be one of 1 to {len(QUESTIONS)}, not {number!r}")
    return Asked(int(number), QUESTIONS[int(number) - 1])


QUESTIONS = (
    ClosingQuestion(
        "X has the shape (5, 4), W has (4, 3) and b has (1, 3). What is the shape of X @ W + b?",
        (
            Option(
                "(5, 3)", "Five rows stay, each with three sums. b is repeated for each row.", True
            ),
            Option(
                "(4, 3)",
                "That is the shape of W. A layer keeps the rows of X, one for each example.",
            ),
            Option(
                "(5, 4)", "That is the shape of X. The four inputs are summed away by the product."
            ),
            Option(
                "None: (5, 3) and (1, 3) cannot be added",
                "Broadcasting adds them. What has size 1 is repeated, here once for each row.",
            ),
        ),
        (
            "Module 00, on shapes and broadcasting.",
            "(m, n_in) @ (n_in, n_out) is (m, n_out), and a row of size 1 is repeated m times.",
            "The inner sizes, 4 and ____, agree and disappear. What is left is (5, ____).",
        ),
    ),
    ClosingQuestion(
        "y has the shape (5,) and a has (5, 1). What does NumPy make of a - y?",
        (
            Option(
                "An array of shape (5, 5)",
                "y counts as (1, 5). Both are repeated, and every prediction meets every label.",
                True,
            ),
            Option(
                "An array of shape (5, 1), the five errors",
                "That is what was wanted. It takes y.reshape(-1, 1): as it is, y is a row, not a "
                "column.",
            ),
            Option(
                "An array of shape (5,), the five errors",
                "The result has two dimensions, since one of the two has two.",
            ),
            Option(
                "An error, because the shapes differ",
                "An error would be kinder. (5,) counts as (1, 5), which broadcasts with (5, 1).",
            ),
        ),
        (
            "Module 00, on how broadcasting can hide a mistake.",
            "A shape that is too short gets sizes of 1 on its left. Then each size of 1 is "
            "repeated.",
            "(5,) counts as (____, 5). Next to (5, 1), each 1 grows to ____.",
        ),
    ),
    ClosingQuestion(
        "What are the main components of an artificial neuron?",
        (
            Option(
                "Inputs, a weight for each, a bias, and an activation function",
                "z is the weighted sum plus the bias, and the activation turns z into the output.",
                True,
            ),
            Option(
                "Dendrites, a cell body and an axon",
                "These are parts of a nerve cell. The likeness is loose, and the formula needs "
                "none of them.",
            ),
            Option(
                "An input layer, a hidden layer and an output layer",
                "These are the parts of a network. One neuron is one column of one layer.",
            ),
            Option(
                "A loss function and a learning rate",
                "These are needed to train a neuron. It has neither when it computes its output.",
            ),
        ),
        (
            "Module 01, where the first neuron is built.",
            "a = f(x·w + b). Name every letter.",
            "x: the inputs, w: ____, b: ____, f: the ____.",
        ),
    ),
    ClosingQuestion(
        "Why can no single perceptron compute XOR?",
        (
            Option(
                "One straight line cannot separate its two classes",
                "A perceptron draws one line. The points of class 1 lie at opposite corners; two "
                "lines, hence a hidden layer, do it.",
                True,
            ),
            Option(
                "Rosenblatt's rule needs more epochs than usual for it",
                "Time does not help. Where no line separates the classes, the rule never comes "
                "to rest.",
            ),
            Option(
                "It has two inputs, and XOR needs three",
                "XOR has two inputs. A third one made from them, x₁x₂, would help, but it is not "
                "given.",
            ),
            Option(
                "The step function has no derivative that could be used",
                "The rule uses no derivative, and AND is learned with the same step function.",
            ),
        ),
        (
            "Module 01, the section on XOR.",
            "A perceptron answers 1 on one side of the line w₁x₁ + w₂x₂ + b = 0.",
            "The points (0, 1) and (1, 0) would have to lie on ____ side, with (0, 0) and (1, 1) "
            "on the other.",
        ),
    ),
    ClosingQuestion(
        "Why does a network need activation functions that are not linear?",
        (
            Option(
                "Without them, a stack of layers is no more than one layer",
                "A product of matrices is a matrix. Depth adds nothing until something bends.",
                True,
            ),
            Option(
                "They keep all numbers in the network between 0 and 1, so nothing overflows",
                "Sigmoid does, ReLU does not: it grows without limit and works well in hidden "
                "layers.",
            ),
            Option(
                "They make the computation faster",
                "They cost time. Without them the layers could be multiplied into one in advance.",
            ),
            Option(
                "They set the starting weights",
                "Starting weights are drawn before any activation is computed. He and Glorot "
                "give rules for it.",
            ),
        ),
        (
            "Module 02, the section on stacked layers.",
            "(X W₁) W₂ = X (W₁ W₂).",
            "Two linear layers in a row are ____ linear layer.",
        ),
    ),
    ClosingQuestion(
        "Which activation is the usual first choice in the hidden layers of deep networks?",
        (
            Option(
                "ReLU, or one of its relatives",
                "Its slope is 1 wherever it is on, so depth alone does not shrink the gradient. "
                "Smooth relatives, such as GELU, a ReLU with a round corner, are common too.",
                True,
            ),
            Option(
                "Sigmoid",
                "Its slope is at most 0.25. Nine such slopes, from the tenth layer to the first, "
                "leave 1 part in 262,144 before any weight counts. It serves at the output, for "
                "two classes.",
            ),
            Option(
                "The step function",
                "Its slope is 0 wherever it has one, so nothing could be learned through it.",
            ),
            Option(
                "Softmax",
                "It turns scores into probabilities that sum to 1, which fits an output of several "
                "classes.",
            ),
        ),
        (
            "Module 02, where the slopes of the functions are compared.",
            "From the tenth layer to the first, nine slopes multiply: 0.25⁹ is 1 part in 262,144, "
            "1⁹ is 1.",
            "A slope of ____ on its whole right half keeps the gradient alive.",
        ),
    ),
    ClosingQuestion(
        "What happens in a forward pass?",
        (
            Option(
                "The inputs go through the layers, one after the other, up to a prediction",
                "Each layer computes Z = A_prev @ W + b and its activation. No weight changes.",
                True,
            ),
            Option(
                "The weights move a step toward a smaller loss",
                "That is the update. A forward pass reads the weights and leaves them as they are.",
            ),
            Option(
                "The error travels from the output back to the first layer",
                "That is the backward pass, which uses what the forward pass has stored.",
            ),
            Option(
                "The rows are shuffled and cut into batches",
                "That is done before an epoch. The forward pass then runs once for each batch.",
            ),
        ),
        (
            "Module 03, the first sections.",
            "Z1 = X @ W1 + b1, A1 = relu(Z1), Z2 = A1 @ W2 + b2, A2 = sigmoid(Z2).",
            "Data in, ____ out; the weights stay ____.",
        ),
    ),
    ClosingQuestion(
        "Why does He's rule draw weights with the spread √(2 / n_in)?",
        (
            Option(
                "So that signals keep their size through ReLU layers",
                "A sum over n_in products grows with n_in; the 2 makes up for the half that ReLU "
                "cuts off.",
                True,
            ),
            Option(
                "So that all weights start positive",
                "They are drawn around 0, about half of them negative.",
            ),
            Option(
                "So that all neurons of a layer start alike",
                "Then they would all get the same gradient and stay alike. Random draws break "
                "that tie.",
            ),
            Option(
                "So that the loss starts near 0 and training has less far to go",
                "It starts near that of a guess, 0.693 for two classes. The rule cares about the "
                "signals.",
            ),
        ),
        (
            "Module 03, where signals are followed through ten layers.",
            "Each of n_in products adds its variance. ReLU keeps about half of it.",
            "Var(z) is about n_in · Var(w) · mean(x²). With Var(w) = ____ / n_in and ReLU it "
            "stays level.",
        ),
    ),
    ClosingQuestion(
        "A row has the label 1. The network gives it the probability 0.01. What is its "
        "cross-entropy?",
        (
            Option(
                "About 4.6",
                "−log 0.01 = 4.605. The more surprising the truth, the larger the loss.",
                True,
            ),
            Option(
                "About 0.01",
                "That is −log 0.99, the loss of this prediction if the label were 0.",
            ),
            Option("0.99", "That is the error |a − y|. Cross-entropy takes a logarithm."),
            Option(
                "About 0.49",
                "That is ½(a − y)², the squared error. It hardly grows where cross-entropy "
                "explodes.",
            ),
        ),
        (
            "Module 04, on surprise.",
            "For label 1 the loss is −log(a).",
            "−log(____), with the natural logarithm.",
        ),
    ),
    ClosingQuestion(
        "Behind a sigmoid, why is cross-entropy preferred to the squared error?",
        (
            Option(
                "Its slope at z is a − y, large where a is confidently wrong",
                "The squared error multiplies this by a(1 − a), which is almost 0 just there.",
                True,
            ),
            Option(
                "It can be computed without a logarithm",
                "It is made of logarithms. They are what cancels the sigmoid's flat ends.",
            ),
            Option(
                "It is the only one of the two that is 0 for a perfect prediction",
                "Both are 0 there. They differ in how they treat large errors.",
            ),
            Option(
                "It gives a loss between 0 and 1",
                "It has no upper limit: −log(a) grows without end as a goes to 0.",
            ),
        ),
        (
            "Module 04, the figure with the two gradients.",
            "Squared error: (a − y)·a(1 − a). Cross-entropy: a − y.",
            "At a near 0 and y = 1 the factor a(1 − a) is near ____.",
        ),
    ),
    ClosingQuestion(
        "What mathematical technique does backpropagation use to compute gradients?",
        (
            Option(
                "The chain rule, from the loss back to each weight",
                "Each step multiplies by one local derivative, and what was computed is used "
                "again.",
                True,
            ),
            Option(
                "Nudging each weight a little and measuring the loss again",
                "That gives the gradient too, with two forward passes for every weight. It "
                "serves as a check.",
            ),
            Option(
                "Solving a system of linear equations",
                "Setting all gradients to zero gives equations that are not linear. None is "
                "solved here.",
            ),
            Option(
                "Trying random weights and keeping the best",
                "That needs no gradient, and with many weights it hardly ever finds a better one.",
            ),
        ),
        (
            "Module 05, the first sections.",
            "dL/dw = dL/da · da/dz · dz/dw.",
            "The derivative of a function of a function is a ____ of derivatives.",
        ),
    ),
    ClosingQuestion(
        "dZ1 holds the error of each row at the hidden layer of the 4-3-1 network. Which "
        "expression is dW1?",
        (
            Option(
                "X.T @ dZ1 / m",
                "(4, m) @ (m, 3) is (4, 3), the shape of W1, and the mean over the batch is "
                "taken once.",
                True,
            ),
            Option(
                "X @ dZ1 / m",
                "(m, 4) and (m, 3) do not fit. The rows must meet, so X is turned around.",
            ),
            Option(
                "dZ1.T @ X / m",
                "That is (3, 4), the transpose of the answer. A gradient has the shape of its "
                "weights.",
            ),
            Option(
                "dZ1 @ W1.T / m",
                "That passes the error on to the inputs. For the weights, the layer's inputs are "
                "needed.",
            ),
        ),
        (
            "Module 05, the seven steps.",
            "A gradient has the shape of what it belongs to: dW1 is (4, 3), like W1.",
            "(4, m) @ (m, 3): so X must be ____ first.",
        ),
    ),
    ClosingQuestion(
        "A gradient check compares your gradient with a measured one. The worst relative "
        "difference is 0.3. What do you do?",
        (
            Option(
                "Look for the mistake in the backward pass",
                "In float64, NumPy's usual numbers of 16 digits, a right gradient agrees to about "
                "seven digits. 0.3 nearly always means that a formula is wrong. The rare exception "
                "is a ReLU at its kink.",
                True,
            ),
            Option(
                "Accept it: 0.3 is below 1",
                "The difference is relative: 0.3 is thirty percent. A right gradient comes to "
                "about 10⁻⁷.",
            ),
            Option(
                "Make the step h much smaller, such as 10⁻¹⁵",
                "Then rounding drowns the measurement, and even a right gradient fails the check.",
            ),
            Option(
                "Train with a smaller learning rate",
                "That walks more slowly in the wrong direction. The gradient itself has to be "
                "mended.",
            ),
        ),
        (
            "Module 05, the section on the gradient check.",
            "With h = 10⁻⁶, a central difference of a loss of about 1 is good to nine decimals or "
            "so.",
            "Below about 10⁻⁶: fine. 0.3: there is a ____ in the formulas.",
        ),
    ),
    ClosingQuestion(
        "The training loss keeps falling. The validation loss fell, and now it rises. What is "
        "this?",
        (
            Option(
                "Overfitting: the network learns what is peculiar to the training rows",
                "Stop early, use more data, a smaller network or L2.",
                True,
            ),
            Option(
                "Underfitting: the network is too small",
                "Then both losses would stay high. Here the training loss falls and falls.",
            ),
            Option(
                "Divergence: the learning rate is too high",
                "Then the training loss would rise or swing as well.",
            ),
            Option(
                "Success: the distance between the two shows how much was learned",
                "The distance shows how much was learned that does not carry over to new rows.",
            ),
        ),
        (
            "Module 06, on the warning signs.",
            "The validation rows are never trained on. They stand for data that are still to come.",
            "Better on rows it has seen, worse on rows it has not: ____.",
        ),
    ),
    ClosingQuestion(
        "You scale the columns to mean 0 and spread 1. Where do the mean and the spread come from?",
        (
            Option(
                "From the training rows alone",
                "The test rows are scaled with the same numbers. They stand for data that you do "
                "not have yet.",
                True,
            ),
            Option(
                "From all rows together",
                "Then the test rows have told the training something. The test looks better than "
                "it is.",
            ),
            Option(
                "From the training rows for these, from the test rows for those",
                "Then the same measurement gets two different values, and the network sees "
                "another unit.",
            ),
            Option(
                "From the test rows, since these are the ones that count",
                "That leaks the test into the training. It also leaves nothing to scale a single "
                "new row by.",
            ),
        ),
        (
            "Module 06, on scaling without leakage.",
            "What is learned from data is learned from the training data: weights, means and "
            "spreads.",
            "Fit the scaler on the ____ rows, then use it on all.",
        ),
    ),
    ClosingQuestion(
        "Early stopping has waited until its patience ran out. Which weights do you keep?",
        (
            Option(
                "A copy of those with the lowest validation loss",
                "That is what it has stored. It must be a copy, since training goes on changing "
                "the rest.",
                True,
            ),
            Option(
                "The last ones",
                "These are some updates past the best. Waiting that long is what showed it.",
            ),
            Option(
                "Those with the lowest training loss",
                "These are most likely the last ones, and the most overfitted.",
            ),
            Option(
                "The starting weights",
                "Nothing would have been learned. The validation loss fell before it rose.",
            ),
        ),
        (
            "Module 06, on early stopping.",
            "Training loss shows fit, validation loss shows use.",
            "Keep a ____ of the weights each time the ____ loss is lower than ever.",
        ),
    ),
    ClosingQuestion(
        "In gradient descent, what does the learning rate control?",
        (
            Option(
                "How far the weights move for a given gradient",
                "w ← w − lr · gradient. It scales the step; the gradient gives its direction.",
                True,
            ),
            Option(
                "How many rows are in a batch",
                "That is the batch size, chosen on its own. It changes how noisy the gradient is.",
            ),
            Option(
                "How often the data are gone through",
                "That is the number of epochs.",
            ),
            Option(
                "How accurate the network will be once training has ended",
                "It decides whether and how fast a minimum is reached. It promises no accuracy.",
            ),
        ),
        (
            "Module 07, the first section.",
            "w ← w − lr · dL/dw.",
            "Twice the rate, and from the same place the step is ____ as long.",
        ),
    ),
    ClosingQuestion(
        "A loss is the parabola 2w², whose curvature is 4 everywhere. Above which learning rate "
        "does gradient descent diverge?",
        (
            Option(
                "0.5",
                "The limit is 2 / curvature = 0.5. Above it each step lands farther away than it "
                "began.",
                True,
            ),
            Option(
                "0.25",
                "At 1 / curvature the first step lands on the minimum. Above that it overshoots, "
                "and up to 0.5 it still converges.",
            ),
            Option(
                "0.1, as for every network",
                "No rate is right for all. The limit depends on the curvature.",
            ),
            Option(
                "2",
                "The limit is 2 divided by the curvature, 4. At a rate of 2 each step multiplies "
                "w by −7.",
            ),
        ),
        (
            "Module 07, on the limit.",
            "One step multiplies w by 1 − lr · curvature.",
            "It grows if lr · curvature is above ____.",
        ),
    ),
    ClosingQuestion(
        "The gradient is zero, and the Hessian has the eigenvalues 3 and −1. What kind of place "
        "is it?",
        (
            Option(
                "A saddle",
                "Up in one direction, down in another. Descent can leave along the second.",
                True,
            ),
            Option("A minimum", "Then both eigenvalues would be positive: up in every direction."),
            Option(
                "A maximum", "Then both eigenvalues would be negative: down in every direction."
            ),
            Option(
                "It cannot be told",
                "That is so where an eigenvalue is 0 and the others agree. Here the signs decide.",
            ),
        ),
        (
            "Module 08, on critical points.",
            "Each eigenvalue is the curvature along one direction.",
            "Positive: up. Negative: ____. Both at once: a ____.",
        ),
    ),
    ClosingQuestion(
        "You draw a network's loss along two random directions and see one smooth bowl. What do "
        "you know?",
        (
            Option(
                "How the loss behaves on that plane, around these weights",
                "A plane through a space of many dimensions. Other directions may look different.",
                True,
            ),
            Option(
                "That the network has one minimum",
                "A slice shows two of many directions. Other minima may lie outside the plane.",
            ),
            Option(
                "That any learning rate below 2 will converge from every start",
                "The limit depends on the largest curvature, and that need not lie in this plane.",
            ),
            Option(
                "That the network will do well on new data",
                "The surface is the training loss. It says nothing by itself about rows it has "
                "not seen.",
            ),
        ),
        (
            "Module 08, on slices of the 4-3-1 network's loss.",
            "Two directions out of nineteen (4·3 + 3 + 3·1 + 1 parameters).",
            "A slice is evidence about a ____, not about the whole space.",
        ),
    ),
)
