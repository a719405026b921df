"""What the secretariat alone sees."""
