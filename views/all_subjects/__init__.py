"""What is of all subjects: the list of views, everything about a unit, and the menu that offers it."""
