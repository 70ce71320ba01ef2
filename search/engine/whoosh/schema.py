"""The Whoosh schema: terms that we cut, and columns for all that is stored.

Whoosh pickles these classes by their module path into every index: moving or renaming them makes
existing indexes unreadable, and needs a new FORMAT in `search.archive.generations`.
"""

from whoosh.columns import NumericColumn, VarBytesColumn
from whoosh.fields import COLUMN, ID, FieldType, Schema
from whoosh.formats import Existence

# Text fields of a document, and the two kinds of terms that each is indexed by.
TEXTS = ("title", "body")
KINDS = ("words", "grams")
TERM_FIELDS = tuple(f"{text}_{kind}" for text in TEXTS for kind in KINDS)


class Terms(FieldType):  # type: ignore[misc]  # whoosh ships no types
    """A field of terms already cut, whose postings the codec keeps as arrays."""

    def __init__(self) -> None:
        super().__init__(Existence(), None, scorable=False, stored=False)


def schema() -> Schema:
    """Return the schema of a new index."""
    fields: dict[str, FieldType] = {"id": ID(unique=True, stored=False, sortable=True)}
    fields["date"] = COLUMN(VarBytesColumn())
    fields["heading"] = COLUMN(VarBytesColumn())  # JSON: author, source, metadata
    for text in TEXTS:
        fields[text] = COLUMN(VarBytesColumn())
        fields[f"{text}_folded"] = COLUMN(VarBytesColumn())
        fields[f"{text}_offsets"] = COLUMN(VarBytesColumn())
    for name in TERM_FIELDS:
        fields[name] = Terms()
        # Whoosh keeps field lengths in one lossy byte; scores need them exact.
        fields[length_of(name)] = COLUMN(NumericColumn("I"))
    fields["characters"] = COLUMN(NumericColumn("I"))
    return Schema(**fields)


def length_of(term_field: str) -> str:
    """Return the name of the column with the number of terms in `term_field` of each document."""
    return f"{term_field}_length"
