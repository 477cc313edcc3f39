"""The questions of the course, one module per notebook; found by their names."""
