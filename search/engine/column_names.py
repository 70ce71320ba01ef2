"""What articles are told apart by beside title, text and date; some of it is told from the source.

The author, the source, the script and every name in the metadata make a column.
"""

AUTHOR, SOURCE, SCRIPT = "author", "source", "script"
YEAR, MONTH, FOLDER, FORMAT = "year", "month", "folder", "format"
# What the metadata calls so is shown with an article, but is no column.
TAKEN = {AUTHOR, SOURCE, SCRIPT, FOLDER, FORMAT, YEAR, MONTH}

_PACKED = (".gz", ".xz")  # the format is that of what is in them
_ALIKE = {"htm": "html", "xhtml": "html", "markdown": "md", "ndjson": "jsonl", "text": "txt"}


def folder_of(source: str) -> str:
    """Return the folder that a file lies in, by its name."""
    return source.rpartition("/")[0]


def format_of(source: str) -> str:
    """Return the kind of a file by its name.

    >>> format_of("报/年报.TXT.gz"), format_of("all.zip/a.htm"), format_of("README")
    ('txt', 'html', '')
    """
    name = source.rpartition("/")[2].lower()
    for suffix in _PACKED:
        name = name.removesuffix(suffix)
    return format_named(name.rpartition(".")[2] if "." in name else "")


def format_named(name: str) -> str:
    """Return a format as it is called, of the names that it has."""
    bare = name.lower().lstrip(".")
    return _ALIKE.get(bare, bare)
