"""Terms numbered in the order in which they are met."""

from collections import defaultdict
from itertools import count


class Vocabulary(defaultdict[str, int]):
    """Term → number, given out when first asked for, without running Python: most are new."""

    def __init__(self) -> None:
        super().__init__(count().__next__)
