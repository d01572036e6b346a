"""Files by mail: in parts that can be joined, as text, or as a small picture."""
