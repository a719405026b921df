"""Files of partnerships, out and in again."""
