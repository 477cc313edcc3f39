"""Module 10: The same network elsewhere."""

from helpers.quiz.questions import Option, Question

QUESTIONS = (
    Question(
        "What is asked?",
        (
            Option("The right answer", "Why it is right.", right=True),
            Option("A wrong answer", "Why it is wrong."),
            Option("Another wrong one", "Why it is wrong."),
        ),
    ),
)
