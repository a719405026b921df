"""Agreements and what belongs to them."""
