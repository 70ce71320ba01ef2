"""Bounds of what one request may ask for, and who is bound."""

MAX_ANALYZED = 10_000  # characters of a text, whose steps are ten times as many
# Views that are neither counted nor queued: who watches a site, and what its pages are drawn with.
FREE = frozenset({"healthz", "metrics", "static"})
