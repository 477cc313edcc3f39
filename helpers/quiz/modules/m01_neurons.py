"""Module 01: neurons and perceptrons."""

from helpers.quiz.questions import Option, Question

QUESTIONS = (
    Question(
        "What are the parts of an artificial neuron?",
        (
            Option(
                "Inputs, one weight for each input, a bias, and an activation function",
                "It sums the weighted inputs, adds the bias, and the activation function makes the "
                "output of that. In a perceptron the activation function is a step.",
                right=True,
            ),
            Option(
                "Inputs, a learning rate, and a list of errors",
                "These belong to training. A trained neuron works without them.",
            ),
            Option(
                "Dendrites, an axon and synapses",
                "These are parts of a biological neuron. The artificial one borrows the picture, "
                "not the biology.",
            ),
            Option(
                "Inputs, one weight for each input, and the sum of their products, no more",
                "Without a bias every line must pass through the origin, and without an activation "
                "function there is no decision.",
            ),
        ),
    ),
    Question(
        "All inputs of a neuron are 0. What is its weighted sum?",
        (
            Option("The bias b", "Every product is 0, so only the bias is left.", right=True),
            Option("0, whatever the bias is", "The products are 0, but the bias is still added."),
            Option(
                "The sum of the weights",
                "A weight counts only through its input: w times 0 is 0.",
            ),
        ),
    ),
    Question(
        "You make the bias of a perceptron larger and leave the weights alone. What happens?",
        (
            Option(
                "The line moves parallel to itself, and the side that is predicted 1 grows",
                "The weights set the direction of the line, the bias where it stands. A larger "
                "bias makes every z larger.",
                right=True,
            ),
            Option("The line turns", "Only a change of the ratio of the weights turns the line."),
            Option(
                "The line moves parallel to itself, and the side that is predicted 1 shrinks",
                "The other way around: a larger bias is a lower threshold.",
            ),
        ),
    ),
    Question(
        "The prediction for a row is 1 and its target is 0. What does the learning rule do?",
        (
            Option(
                "It subtracts lr·x from the weights and lr from the bias",
                "The error is 0 − 1 = −1, so both move down, and z of this row gets smaller.",
                right=True,
            ),
            Option(
                "It adds lr·x to the weights and lr to the bias",
                "That makes z larger still. It is the step for target 1 and prediction 0.",
            ),
            Option("It sets the weights to zero", "Then everything learned before would be lost."),
            Option(
                "Nothing, until the epoch is over",
                "The perceptron learns at once, row by row.",
            ),
        ),
    ),
    Question(
        "The learning rule runs on XOR for a million epochs. What do you see?",
        (
            Option(
                "In every epoch at least one row is wrong",
                "No line separates XOR, so no weights get all four rows right, and the rule never "
                "finds a clean epoch.",
                right=True,
            ),
            Option(
                "It converges, but slowly",
                "Time does not help: there are no weights to converge to.",
            ),
            Option(
                "It converges if the learning rate is small enough",
                "Starting from zeros, the learning rate only scales w and b. The predictions "
                "stay the same.",
            ),
        ),
    ),
    Question(
        "Why can two layers of steps do XOR when one cannot?",
        (
            Option(
                "The hidden layer moves the points to places that one line can separate",
                "After OR and NAND, the rows 01 and 10 stand on the same spot, and AND cuts it "
                "off.",
                right=True,
            ),
            Option(
                "Two layers have more weights, so they can draw a steeper line",
                "No single line will do, however steep. The step between the layers is what helps.",
            ),
            Option(
                "The second layer corrects the errors that the first one made in training",
                "Nothing is trained here. The weights were set by hand.",
            ),
        ),
    ),
    Question(
        "w = [2, −1], b = −1. What does the neuron say to the input [1, 1]?",
        (
            Option(
                "0, because z = 0 is not greater than 0",
                "z = 2·1 + (−1)·1 − 1 = 0. The point lies on the line, and the step gives 0 there.",
                right=True,
            ),
            Option("1, because z = 0 is enough for it to fire", "Our step asks for more than 0."),
            Option(
                "1, because z = 1", "That is the sum of the products. The bias is still missing."
            ),
            Option("−1, because z is negative", "z is 0, and a step function never says −1."),
        ),
    ),
    Question(
        "When does the perceptron's learning rule end with an epoch without errors?",
        (
            Option(
                "Whenever some line separates the two classes",
                "That is the convergence theorem: then it makes only a limited number of mistakes.",
                right=True,
            ),
            Option(
                "Whenever it has enough epochs",
                "Without a separating line no number of epochs is enough.",
            ),
            Option(
                "Whenever the rows come in the right order",
                "The order changes how long it takes, not whether it ends.",
            ),
        ),
    ),
    Question(
        "How far does the likeness between a perceptron and a nerve cell go?",
        (
            Option(
                "It is loose: both combine many inputs into one output",
                "Real neurons send spikes in time and change in many ways. The perceptron was "
                "inspired by them; it does not model them.",
                right=True,
            ),
            Option(
                "It is close: a nerve cell also multiplies, sums and compares with 0",
                "A nerve cell sends spikes in time, and much more goes on in it than a sum.",
            ),
            Option(
                "There is none: the two have nothing in common but the name",
                "Rosenblatt was inspired by the brain and said so.",
            ),
        ),
    ),
)
