"""Start here: three warm-ups on shapes. They are practice and carry no points."""
