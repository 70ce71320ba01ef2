"""How a generation lies in its index: the settings, the fields, and what each is for.

Texts come cut by us, as lines of terms (`streams`), and are analysed by nothing but the spaces in
them. What is searched is not stored; what is stored, the documents as they were written, is not
searched. Beside the documents lie the record of the newest commit and what belongs to it (`record`,
`blobs`): without a number, so that no search finds them.
"""

from typing import Any

from search.config.cluster import Cluster

STACK = "\ue000"  # joins terms of one place
HOLE = "\ue001"  # a place without a term

NUMBER = "n"  # of the document: of all that were ever written another
KEY = "key"  # its id, by which what scores alike is sorted
DATE, LATEST, DAY = "date", "latest", "day"  # see `dates`
CHARACTERS = "characters"
COLUMNS, WRITTEN = "columns", "written"  # see `column_values`
NAMED = "named"  # the columns in which a document has a value
STORED = "stored"  # the document
RECORD = "record"
BLOB = "blob"

TITLE, BODY = "title", "body"
WORDS, GRAMS, SINGLES, SIGNS = "words", "grams", "singles", "signs"
MOST_COUNTED = {TITLE: 255, BODY: 65_535}  # occurrences of a term; both fit into one 32-bit score
SHIFT = MOST_COUNTED[BODY] + 1
LONGEST_PAGE = 20_000  # hits: as many as an offset and a limit may be together


def field(kind: str, text: str) -> str:
    """Return the field that holds the terms of a kind of a title or body.

    >>> field("words", "title")
    'words_title'
    """
    return f"{kind}_{text}"


def length_field(kind: str, text: str) -> str:
    """Return the field that says how many words or grams a title or body has."""
    return f"{kind}_{text}_length"


def index_body(cluster: Cluster, meta: dict[str, Any]) -> dict[str, Any]:
    """Return what an index for a new generation is created with."""
    return {
        "settings": {
            "index": {
                "number_of_shards": cluster.shards,
                "number_of_replicas": cluster.replicas,
                # What was written becomes visible at a commit, and is on disk when it is answered.
                "refresh_interval": "-1",
                "codec": "best_compression",  # of what is stored: half of all that an index takes
                "translog.durability": "request",
                "max_result_window": LONGEST_PAGE,
                "analysis": {
                    "tokenizer": {"line": {"type": "whitespace", "max_token_length": 1_048_576}},
                    "filter": {
                        "stack": {
                            "type": "pattern_capture",
                            "preserve_original": False,
                            "patterns": [f"([^{STACK}]+)"],
                        },
                        "hole": {"type": "stop", "stopwords": [HOLE]},
                    },
                    "analyzer": {
                        "line": {"type": "custom", "tokenizer": "line"},
                        "places": {
                            "type": "custom",
                            "tokenizer": "line",
                            "filter": ["stack", "hole"],
                        },
                    },
                },
                "similarity": {
                    text: {
                        "type": "scripted",
                        "script": {"source": f"query.boost * Math.min(doc.freq, {most}.0)"},
                    }
                    for text, most in MOST_COUNTED.items()
                },
            }
        },
        "mappings": {
            "dynamic": "strict",
            "_meta": meta,
            "_source": {"includes": [STORED, RECORD, BLOB]},
            "properties": _properties(),
        },
    }


def _properties() -> dict[str, Any]:
    found: dict[str, Any] = {
        NUMBER: {"type": "long"},
        KEY: {"type": "keyword"},
        DATE: {"type": "integer"},
        LATEST: {"type": "integer", "doc_values": False},
        DAY: {"type": "integer"},
        CHARACTERS: {"type": "long", "index": False},
        COLUMNS: {"type": "keyword"},
        WRITTEN: {"type": "keyword", "index": False},
        NAMED: {"type": "keyword", "index": False},
        STORED: {"type": "object", "enabled": False},
        RECORD: {"type": "object", "enabled": False},
        BLOB: {"type": "binary"},
    }
    for text in (TITLE, BODY):
        counted = {"type": "text", "norms": False, "similarity": text}
        line = {**counted, "analyzer": "line"}
        found[field(WORDS, text)] = {**line, "index_options": "freqs"}
        found[field(SINGLES, text)] = {**line, "index_options": "freqs"}
        found[field(SIGNS, text)] = {**line, "index_options": "docs"}
        found[field(GRAMS, text)] = {
            **counted,
            "analyzer": "places",
            "index_options": "positions",
        }
        for kind in (WORDS, GRAMS):
            found[length_field(kind, text)] = {"type": "integer", "index": False}
    return found
