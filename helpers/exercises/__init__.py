"""The exercises of the course, a folder a notebook; `helpers.checks.exercises` finds them."""
