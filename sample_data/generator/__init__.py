"""Makes the sample data (EKSEMPELDATA): synthetic answers with a few planted truths."""
