"""What the meeting sees on the wall: one sentence and one figure, and the decision that it comes to."""
