"""The same network elsewhere."""
