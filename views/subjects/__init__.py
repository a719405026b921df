"""The results, a folder a subject."""
