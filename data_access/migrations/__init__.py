"""The steps from each earlier shape of the dashboard store to the next; a revision is called by its shape."""
