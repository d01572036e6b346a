"""Live fan-out, ours beside others, under one load client: `python -m benchmarks.live`."""
