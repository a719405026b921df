"""The shape of the first stores that hold people's work: nothing leads to it but making the store."""

revision = "e46318ebcd743606"
down_revision = None
