"""What every view stands on: state and address, cached figures, parts of charts and tables."""
