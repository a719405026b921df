"""One reader per format, one checker for all."""
