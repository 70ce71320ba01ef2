"""Bounds of what one request may ask for."""

MAX_ANALYZED = 10_000  # characters of a text, whose steps are ten times as many
