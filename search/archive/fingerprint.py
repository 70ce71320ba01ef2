"""What decides how a text is folded and cut: an index built by anything else is refused."""

from functools import cache

from search.analysis import ANALYSIS_RULES, SEGMENTER_RULES
from search.archive.versions import installed_version
from search.text import FOLDING_RULES

LIBRARIES = ("jieba", "rjieba", "opencc-python-reimplemented", "pypinyin")


@cache
def fingerprint() -> dict[str, str]:
    """Return the parts of the running code that decide an index's terms, each with its version.

    Python's own Unicode tables are left out: they differ between 3.11 and 3.13 only in characters
    that were not assigned before.
    """
    parts = {
        "folding rules": str(FOLDING_RULES),
        "segmenter rules": str(SEGMENTER_RULES),
        "analysis rules": str(ANALYSIS_RULES),
    }
    parts.update({name: installed_version(name) for name in LIBRARIES})
    return parts
