"""From files to documents: walking a source, decoding bytes, one module per format.

Nothing here folds, cuts or indexes: a document leaves as its author wrote it.
"""

from search.reading.read import documents, load
from search.reading.walk import Source, SourceFile, Walk, walk

__all__ = ["Source", "SourceFile", "Walk", "documents", "load", "walk"]
