"""One digest of all that an index holds of its articles: equal for builds from the same files."""

from hashlib import blake2b

from search.engine import IndexReader

CONTENT_BYTES = 16


def content_digest(reader: IndexReader) -> str:
    """Return the digest of a committed state, in hexadecimal digits.

    That of the documents' own (`IndexReader.digests`), each behind its id, in the order of ids.
    """
    digest = blake2b(digest_size=CONTENT_BYTES)
    for document_id, one in sorted(reader.digests()):
        raw = document_id.encode("utf-8", "surrogatepass")
        digest.update(len(raw).to_bytes(8, "little") + raw + one)
    return digest.hexdigest()
