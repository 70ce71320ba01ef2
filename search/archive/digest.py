"""What tells whether a document has changed since it was indexed, or has the text of another."""

import hashlib

from search.document import Document
from search.text.width import fold_each

# Of the text of a record; four bytes of it begin its digest, and what they find is looked at.
CONTENT_BYTES = 8
FOUND_BY = 4
# A change of a record's text that goes unseen has the chance of one in 10^19; one of the rest of it
# alone, or of its script, one in four billion.
DIGEST_BYTES = 8


def digest_of(document: Document, content: bytes = b"") -> bytes:
    """Return a digest of all that a document holds; with `content`, one that begins with its."""
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
    whole = hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()
    return (content[:FOUND_BY] + whole)[:DIGEST_BYTES]


def content_of(title: str, body: str) -> bytes:
    """Return a digest of a text that its other script, width and case have too."""
    folded = fold_each(f"{title}\n{body}").encode("utf-8", "surrogatepass")
    return hashlib.blake2b(folded, digest_size=CONTENT_BYTES).digest()
