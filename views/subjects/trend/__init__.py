"""Where it is going: one question over the years."""
