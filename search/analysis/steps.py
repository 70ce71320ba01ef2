"""How far apart two neighbouring elements of a text are numbered; see `search.analysis.batch`.

Only neighbours can be one apart, so a string of them is told by numbers alone.
"""

NEXT = 1  # they touch, or only spaces of one line part them and one of them is a unit
APART = 2  # anything else: punctuation, line ends, spaces between characters
