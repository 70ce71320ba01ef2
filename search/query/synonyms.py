"""Synonyms from a file of the user's: words that may stand for one another, a group a line.

    软件, 程序
    电脑、计算机
    k8s => kubernetes

Words are parted by commas, else by spaces. What is left of `=>` finds also what is right of it, not
the other way round. A line that begins with # is a comment, as is what follows a # behind a space.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TypeAlias

from search.errors import SettingError
from search.messages import message, system_cause
from search.text import fold

Synonyms: TypeAlias = Mapping[str, tuple[str, ...]]

NONE: Synonyms = {}
MOST = 16  # words that one word may stand for

_comment = re.compile(r"(?:^|\s)#.*")
_commas = re.compile(r"\s*[,、;]\s*")


def read_synonyms(text: str, name: str) -> Synonyms:
    r"""Return folded word → its synonyms; a SettingError names the file and the line.

    >>> read_synonyms("電腦, 计算机\nk8s => kubernetes", "synonyms.txt")
    {'电脑': ('计算机',), '计算机': ('电脑',), 'k8s': ('kubernetes',)}
    """
    found: dict[str, dict[str, None]] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        folded = fold(_comment.sub("", line)).text.strip()
        if not folded:
            continue
        sides = folded.split("=>")
        groups = [_words(side) for side in sides]
        if len(groups) > 2 or not all(groups):
            raise _error(name, number, message("'=>' does not stand once, between words"))
        if len(groups) == 1 and len(groups[0]) == 1:
            raise _error(name, number, message("'{folded}' is one word alone", folded=folded))
        for word in groups[0]:
            others = found.setdefault(word, {})
            others.update(dict.fromkeys(other for other in groups[-1] if other != word))
    return {word: tuple(others)[:MOST] for word, others in found.items() if others}


class SynonymFile:
    """The synonyms of a file, read again when it has changed. Safe across threads.

    A file that is not there holds none.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._read: tuple[tuple[int, int], Synonyms] | None = None

    def state(self) -> str:
        """Return what tells the file as it is now from what it was before."""
        try:
            found = self._path.stat()
        except OSError:
            return ""
        return f"{found.st_mtime_ns:x}{found.st_size:x}"

    def synonyms(self) -> Synonyms:
        """Return what the file holds now; a SettingError when it cannot be read."""
        try:
            state = self._path.stat()
        except FileNotFoundError:
            return NONE
        stamp = state.st_mtime_ns, state.st_size
        known = self._read
        if known is None or known[0] != stamp:
            known = self._read = stamp, read_synonyms(self._text(), str(self._path))
        return known[1]

    def _text(self) -> str:
        try:
            return self._path.read_text("utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            reason = (
                system_cause(error) if isinstance(error, OSError) else message("it is not UTF-8")
            )
            raise SettingError(
                message("cannot read synonyms '{path}': {reason}", path=self._path, reason=reason),
                message("mend the file, or remove it"),
            ) from error


def _words(side: str) -> list[str]:
    parts = _commas.split(side) if _commas.search(side) else side.split()
    return [word for word in (" ".join(part.split()) for part in parts) if word]


def _error(name: str, line: int, fault: str) -> SettingError:
    return SettingError(
        message(
            "cannot use synonyms '{name}': line {line}: {fault}", name=name, line=line, fault=fault
        ),
        message(
            "mend line {line}: 'a, b' for words that stand for one another, 'a => b' for one way",
            line=line,
        ),
    )
