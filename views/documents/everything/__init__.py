"""Everything about a survey in one file, made in a process of its own."""
