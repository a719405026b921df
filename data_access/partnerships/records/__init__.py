"""Records of any kind: what they are, how they change, and the log of it."""
