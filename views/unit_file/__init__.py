"""Everything about one unit in one file, and the menu that offers it."""
