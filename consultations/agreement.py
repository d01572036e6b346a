"""How far coders agree: Krippendorff's alpha for nominal data. Pure.

1 is agreement in everything, 0 is what chance alone would bring, below 0 they contradict each other.
K. Krippendorff, *Content Analysis*, 4th edition, 2019, chapter 12; the arithmetic is that of "Computing Krippendorff's
Alpha-Reliability" (2011), section C, which allows any number of coders and gaps.
"""

from collections import Counter
from fractions import Fraction


def alpha(units):
    """Alpha of units, each the values its coders gave it; None where nothing can be compared.

    Units with fewer than two values tell nothing. Where all values are the same there is nothing to agree on: None.
    """
    pairable = [Counter(values) for values in units if len(values) > 1]
    total = sum(counts.total() for counts in pairable)
    of_value = sum(pairable, Counter())
    expected = total * total - sum(number * number for number in of_value.values())
    if not expected:
        return None
    observed = sum(
        Fraction(counts.total() ** 2 - sum(number * number for number in counts.values()), counts.total() - 1)
        for counts in pairable
    )
    return float(1 - (total - 1) * observed / expected)
