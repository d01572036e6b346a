"""What is measured, each with one command that prints its figures and the machine: see docs/benchmarks.md."""
