"""The embedded engine, on Whoosh. Nothing outside this folder knows how it stores or scores."""

from search.engine.whoosh.engine import WhooshEngine

__all__ = ["WhooshEngine", "create", "fork", "open_"]

create = WhooshEngine.create
open_ = WhooshEngine.open
fork = WhooshEngine.fork
