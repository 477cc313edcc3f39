"""Module 07: the learning rate."""

from helpers.quiz.questions import Option, Question

QUESTIONS = (
    Question(
        "In gradient descent, what does the learning rate control?",
        (
            Option(
                "How large a step each update takes",
                "The negative gradient gives the direction, and how steep it is; lr turns that "
                "into a step.",
                right=True,
            ),
            Option(
                "How many epochs the training runs",
                "That is set separately. A low rate may need more epochs, but does not add them.",
            ),
            Option(
                "In which direction the weights move",
                "The gradient decides the direction. A positive rate only scales it.",
            ),
            Option(
                "How many examples are in a batch",
                "That is the batch size, another setting of training.",
            ),
        ),
    ),
    Question(
        "L = ½·h·w² with curvature h = 4. Which learning rates make gradient descent converge?",
        (
            Option(
                "Every rate above 0 and below 0.5",
                "The factor 1 − lr·4 must lie between −1 and 1, so lr must be below 2/4.",
                right=True,
            ),
            Option(
                "Every rate above 0 and below 0.25",
                "Above 1/4 it swings from side to side, but up to 2/4 it still gets closer.",
            ),
            Option(
                "Every rate above 0 and below 2",
                "That would be right for h = 1. The limit is 2 divided by the curvature.",
            ),
            Option(
                "Every rate, if there are enough steps",
                "Above the limit each step makes the distance larger. More steps make it worse.",
            ),
        ),
    ),
    Question(
        "A quadratic has the curvatures 1 and 100. What follows for plain gradient descent?",
        (
            Option(
                "The limit is 0.02, and at such rates the flat direction moves slowly",
                "The steepest direction sets the limit, 2/100. Along the other one each step keeps "
                "at least the factor 1 − 0.02 = 0.98.",
                right=True,
            ),
            Option(
                "The limit is 2, because the flat direction allows it",
                "At such a rate the steep direction explodes. The largest curvature counts.",
            ),
            Option(
                "The limit is 2 divided by the sum, 2/101",
                "The directions do not add up. Each has its own factor, and the largest curvature "
                "sets the limit.",
            ),
            Option(
                "Each direction automatically gets a rate that suits it",
                "Plain descent has one rate for all. RMSprop and Adam scale each weight.",
            ),
        ),
    ),
    Question(
        "A table says that 0.1 is too high for any network and 0.001 to 0.01 is right. What did "
        "the test on the 4-3-1 example show?",
        (
            Option(
                "0.1 was far better there: the table is a rule of thumb",
                "After 1000 steps the loss at 0.1 was far below that at 0.01. The limit depends on "
                "the network, the data and their scale.",
                right=True,
            ),
            Option(
                "0.1 diverged there: the loss rose from step to step, as the table says",
                "The loss at 0.1 fell and never came back near its start.",
            ),
            Option(
                "That the learning rate does not matter",
                "It mattered a great deal: 0.001 had hardly begun, and 2 killed all hidden "
                "neurons.",
            ),
            Option(
                "That 0.1 is right for every network",
                "One example cannot show that either. In centimeters, a line fit needed a rate "
                "below 0.0001.",
            ),
        ),
    ),
    Question(
        "The loss of your network turns to nan in the third epoch. What do you try first?",
        (
            Option(
                "A smaller rate, and a look at the inputs' scale",
                "Overflow from steps that are too large is a frequent cause. Large inputs make "
                "large curvatures, and these lower the limit. Another cause is log 0 in the loss.",
                right=True,
            ),
            Option(
                "More epochs",
                "Once a weight is nan, every later step keeps it nan.",
            ),
            Option(
                "A larger learning rate, to get past the bad place",
                "If the steps are too large already, that makes them larger.",
            ),
            Option(
                "Replace nan by 0 and go on",
                "That hides the fault. A run that diverged should count as the worst: inf.",
            ),
        ),
    ),
    Question(
        "Why does a schedule that lowers the rate help with mini-batches?",
        (
            Option(
                "Large steps first make progress; small steps later follow the noise less",
                "With a constant large rate the weights keep jittering, because each batch pulls "
                "in a slightly different direction.",
                right=True,
            ),
            Option(
                "Because gradients grow toward the end of training",
                "Near a minimum the gradient of the whole data set shrinks. The noise of the "
                "batches is what stays.",
            ),
            Option(
                "Because a lower rate finds a deeper minimum",
                "Which valley is reached depends mostly on the start and the path so far.",
            ),
            Option(
                "Because it makes each epoch faster",
                "An epoch costs the same at any rate.",
            ),
        ),
    ),
    Question(
        "Momentum with β = 0.9, and a gradient that stays the same for a long time. How large "
        "does a step become?",
        (
            Option(
                "About ten times lr times the gradient",
                "v approaches g·(1 + 0.9 + 0.81 + …) = g / (1 − 0.9).",
                right=True,
            ),
            Option(
                "0.9 times lr times the gradient",
                "β multiplies the old velocity, and the whole new gradient is added.",
            ),
            Option(
                "It grows without end, since each step adds to the last",
                "The old velocity shrinks by 0.9 each time, so the sum has a limit.",
            ),
            Option(
                "Exactly lr",
                "That is Adam's first step. Momentum does not divide by the gradient's size.",
            ),
        ),
    ),
    Question(
        "Why does Adam divide m by 1 − β₁ᵗ?",
        (
            Option(
                "m starts at 0, so at first it is too small",
                "The division makes up for that: in step 1, m = 0.1·g for β₁ = 0.9, and 1 − 0.9 = "
                "0.1. For large t the divisor is almost 1.",
                right=True,
            ),
            Option(
                "To avoid a division by zero",
                "That is what ε does, below the fraction line.",
            ),
            Option(
                "To lower the learning rate a little with every step",
                "The divisor grows toward 1 and then changes nothing. A schedule lowers the rate.",
            ),
            Option(
                "To make all gradients positive",
                "m keeps its sign. Only v is made of squares.",
            ),
        ),
    ),
    Question(
        "“With Adam I need not choose a learning rate.” What do you say?",
        (
            Option(
                "Its lr still sets how long a step is: sweep it too",
                "Adam scales the step of each weight. On the 4-3-1 example its usual 0.001 was "
                "slow, 0.3 was better by far, and 1 failed.",
                right=True,
            ),
            Option(
                "True: Adam finds the best rate by itself",
                "It divides by a running size of the gradients. The rate in front stays as you "
                "set it.",
            ),
            Option(
                "True, if the inputs are scaled",
                "Scaled inputs help every rule. The length of a step is still yours to choose.",
            ),
            Option(
                "False: Adam must use the best rate that plain descent has",
                "Their rates mean different things. For Adam, lr is about how far a weight moves.",
            ),
        ),
    ),
)
