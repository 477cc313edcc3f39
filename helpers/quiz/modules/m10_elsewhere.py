"""Module 10: the same network elsewhere."""

from helpers.quiz.questions import Option, Question

QUESTIONS = (
    Question(
        "NumPy and Keras compute the loss of the same network with the same weights. The two "
        "differ by 3·10⁻⁸. What is the most likely reason?",
        (
            Option(
                "Keras counts in float32, NumPy in float64",
                "A float32 has about seven digits, so differences of this size are rounding.",
                right=True,
            ),
            Option(
                "Keras shuffles the rows first",
                "The mean over all rows is the same in any order, up to rounding.",
            ),
            Option(
                "Keras starts from other weights, drawn by Glorot's rule",
                "The weights were set. Other weights would change the first digits.",
            ),
        ),
    ),
    Question(
        "You fill a PyTorch layer with W.reshape(3, 4) of a (4, 3) matrix. What happens?",
        (
            Option(
                "PyTorch reports that the shape does not fit",
                "The shape is the one that it wants: (n_out, n_in).",
            ),
            Option(
                "The outputs are wrong, without any message",
                "reshape keeps the order of the numbers, so most weights get to another pair of "
                "neurons. Transpose: W.T.",
                right=True,
            ),
            Option(
                "Nothing: reshape and transpose give the same matrix",
                "They give the same shape. Write down a 2 by 3 example and compare.",
            ),
        ),
    ),
    Question(
        "In y = x·x with x = 3, your walk back leaves 3 in x.grad, not 6. Which line is it?",
        (
            Option(
                "value.grad is set to 1 at the wrong end",
                "Then x would have got nothing at all.",
            ),
            Option(
                "The order is not topological",
                "There are only two Values here, and the last one comes last in any case.",
            ),
            Option(
                "part.grad = slope * value.grad",
                "x is used twice, and the second part overwrites the first. Where ways meet, add: "
                "+=.",
                right=True,
            ),
            Option(
                "The slopes of the product are swapped",
                "Both factors are x, so swapping their slopes changes nothing.",
            ),
        ),
    ),
    Question(
        "Why does the walk back need a topological order?",
        (
            Option(
                "So that each Value is visited only once",
                "A set of visited Values does that. The order is about when.",
            ),
            Option(
                "So that a Value hands on its gradient only once all of it has come",
                "Read from the end, everything that uses a Value comes before it.",
                right=True,
            ),
            Option(
                "So that the inputs are computed before the outputs",
                "That was the way forward. It is over when the walk back begins.",
            ),
        ),
    ),
    Question(
        "A PyTorch loop calls backward() and step(), but never zero_grad(). What does each step "
        "follow?",
        (
            Option(
                "The sum of all gradients so far",
                "backward() adds to .grad. It is momentum that never forgets.",
                right=True,
            ),
            Option(
                "The gradient of the first batch, again and again",
                "The first one is still in the sum, but all later ones have been added.",
            ),
            Option(
                "Nothing: PyTorch stops",
                "It does not. Adding up is useful, for a large batch in several parts, say.",
            ),
        ),
    ),
    Question(
        "The network ends in a softmax, and the loss is PyTorch's CrossEntropyLoss. With ten "
        "classes the loss never falls below 1.46. Why?",
        (
            Option(
                "The learning rate is too low",
                "A low rate makes the loss fall slowly. It sets no floor of just this height.",
            ),
            Option(
                "Ten classes are too many for one softmax",
                "Module 09 trains ten. Guessing among ten would give log 10 = 2.30.",
            ),
            Option(
                "That loss has a softmax of its own, so there are two",
                "The second gets numbers between 0 and 1, and can make no class more probable "
                "than e/(e + 9) = 0.23. Hand it the logits.",
                right=True,
            ),
            Option(
                "The labels should be one-hot, not class numbers",
                "CrossEntropyLoss takes either. With class numbers it works as it should.",
            ),
        ),
    ),
    Question(
        "Our penalty is (λ/2m)ΣW². Which weight_decay of PyTorch's SGD has the same effect on the "
        "weights?",
        (
            Option("λ/2m", "That stands before ΣW². Its slope has lost the 2."),
            Option(
                "λ/m",
                "weight_decay times the weight is added to the gradient, and the slope of "
                "(λ/2m)W² is (λ/m)W.",
                right=True,
            ),
            Option("λ", "So it is with scikit-learn's alpha, which is divided by m there."),
        ),
    ),
)
