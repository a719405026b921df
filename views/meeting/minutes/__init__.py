"""Minutes and their files."""
