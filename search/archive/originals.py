"""The file of an article as it lies in a source of the archive: no other file of this machine."""

import hashlib
import os
from pathlib import Path
from typing import NamedTuple

from search.archive.manifest import FileRecord, Manifest
from search.errors import OriginalMissingError
from search.messages import message


class Original(NamedTuple):
    """A file that is an article, byte for byte as it was indexed."""

    name: str
    content: bytes


def original(manifest: Manifest, article_id: str, path: str) -> Original:
    """Return the file of an article, of which the index says that it lies at `path`.

    It is given only where the manifest has it as a file of one of the archive's sources, at that
    very place, and its bytes are those that were indexed. Raises OriginalMissingError where it has
    changed since, is gone, or is no file of its own (a record, a member of a packed file).
    """
    record = _record(manifest, article_id, path)
    if record is None:
        raise OriginalMissingError(article_id, message("it is no file of its own in a source"))
    try:
        content = Path(path).read_bytes()
    except OSError:
        raise OriginalMissingError(
            article_id, message("the file is gone or cannot be read")
        ) from None
    if hashlib.sha256(content).hexdigest() != record.digest:
        raise OriginalMissingError(article_id, message("the file has changed since it was indexed"))
    return Original(Path(path).name, content)


def _record(manifest: Manifest, article_id: str, path: str) -> FileRecord | None:
    for source, files in manifest.sources.items():
        if path != source and not path.startswith(source.rstrip(os.sep) + os.sep):
            continue
        record = files.files.get(article_id)
        if record and record.digest and article_id.endswith(path.removeprefix(source)):
            return record
    return None
