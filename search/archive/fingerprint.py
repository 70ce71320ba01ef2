"""What decides how a text is folded and cut: an index built by anything else is refused."""

from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from pathlib import Path

from search.analysis import ANALYSIS_RULES, SEGMENTER_RULES
from search.analysis.dictionary import NONE, Dictionary
from search.archive.versions import installed_version
from search.text import FOLDING_RULES
from search.text.tables import folding_tables

LIBRARIES = ("jieba", "rjieba", "opencc-python-reimplemented", "pypinyin")
DIGEST_CHARACTERS = 16


def fingerprint(dictionary: Dictionary = NONE) -> dict[str, str]:
    """Return the parts of what is running that decide an index's terms, each with its version.

    `dictionary` is the one by which the index is cut. Tables that are read from other packages are
    told by their content, since their files can be changed in place; rjieba's lies compiled in its
    library. Python's own Unicode tables are left out: they differ between 3.11 and 3.13 only in
    characters that were not assigned before.
    """
    found = {**_of_code(), "dictionary": dictionary.digest}
    if dictionary.han:
        found["jieba frequencies"] = _of_frequencies()
    return found


@cache
def _of_code() -> dict[str, str]:
    parts = {
        "folding rules": str(FOLDING_RULES),
        "folding tables": content_digest(folding_tables()),
        "segmenter rules": str(SEGMENTER_RULES),
        "analysis rules": str(ANALYSIS_RULES),
    }
    parts.update({name: installed_version(name) for name in LIBRARIES})
    return parts


@cache
def _of_frequencies() -> str:
    """Return what tells jieba's own dictionary, which is read for the user's Han words alone."""
    from search.analysis.frequencies import dictionary_path  # most indexes have no such words

    return content_digest([dictionary_path()])


def content_digest(paths: Iterable[Path]) -> str:
    """Return a short name of what files hold, one after the other."""
    return digest_of_contents(path.read_bytes() for path in paths)


def digest_of_contents(contents: Iterable[bytes]) -> str:
    """Return a short name of contents, one after the other."""
    found = sha256()
    for content in contents:
        found.update(len(content).to_bytes(8, "little"))
        found.update(content)
    return found.hexdigest()[:DIGEST_CHARACTERS]
