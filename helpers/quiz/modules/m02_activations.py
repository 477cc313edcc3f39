"""Module 02: activation functions."""

from helpers.quiz.questions import Option, Question

QUESTIONS = (
    Question(
        "Why does a network need activation functions?",
        (
            Option(
                "Without them all its layers are no more than one linear layer",
                "Multiply out two linear layers and you get one again: W1·W2 and b1·W2 + b2. The "
                "bend in between is what makes depth count.",
                right=True,
            ),
            Option(
                "They keep the outputs between 0 and 1",
                "The sigmoid does. ReLU has no upper limit, and works well in hidden layers.",
            ),
            Option(
                "They make training faster, but the network could learn the same without them",
                "Without them it can draw a straight border and nothing else, however long it "
                "trains.",
            ),
            Option(
                "They add the bias",
                "The bias is part of the weighted sum. The activation comes after it.",
            ),
        ),
    ),
    Question(
        "Which of these would you try first in the hidden layers of a deep network?",
        (
            Option(
                "ReLU",
                "It costs one comparison, and where z is positive its slope is 1, so a gradient "
                "passes without loss. Its round relatives GELU and SiLU are common too.",
                right=True,
            ),
            Option(
                "Sigmoid",
                "It was the usual choice, long ago. Its slope is at most 0.25, so gradients vanish "
                "over many layers. It is still used at the output.",
            ),
            Option(
                "Softmax",
                "It makes the outputs of a layer compete and sum to 1. That suits the output.",
            ),
            Option("None (linear)", "Then the layers collapse into one."),
        ),
    ),
    Question(
        "A ReLU neuron has z < 0 for three rows of a batch and z > 0 for two. Is it dead?",
        (
            Option(
                "No: it learns from the two rows",
                "A neuron is dead only if z ≤ 0 in every row of the data. Being off for some rows "
                "is how ReLU works.",
                right=True,
            ),
            Option(
                "Yes: its output became negative",
                "A ReLU's output is never negative. And z < 0 for some rows is no harm.",
            ),
            Option(
                "Yes: most of its rows are off",
                "The gradient is averaged over the rows. Two rows are enough to move the weights.",
            ),
        ),
    ),
    Question(
        "A neuron died under ReLU. Why can leaky ReLU bring it back?",
        (
            Option(
                "Its slope on the negative side is small, and not 0",
                "So the weights still move, slowly at first: the gradient is multiplied by 0.01. "
                "With ReLU it is multiplied by 0.",
                right=True,
            ),
            Option(
                "It never outputs a negative number",
                "It does: alpha·z is negative where z is. What counts is the slope.",
            ),
            Option(
                "It makes the learning rate larger",
                "The learning rate stays the same. A rate that is too large is what kills neurons.",
            ),
            Option(
                "It keeps gradients from vanishing, whatever the depth",
                "The slopes of ten leaks in a row leave 0.01 to the power 10, less than those of "
                "ten sigmoids at their steepest do.",
            ),
        ),
    ),
    Question(
        "The sigmoid of z is 0.5. How steep is the sigmoid there?",
        (
            Option(
                "0.25, its largest slope",
                "σ(1 − σ) = 0.5 · 0.5. Everywhere else the product is smaller.",
                right=True,
            ),
            Option(
                "1, as the curve is steepest at 0", "tanh has slope 1 at 0. The sigmoid has not."
            ),
            Option("0, because z is 0", "z is 0, but the slope is σ(1 − σ), which is not z."),
            Option("0.5", "That is its value. The slope is the value times one minus the value."),
        ),
    ),
    Question(
        "You divide all scores by a temperature of 5 before softmax. What changes?",
        (
            Option(
                "The probabilities come closer to each other",
                "Dividing by 5 shrinks the differences between scores, and only these count. The "
                "order stays.",
                right=True,
            ),
            Option(
                "The largest probability grows",
                "That is what a temperature below 1 does.",
            ),
            Option(
                "Each probability is divided by 5",
                "Then they would no longer sum to 1. The scores are divided, inside the power.",
            ),
            Option(
                "Nothing: softmax only looks at differences",
                "Adding a number to all scores changes nothing. Dividing changes the differences.",
            ),
        ),
    ),
    Question(
        "A photo may show a cat, a dog, both or neither. What goes at the output?",
        (
            Option(
                "Two sigmoids, one for each animal",
                "Each answers its own yes or no, and the two need not sum to 1.",
                right=True,
            ),
            Option(
                "Softmax over cat and dog",
                "Its probabilities sum to 1, so it can say neither “both” nor “neither”.",
            ),
            Option(
                "ReLU, as in the hidden layers",
                "Its outputs have no upper limit, so they are no probabilities.",
            ),
        ),
    ),
    Question(
        "sigmoid_derivative(z) is given z. A student passes sigmoid(z) instead. What happens?",
        (
            Option(
                "It returns wrong numbers that look right, and no error",
                "At z = 1 it gives 0.219 in place of 0.197. Say in the docstring which of the two "
                "a function wants.",
                right=True,
            ),
            Option(
                "Python raises an error",
                "A number is a number. Nothing in the code can tell an input from an output.",
            ),
            Option(
                "The answer is the same, because the slope depends on the output only",
                "It does depend on the output only, but this function takes the sigmoid itself, so "
                "it would be taken twice.",
            ),
        ),
    ),
)
