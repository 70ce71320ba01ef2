"""Bytes that are kept with the documents of a generation, in pieces."""

import base64

from search.engine.opensearch.client import Client
from search.engine.opensearch.mapping import BLOB
from search.engine.port import DamageError
from search.messages import message

PIECE = 4 << 20  # bytes in one document


def put_blob(client: Client, index: str, key: str, blob: bytes) -> str:
    """Keep bytes under a key that is new, and return the key with the number of its pieces."""
    pieces = [blob[at : at + PIECE] for at in range(0, len(blob), PIECE)]
    for at, piece in enumerate(pieces):
        client.put(index, f"{key}-{at}", {BLOB: base64.b64encode(piece).decode("ascii")})
    return f"{key}*{len(pieces)}"


def blob_of(client: Client, index: str, name: str) -> bytes:
    """Return the bytes that `put_blob` has kept; a DamageError where a piece is gone."""
    parts = []
    for found in client.get_all(index, pieces_of(name)):
        if found is None:
            raise DamageError(message("'{name}' is missing", name=name))
        parts.append(base64.b64decode(found["_source"][BLOB]))
    return b"".join(parts)


def pieces_of(name: str) -> list[str]:
    """Return the ids of the documents in which bytes are kept."""
    key, _, count = name.partition("*")
    return [f"{key}-{at}" for at in range(int(count or 0))]
