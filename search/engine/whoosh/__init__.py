"""The embedded engine, on Whoosh. Nothing outside this folder knows how it stores or scores."""

from search.engine.whoosh.deep_check import damage_in
from search.engine.whoosh.engine import WhooshEngine
from search.engine.whoosh.manifest import newest_manifest

__all__ = ["WhooshEngine", "create", "damage_in", "fork", "open_", "stored_manifest"]

create = WhooshEngine.create
open_ = WhooshEngine.open
fork = WhooshEngine.fork
stored_manifest = newest_manifest
