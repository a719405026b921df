"""The project's own measurements, each beside a plain baseline in the same run: `python -m benchmarks`."""
