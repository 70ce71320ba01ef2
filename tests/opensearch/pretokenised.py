"""How terms with places of our own reach an OpenSearch index whole: one line of text for a field.

Terms are parted by spaces; those at one place are joined by U+E000, and a place without a term is
U+E001. The analyzer undoes that: it is no language's, and holds no dictionary that could drift.
"""

import re
from collections.abc import Iterable
from itertools import groupby
from operator import itemgetter

STACK = "\ue000"
HOLE = "\ue001"

# Java's whitespace parts terms: U+3000 and the separators U+001C-U+001F are in it, U+00A0 is not.
# U+0085, which Python takes for whitespace, is not either.
PARTING = re.compile(
    f"[{STACK}{HOLE}\t-\r\x1c-\x20\u1680\u2000-\u2006\u2008-\u200a\u2028\u2029\u205f\u3000]"
)
MOST_BYTES = 32_766  # of a term, in UTF-8; Lucene refuses a document with a longer one

ANALYSIS = {
    # By default a token ends after 255 characters; all the terms of one place are one token here.
    "tokenizer": {"line": {"type": "whitespace", "max_token_length": 1_048_576}},
    "filter": {
        "stack": {
            "type": "pattern_capture",
            "preserve_original": False,
            "patterns": [f"([^{STACK}]+)"],
        },
        "hole": {"type": "stop", "stopwords": [HOLE]},
    },
    "analyzer": {"pre": {"type": "custom", "tokenizer": "line", "filter": ["stack", "hole"]}},
}
TEXT = {"type": "text", "analyzer": "pre", "index_options": "positions"}
MAPPINGS = {"dynamic": "strict", "properties": {"t": TEXT, "b": TEXT}}


def line(terms: Iterable[tuple[str, int]]) -> str:
    """Return the text that carries terms with their places, which must not go down.

    >>> line([("我们", 0), ("桥", 2), ("大桥", 2)]).encode("unicode_escape").decode()
    '\\\\u6211\\\\u4eec \\\\ue001 \\\\u6865\\\\ue000\\\\u5927\\\\u6865'
    """
    parts: list[str] = []
    for place, group in groupby(terms, key=itemgetter(1)):
        assert place >= len(parts), "places go up"
        parts += [HOLE] * (place - len(parts))
        parts.append(STACK.join(filter(None, (carried(term) for term, _ in group))) or HOLE)
    return " ".join(parts)


def carried(term: str) -> str:
    """Return a term as the index holds it, which is how queries must ask for it."""
    return PARTING.sub("", term).encode("utf-8")[:MOST_BYTES].decode("utf-8", "ignore")
