"""What workers do: a registry of jobs, and the worker that goes round them."""
