"""The shape of the first stores that are brought along: nothing leads to it but making the store."""

revision = "f93303d243a5bdbf"
down_revision = None
