"""The embedded engine, on Whoosh. Nothing outside this folder knows how it stores or scores."""

from search.engine.whoosh.engine import WhooshEngine

__all__ = ["WhooshEngine"]
