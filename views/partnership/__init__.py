"""What the partners have agreed and what they do about it: the page Indsatser."""
