"""What runs behind the wall, beside the student's code. It knows no case and no answer."""
