"""Tables drawn with spaces and tabs: told by the gaps between words that stand in most of their lines."""

import re

LEAST = 3  # lines with a gap make a table
_GAP = re.compile(r"[^\s.!?](?:[ ]{3,}|[ ]{0,8}\t[ \t]{0,80})\S")


def are_in(paragraph):
    """Whether a paragraph is such a table. One with addresses is not taken, so that they become links."""
    if "://" in paragraph or not ("   " in paragraph or "\t" in paragraph):
        return False
    lines = paragraph.strip("\n").split("\n")
    gaps = sum(1 for line in lines if _GAP.search(line))
    return gaps >= LEAST and 2 * gaps >= len(lines)
