"""Speed, memory and cells right, side by side with peers: `python -m benchmarks`."""
