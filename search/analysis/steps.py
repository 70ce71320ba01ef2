"""How far apart two neighbouring elements of a text are numbered; see `search.analysis.batch`."""

NEXT = 1  # nothing between, or spaces that count for nothing
SPACED = 2  # spaces of one line
APART = 3  # anything else
