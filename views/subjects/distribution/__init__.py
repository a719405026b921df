"""How the answers are distributed, question by question."""
