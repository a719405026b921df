"""How it looks at ours: one unit on one page."""
