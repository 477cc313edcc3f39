"""Grading a class: student code runs walled off, and the verdict is reached outside."""
