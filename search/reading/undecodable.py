"""Why bytes could not be made a text, in plain words."""

from search.errors import UnreadableArticleError
from search.messages import message
from search.reading.mixture import Mixture

_TRIED = message("UTF-8, UTF-16, GB18030 or Big5")
_SET = message("set its encoding under [reading.encodings] in search.toml")
_ICONV = {"big5hkscs": "BIG5-HKSCS", "utf-16-le": "UTF-16LE", "utf-16-be": "UTF-16BE"}


def empty_file(source: str) -> UnreadableArticleError:
    """Return the error for a file of no bytes, or of nothing but white space."""
    return UnreadableArticleError(
        source, message("empty file"), message("fill it or remove it, and index again")
    )


def binary_file(source: str) -> UnreadableArticleError:
    """Return the error for a file that is no text in any encoding."""
    return UnreadableArticleError(
        source,
        message("binary file"),
        message("move it elsewhere or give it the suffix of its kind"),
    )


def not_utf8(byte: int, offset: int, source: str, encoding: str) -> UnreadableArticleError:
    """Return the error for bytes that must be UTF-8; `encoding` is what they may be instead."""
    return UnreadableArticleError(
        source,
        message("not UTF-8: byte 0x{byte:02x} at offset {offset}", byte=byte, offset=offset),
        message(
            "convert it, e.g. with 'iconv -f {encoding} -t UTF-8 OLD > NEW', and index again",
            encoding=encoding,
        ),
    )


def not_as_set(fault: str, encoding: str, source: str) -> UnreadableArticleError:
    """Return the error for a file that is not in the encoding that was set for it."""
    return UnreadableArticleError(
        source,
        message(
            "not {encoding}, which search.toml sets for it: {fault}", encoding=encoding, fault=fault
        ),
        message("correct its encoding under [reading.encodings] in search.toml, and index again"),
    )


def not_as_marked(fault: str, label: str, encoding: str, source: str) -> UnreadableArticleError:
    """Return the error for a file whose byte order mark says what its bytes are not."""
    return UnreadableArticleError(
        source,
        message("not {label}, as its byte order mark says: {fault}", label=label, fault=fault),
        _mend(encoding),
    )


def damaged(fault: str, label: str, encoding: str, source: str) -> UnreadableArticleError:
    """Return the error for a file of which one encoding explains most, but not all."""
    return UnreadableArticleError(
        source,
        message(
            "not {tried} throughout: most like {label}, but {fault}",
            tried=_TRIED,
            label=label,
            fault=fault,
        ),
        _mend(encoding),
    )


def mixed(label: str, other: str, offset: int, source: str) -> UnreadableArticleError:
    """Return the error for a file with parts in two encodings."""
    return UnreadableArticleError(
        source,
        message(
            "two encodings in one file: {label}, but {other} from about offset {offset}",
            label=label,
            other=other,
            offset=offset,
        ),
        message("cut it into files of one encoding each, and index again"),
    )


def partly_utf8(mixture: Mixture, source: str) -> UnreadableArticleError:
    """Return the error for a file that is UTF-8 up to a line, or from one on."""
    first, second = f"head -c {mixture.offset} OLD", f"tail -c +{mixture.offset + 1} OLD"
    convert = f" | iconv -f {mixture.other} -t UTF-8"
    if mixture.is_utf8_first:
        cause = message(
            "UTF-8 up to line {line:,}, then bytes of another encoding (looks like {other})",
            line=mixture.line,
            other=mixture.other,
        )
        second += convert
    else:
        cause = message(
            "{other} up to line {line:,}, then UTF-8", other=mixture.other, line=mixture.line
        )
        first += convert
    hint = message(
        "convert that part, with '({first}; {second}) > NEW', and index again",
        first=first,
        second=second,
    )
    return UnreadableArticleError(source, cause, hint)


def foreign(label: str, encoding: str, source: str, article_id: str) -> UnreadableArticleError:
    """Return the error for a text that is in an encoding not used for Chinese."""
    name = encoding or "windows-1252"
    return UnreadableArticleError(
        source,
        message("not {tried}: it looks like {label}", tried=_TRIED, label=label),
        message(
            "set its encoding in search.toml, e.g. with \"'{article_id}' = '{name}'\" "
            "under [reading.encodings], and index again",
            article_id=article_id,
            name=name,
        ),
    )


def fault_of(error: UnicodeError) -> str:
    """Return which byte could not be decoded, and where."""
    if not isinstance(error, UnicodeDecodeError):
        return message("it cannot be decoded")
    return message(
        "byte 0x{byte:02x} at offset {start}", byte=error.object[error.start], start=error.start
    )


def _mend(encoding: str) -> str:
    name = _ICONV.get(encoding, encoding.upper())
    command = f"iconv -c -f {name} -t UTF-8 OLD > NEW"
    return message(
        "{first} if it is another, or drop what is broken with '{command}', and index again",
        first=_SET,
        command=command,
    )
