"""The Whoosh schema: the fields of terms that our codec keeps.

Whoosh pickles these classes by their module path into every index: moving or renaming them makes
existing indexes unreadable, and needs a new FORMAT in `search.archive.meta`.
"""

from whoosh.fields import FieldType, Schema
from whoosh.formats import Existence


class Terms(FieldType):  # type: ignore[misc]  # whoosh ships no types
    """A field whose terms and postings are the codec's own; Whoosh cuts and stores nothing."""

    def __init__(self) -> None:
        super().__init__(Existence(), None, scorable=False, stored=False)


def schema() -> Schema:
    """Return the schema of a new index: words and grams of title and body, and the ids."""
    return Schema(words=Terms(), grams=Terms(), id=Terms())
