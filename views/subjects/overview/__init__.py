"""What to talk about: the first page."""
