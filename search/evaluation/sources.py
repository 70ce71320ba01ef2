"""The text of a file that may be compressed, and errors that name the place in it."""

import gzip
import lzma
import zlib
from pathlib import Path

from search.errors import JudgmentError

FORMS = "JSON Lines, SQuAD-like JSON, TREC topics or qrels; see 'search eval --help'"


def read_text(path: Path) -> str:
    """Return the file as text, of `.gz` and `.xz` what is in it; a JudgmentError if not UTF-8."""
    try:
        raw = path.read_bytes()
        if path.suffix == ".gz":
            raw = gzip.decompress(raw)
        elif path.suffix == ".xz":
            raw = lzma.decompress(raw)
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise bad(path, line, "not UTF-8", "convert it, e.g. with 'iconv -f GB18030'") from None
    except (EOFError, lzma.LZMAError, zlib.error, gzip.BadGzipFile):
        raise bad(path, 0, "it cannot be unpacked", "get the file again") from None
    except OSError as error:
        cause = (error.strerror or str(error)).lower()
        raise bad(path, 0, cause, "check the path") from None


def bad(path: Path, line: int, cause: str, hint: str = "") -> JudgmentError:
    """Return the error of a line of `path`; line 0 is the file itself."""
    place = f"line {line}" if line else ""
    return JudgmentError(str(path), place, cause, hint or f"mend it; what is read: {FORMS}")


def bad_part(path: Path, part: str, cause: str) -> JudgmentError:
    """Return the error of a part of a JSON file, such as `data[0]`."""
    return JudgmentError(str(path), part, cause, f"mend it; what is read: {FORMS}")
