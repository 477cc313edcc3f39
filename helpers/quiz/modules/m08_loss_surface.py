"""Module 08: the loss surface."""

from helpers.quiz.questions import Option, Question

QUESTIONS = (
    Question(
        "You fill a grid for 5 values of w1 and 3 values of w2. Which shape does the table have?",
        (
            Option(
                "(3, 5): a row for each w2, a column for each w1",
                "So w1 runs to the right, as on a map. np.meshgrid(w1s, w2s) makes this shape.",
                right=True,
            ),
            Option(
                "(5, 3): w1 comes first",
                "First among the arguments, yes. But the first index of a table counts its rows, "
                "which go up and down.",
            ),
            Option(
                "(15,): one height for each point, in the order of the loops",
                "There are 15 heights, but a plot has to know which ones are neighbors.",
            ),
        ),
    ),
    Question(
        "On a contour map the height changes equally from line to line. In one place the lines lie "
        "close together. What does that say?",
        (
            Option(
                "The ground is steep there",
                "The height changes from one line to the next, and the next is near.",
                right=True,
            ),
            Option(
                "The ground is high there",
                "Lines can be close at any height. The numbers on them say how high it is.",
            ),
            Option(
                "The ground is level there, at a minimum",
                "At a smooth minimum the ground is level, so evenly spaced heights are far apart.",
            ),
        ),
    ),
    Question(
        "With a rate of 0.1, gradient descent on the bowl multiplies both weights by 0.8 each "
        "step. When does it reach (0, 0)?",
        (
            Option(
                "Never, in exact arithmetic",
                "0.8 times a number that is not 0 is not 0. It comes as close as you like.",
                right=True,
            ),
            Option(
                "After 20 steps",
                "From (4, 3) it is at (0.046, 0.035) then. A published path that ends there was "
                "called a path to the minimum.",
            ),
            Option(
                "After 1 / 0.1 = 10 steps",
                "That would need steps of equal length. They shrink with the slope.",
            ),
        ),
    ),
    Question(
        "A neuron with a sigmoid and the squared error was trained from two starts. The losses "
        "are 0.123 and 0.111, and neither moves any more. What is likely?",
        (
            Option(
                "The surface has two valleys, and each start ran down into its own",
                "The squared error behind a sigmoid is not convex. Module 08 shows such a neuron.",
                right=True,
            ),
            Option(
                "The gradient is wrong: there can be only one minimum",
                "For cross-entropy and one neuron, all minima have one height. Not for the squared "
                "error.",
            ),
            Option(
                "The learning rate was too low: both are on their way to one minimum",
                "Then both would still be falling, slowly. These two do not move any more.",
            ),
        ),
    ),
    Question(
        "A random slice through the loss of a network shows a perfect bowl with the network at its "
        "bottom. What do you know?",
        (
            Option(
                "Along these two directions the loss rises",
                "That is all. Thousands of other directions were not looked at.",
                right=True,
            ),
            Option(
                "The network is at a minimum",
                "One direction downhill is enough to refute that, and a random slice will hardly "
                "ever contain it.",
            ),
            Option(
                "The loss is convex",
                "A slice can refute convexity. It cannot prove it.",
            ),
            Option(
                "The network will do well on data that it has not seen",
                "The slice shows the loss on the data that it was computed with, and no other.",
            ),
        ),
    ),
    Question(
        "Why is each column of a random direction rescaled to the norm of that column in W?",
        (
            Option(
                "So that the picture does not depend on how the weights happen to be scaled",
                "With ReLU (and biases of 0) 10·W1 and W2/10 make the same function. Without "
                "rescaling, its slices look different.",
                right=True,
            ),
            Option(
                "So that the direction points downhill",
                "It stays random. Only its lengths change.",
            ),
            Option(
                "So that the loss stays between 0 and 1",
                "Cross-entropy has no upper limit, along any direction.",
            ),
            Option(
                "So that all columns have norm 1",
                "They get the norms of the network's own columns, large ones and small ones.",
            ),
        ),
    ),
    Question(
        "The Hessian at a flat spot has the eigenvalues 3, 0 and −1. What lies there?",
        (
            Option(
                "A saddle",
                "One direction goes up and one goes down. The 0 cannot change that.",
                right=True,
            ),
            Option(
                "It is undetermined, because of the 0",
                "A 0 leaves it open only where the others do not have both signs.",
            ),
            Option(
                "A minimum, because the sum is positive",
                "The sum hides the −1. There the ground falls.",
            ),
        ),
    ),
    Question(
        "On one ravine, gradient descent reaches a lower loss in 40 steps than Adam. What follows?",
        (
            Option(
                "Little: with other rates or on another surface the order can change",
                "Module 08 changes the rates, and the order changes.",
                right=True,
            ),
            Option(
                "Gradient descent is the better optimizer on surfaces that have a ravine",
                "On this surface, with these two rates, after 40 steps. Not in general.",
            ),
            Option(
                "Adam was implemented wrongly",
                "A right Adam can lose here: at first its steps have about the size of the rate, "
                "however steep the ground.",
            ),
        ),
    ),
)
