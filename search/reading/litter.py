"""Files that systems and programs leave in folders, which nobody has written."""

_NAMES = frozenset(("thumbs.db", "ehthumbs.db", "desktop.ini", "__macosx", "$recycle.bin"))
_LOCKS = ("~$", ".")  # what Word puts beside an open document; what systems hide


def is_litter(name: str) -> bool:
    """Return whether a file or folder of this name is left out, and nobody told.

    >>> is_litter("~$年报.docx"), is_litter("Thumbs.db"), is_litter(".DS_Store"), is_litter("a.db")
    (True, True, True, False)
    """
    return name.startswith(_LOCKS) or name.lower() in _NAMES
