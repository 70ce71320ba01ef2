"""Why bytes could not be made a text, in plain words."""

from search.errors import UnreadableArticleError
from search.reading.mixture import Mixture

_TRIED = "UTF-8, UTF-16, GB18030 or Big5"
_SET = "set its encoding under [reading.encodings] in search.toml"
_ICONV = {"big5hkscs": "BIG5-HKSCS", "utf-16-le": "UTF-16LE", "utf-16-be": "UTF-16BE"}


def empty_file(source: str) -> UnreadableArticleError:
    """Return the error for a file of no bytes, or of nothing but white space."""
    return UnreadableArticleError(source, "empty file", "fill it or remove it, and index again")


def binary_file(source: str) -> UnreadableArticleError:
    """Return the error for a file that is no text in any encoding."""
    return UnreadableArticleError(
        source, "binary file", "move it elsewhere or give it the suffix of its kind"
    )


def not_utf8(byte: int, offset: int, source: str, encoding: str) -> UnreadableArticleError:
    """Return the error for bytes that must be UTF-8; `encoding` is what they may be instead."""
    return UnreadableArticleError(
        source,
        f"not UTF-8: byte 0x{byte:02x} at offset {offset}",
        f"convert it, e.g. with 'iconv -f {encoding} -t UTF-8 OLD > NEW', and index again",
    )


def not_as_set(fault: str, encoding: str, source: str) -> UnreadableArticleError:
    """Return the error for a file that is not in the encoding that was set for it."""
    return UnreadableArticleError(
        source,
        f"not {encoding}, which search.toml sets for it: {fault}",
        "correct its encoding under [reading.encodings] in search.toml, and index again",
    )


def not_as_marked(fault: str, label: str, encoding: str, source: str) -> UnreadableArticleError:
    """Return the error for a file whose byte order mark says what its bytes are not."""
    return UnreadableArticleError(
        source, f"not {label}, as its byte order mark says: {fault}", _mend(encoding)
    )


def damaged(fault: str, label: str, encoding: str, source: str) -> UnreadableArticleError:
    """Return the error for a file of which one encoding explains most, but not all."""
    return UnreadableArticleError(
        source, f"not {_TRIED} throughout: most like {label}, but {fault}", _mend(encoding)
    )


def mixed(label: str, other: str, offset: int, source: str) -> UnreadableArticleError:
    """Return the error for a file with parts in two encodings."""
    return UnreadableArticleError(
        source,
        f"two encodings in one file: {label}, but {other} from about offset {offset}",
        "cut it into files of one encoding each, and index again",
    )


def partly_utf8(mixture: Mixture, source: str) -> UnreadableArticleError:
    """Return the error for a file that is UTF-8 up to a line, or from one on."""
    first, second = f"head -c {mixture.offset} OLD", f"tail -c +{mixture.offset + 1} OLD"
    convert = f" | iconv -f {mixture.other} -t UTF-8"
    if mixture.is_utf8_first:
        cause = (
            f"UTF-8 up to line {mixture.line:,}, then bytes of another encoding "
            f"(looks like {mixture.other})"
        )
        second += convert
    else:
        cause = f"{mixture.other} up to line {mixture.line:,}, then UTF-8"
        first += convert
    hint = f"convert that part, with '({first}; {second}) > NEW', and index again"
    return UnreadableArticleError(source, cause, hint)


def foreign(label: str, encoding: str, source: str, article_id: str) -> UnreadableArticleError:
    """Return the error for a text that is in an encoding not used for Chinese."""
    name = encoding or "windows-1252"
    return UnreadableArticleError(
        source,
        f"not {_TRIED}: it looks like {label}",
        f"set its encoding in search.toml, e.g. with \"'{article_id}' = '{name}'\" under "
        "[reading.encodings], and index again",
    )


def fault_of(error: UnicodeError) -> str:
    """Return which byte could not be decoded, and where."""
    if not isinstance(error, UnicodeDecodeError):
        return "it cannot be decoded"
    return f"byte 0x{error.object[error.start]:02x} at offset {error.start}"


def _mend(encoding: str) -> str:
    name = _ICONV.get(encoding, encoding.upper())
    command = f"iconv -c -f {name} -t UTF-8 OLD > NEW"
    return f"{_SET} if it is another, or drop what is broken with '{command}', and index again"
