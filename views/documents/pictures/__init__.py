"""Pictures of charts and tables, ready to paste."""
