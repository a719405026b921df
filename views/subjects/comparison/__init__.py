"""One question, unit by unit: who is clearly over or under everyone else, and what chance alone may do."""
