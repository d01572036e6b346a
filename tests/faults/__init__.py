"""What happens to mail when things break: servers that refuse, connections that drop, processes that are killed, a
full disk, a database that restarts.

Real processes over real sockets. The tests run a few hundred letters; `python -m tests.faults` runs as many as one
likes, with the same code and the same counts, on a database of its own.
"""
