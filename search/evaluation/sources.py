"""The text of a file that may be compressed, and errors that name the place in it."""

import gzip
import lzma
import zlib
from pathlib import Path

from search.errors import JudgmentError
from search.messages import message, system_cause

FORMS = message("JSON Lines, SQuAD-like JSON, TREC topics or qrels; see 'search eval --help'")


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
        raise bad(
            path, line, message("not UTF-8"), message("convert it, e.g. with 'iconv -f GB18030'")
        ) from None
    except (EOFError, lzma.LZMAError, zlib.error, gzip.BadGzipFile):
        raise bad(
            path, 0, message("it cannot be unpacked"), message("get the file again")
        ) from None
    except OSError as error:
        raise bad(path, 0, system_cause(error), message("check the path")) from None


def bad(path: Path, line: int, cause: str, hint: str = "") -> JudgmentError:
    """Return the error of a line of `path`; line 0 is the file itself."""
    place = message("line {line}", line=line) if line else ""
    return JudgmentError(
        str(path), place, cause, hint or message("mend it; what is read: {forms}", forms=FORMS)
    )


def bad_part(path: Path, part: str, cause: str) -> JudgmentError:
    """Return the error of a part of a JSON file, such as `data[0]`."""
    return JudgmentError(
        str(path), part, cause, message("mend it; what is read: {forms}", forms=FORMS)
    )
