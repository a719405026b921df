"""The agenda: which meeting, what is on it, and how views get there."""
