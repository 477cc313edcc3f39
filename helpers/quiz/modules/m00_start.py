"""Module 00: notebooks, checks and shapes."""

from helpers.quiz.questions import Option, Question

QUESTIONS = (
    Question(
        "A result makes no sense, though the code on the page looks right. What do you do first?",
        (
            Option(
                "Choose Kernel, Restart Kernel and Run All Cells",
                "The kernel may remember something that is no longer on the page. After a restart "
                "the page and the kernel agree again, and your code is still there.",
                right=True,
            ),
            Option(
                "Close the browser tab and open it again",
                "The kernel goes on without the tab, and remembers all that it did before.",
            ),
            Option(
                "Delete the cell and write it anew",
                "The names that it defined stay in the kernel, deleted or not.",
            ),
            Option(
                "Get a fresh copy of the notebook",
                "That helps when the notebook itself is damaged. Here it would cost you your work.",
            ),
        ),
    ),
    Question(
        "A check says ✗ Wrong and shows no likely cause. What does that mean?",
        (
            Option(
                "Your answers are not those of any mistake that the check knows",
                "It names a cause only where that mistake would give just your answers. Compare "
                "got with expected, and try the call in a cell of your own.",
                right=True,
            ),
            Option(
                "The check is broken",
                "It has compared your answers with the right ones, and shows where they differ.",
            ),
            Option(
                "Your answer is nearly right",
                "The message says nothing about how near it is.",
            ),
            Option(
                "Python stopped inside your function, and the check saw no answer at all",
                "That is another state, ⚠ Crashed, and it shows your line.",
            ),
        ),
    ),
    Question(
        "You work on Binder and go to lunch. What should you do?",
        (
            Option(
                "Download the notebook with File, Download",
                "An idle session is deleted with everything in it, soon after your computer falls "
                "asleep. A copy on your own computer is safe.",
                right=True,
            ),
            Option(
                "Save with Ctrl+S",
                "That saves on the computer that Binder lends you, which is then deleted.",
            ),
            Option(
                "Leave the tab open, so that the session goes on",
                "Your computer may fall asleep or lose its connection, and the session ends.",
            ),
        ),
    ),
    Question(
        "X has shape (5, 3) and W has shape (3, 4). What is the shape of X @ W?",
        (
            Option(
                "(5, 4)",
                "The inner sizes, 3 and 3, agree and disappear. The outer ones stay.",
                right=True,
            ),
            Option("(3, 3)", "3 is the inner size. It is the one that disappears."),
            Option("(4, 5)", "The rows of X come first: 5 examples stay 5 rows."),
            Option(
                "There is none: 5 and 4 differ",
                "The outer sizes may differ. The inner ones must agree, and they do.",
            ),
        ),
    ),
    Question(
        "To a table of shape (4, 3) you add an array of shape (4, 1). What happens?",
        (
            Option(
                "Each row gets one number of its own, added to all its entries",
                "The size 1 is stretched to 3, so the column is repeated across.",
                right=True,
            ),
            Option(
                "Each column gets one number of its own",
                "For that the array would be a row: (1, 3).",
            ),
            Option(
                "NumPy stops, because the shapes differ",
                "From the right: 3 and 1 fit, since one is 1; 4 and 4 fit, since they are equal.",
            ),
        ),
    ),
    Question(
        "X has shape (6, 2). What is the shape of X.mean(axis=0, keepdims=True)?",
        (
            Option(
                "(1, 2)",
                "Axis 0, the rows, is averaged away, and keepdims leaves it with size 1.",
                right=True,
            ),
            Option("(2,)", "That is the shape without keepdims=True."),
            Option("(6, 1)", "That is axis=1: the columns go, and one mean for each row is left."),
            Option("(1, 1)", "That would be the mean of everything. Only axis 0 goes here."),
        ),
    ),
    Question(
        "A and B are both (3, 3). You write A * B where you meant A @ B. What gives it away?",
        (
            Option(
                "Only the numbers",
                "Both run and give (3, 3), with other numbers in it. So test with sizes that are "
                "all different: there the wrong sign stops, or the shape comes out wrong.",
                right=True,
            ),
            Option("An error from NumPy", "There is none: equal shapes always fit for *."),
            Option("The shape of the result", "It is (3, 3) for both."),
            Option(
                "Nothing: for square arrays * and @ are the same",
                "The shapes are the same. The numbers are not: * does no summing.",
            ),
        ),
    ),
    Question(
        "A book writes W @ x, with one example in each column. How does its W become ours?",
        (
            Option(
                "It is transposed: our W is its W.T",
                "Its examples are columns, ours are rows. Turn every array on its side, and the "
                "order around: X @ W.",
                right=True,
            ),
            Option(
                "Not at all: W is W",
                "Its W has a row for each output, ours a column. Where W is square, NumPy does not "
                "notice.",
            ),
            Option(
                "It cannot: the book computes something else",
                "The numbers are the same, each at the mirrored place. Only the layout differs.",
            ),
        ),
    ),
)
