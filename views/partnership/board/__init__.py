"""Initiatives: the board, the card, what can be done."""
