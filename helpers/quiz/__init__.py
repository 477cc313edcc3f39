"""Self-check questions; each option says why it is right or wrong."""

from helpers.quiz.closing import ask
from helpers.quiz.questions import Option, Question, Quiz, quizzes, show

__all__ = ["Option", "Question", "Quiz", "ask", "quizzes", "show"]
