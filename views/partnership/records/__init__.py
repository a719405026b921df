"""Forms of records of any kind: new, changed, deleted, restored."""
