"""Module 03: the forward pass."""

from helpers.quiz.questions import Option, Question

QUESTIONS = (
    Question(
        "What happens during forward propagation?",
        (
            Option(
                "Each layer sums with its weights and biases, then applies its activation",
                "Sums, activation, next layer, until the output is reached. Nothing in the network "
                "changes on the way.",
                right=True,
            ),
            Option(
                "The weights are adjusted to make the error smaller",
                "That is an update, and it needs gradients. The forward pass only uses weights.",
            ),
            Option(
                "The error travels from the output back to the inputs",
                "That is backpropagation, the other direction.",
            ),
            Option(
                "The inputs are passed on unchanged, and the last layer computes everything",
                "Only the input nodes pass on what they get. Every layer after them computes.",
            ),
        ),
    ),
    Question(
        "X has shape (5, 4), and the layer has 3 neurons. What are the shapes of W, b and Z?",
        (
            Option(
                "W (4, 3), b (1, 3), Z (5, 3)",
                "The inner 4 vanishes. Five examples give five rows, three neurons three columns.",
                right=True,
            ),
            Option(
                "W (3, 4), b (3, 1), Z (3, 5)",
                "Those are the shapes when examples are columns. Here they are rows.",
            ),
            Option(
                "W (5, 3), b (5, 3), Z (5, 3)",
                "No weight belongs to an example. The same W serves every row, and so does b.",
            ),
            Option(
                "W (4, 3), b (1, 1), Z (5, 3)",
                "One bias would be shared by all neurons. Each neuron has its own.",
            ),
        ),
    ),
    Question(
        "A page draws its weights with standard deviation √(2 / n_in) and calls it Xavier. "
        "What is it?",
        (
            Option(
                "He's rule, derived for ReLU",
                "The 2 makes up for the half that ReLU silences. Xavier's rule has n_in + n_out.",
                right=True,
            ),
            Option(
                "Xavier's rule, because Xavier is another name of He",
                "Xavier is the first name of Glorot. Kaiming is the first name of He.",
            ),
            Option(
                "Glorot's rule, derived for functions that are like z near 0, as tanh is",
                "Glorot's is the same rule as Xavier's: √(2 / (n_in + n_out)).",
            ),
            Option(
                "Neither: the rules give the variance, and this is a standard deviation",
                "The root of the variance 2 / n_in is the standard deviation √(2 / n_in).",
            ),
        ),
    ),
    Question(
        "All weights and biases of a network start at 0. What is wrong with that?",
        (
            Option(
                "The neurons of a layer stay copies of each other",
                "They compute the same and are changed in the same way, behind ReLU not at all. "
                "Random weights make them different.",
                right=True,
            ),
            Option(
                "Nothing, as long as the learning rate is large enough",
                "Equal neurons get equal steps, large or small. They stay equal.",
            ),
            Option(
                "The biases must not be 0",
                "Biases may well start at 0. It is the weights that tell the neurons apart.",
            ),
            Option(
                "The activations become too large",
                "With weights of 0 every sum is 0. Nothing is large.",
            ),
        ),
    ),
    Question(
        "A walkthrough computes W @ x + b with W = [[0.2, 0.4], [0.1, 0.6]]. You write X @ W + b. "
        "What do you do with its W?",
        (
            Option(
                "Transpose it",
                "A row of its W belongs to one neuron. In our convention that is a column.",
                right=True,
            ),
            Option(
                "Use it as it is: it is square, so the shapes fit",
                "They fit, and the numbers are wrong. Square matrices hide this mistake.",
            ),
            Option(
                "Invert it",
                "No inverse is involved: (XW)ᵀ = WᵀXᵀ.",
            ),
        ),
    ),
    Question(
        "You run the same trained network twice on the same input. The answers differ. "
        "What do you conclude?",
        (
            Option(
                "Something changed between the runs: the weights, the input, or the code",
                "A forward pass like ours only multiplies, adds and applies fixed functions.",
                right=True,
            ),
            Option(
                "Nothing: networks are random",
                "Their start is random. The forward pass is not.",
            ),
            Option(
                "The network has not been trained long enough",
                "Even an untrained network gives the same answer twice.",
            ),
        ),
    ),
    Question(
        "How many parameters has a 3-4-2 network?",
        (
            Option(
                "26", "3·4 + 4 = 16 in the first layer, 4·2 + 2 = 10 in the second.", right=True
            ),
            Option("20", "Those are the weights. There are 4 + 2 biases as well."),
            Option("29", "The 3 inputs have no biases: they compute nothing."),
            Option("9", "Those are the nodes. The parameters are between and in them."),
        ),
    ),
    Question(
        "An untrained screening network gives a person the output 0.479. What does it say?",
        (
            Option(
                "Nothing about the person",
                "The weights are random. And even a trained screening tool only suggests who "
                "should be examined; it does not diagnose.",
                right=True,
            ),
            Option(
                "The person has the condition with a probability of 47.9 %",
                "A number between 0 and 1 is not yet a probability of anything real.",
            ),
            Option(
                "The person is healthy, because 0.479 is below 0.5",
                "A threshold on a meaningless number is meaningless too.",
            ),
        ),
    ),
)
