"""For instructors, maintainers and CI: the ``course`` command and what it does."""
