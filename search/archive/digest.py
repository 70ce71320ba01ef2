"""What tells whether a document has changed since it was indexed."""

import hashlib

from search.document import Document

DIGEST_BYTES = 8  # a change that goes unseen has the chance of one in 10^19


def digest_of(document: Document) -> bytes:
    """Return a digest of all that a document holds."""
    fields = [
        document.id,
        document.title,
        document.body,
        document.author,
        document.date,
        document.source,
        document.path,
    ]
    if document.metadata:
        for name, value in sorted(document.metadata.items()):
            fields += (name, value)
    # With the lengths before them the fields can be put together in one way only.
    text = f"{[*map(len, fields)]}{''.join(fields)}"
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:DIGEST_BYTES]
