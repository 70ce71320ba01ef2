"""Whoosh's codec with our term fields as arrays: postings that are read a list at a time.

Everything else (the `id` field, columns, deletions) stays with Whoosh's own W3 codec. A segment
keeps all its posting lists in one file of sections, which Whoosh packs into the segment's compound
file and maps into memory with it. Whoosh pickles this class by name into every index.
"""

from collections.abc import Iterator, Mapping
from heapq import merge as merge_sorted
from typing import Any

from whoosh.codec.base import FieldCursor, TermsReader
from whoosh.codec.whoosh3 import W3Codec, W3FieldWriter
from whoosh.filedb.compound import CompoundStorage
from whoosh.matching import ListMatcher
from whoosh.reading import TermInfo, TermNotFound

from search.engine.whoosh.inversion import PostingLists
from search.engine.whoosh.lexicon import Lexicon, sections_of
from search.engine.whoosh.schema import TERM_FIELDS
from search.engine.whoosh.sections import Sections, write_sections

EXTENSION = ".xwp"


class ArrayCodec(W3Codec):  # type: ignore[misc]  # whoosh ships no types
    """W3, but for the term fields."""

    length_stats = False  # lengths are columns of ours; Whoosh would look for its own per posting

    def field_writer(self, storage: Any, segment: Any) -> "ArrayFieldWriter":
        """Return what writes the postings of a new segment."""
        return ArrayFieldWriter(self, storage, segment)

    def terms_reader(self, storage: Any, segment: Any) -> "ArrayTermsReader":
        """Return what reads the terms and postings of a segment."""
        name = segment.make_filename(EXTENSION)
        return ArrayTermsReader(super().terms_reader(storage, segment), _view(storage, name))


class ArrayFieldWriter(W3FieldWriter):  # type: ignore[misc]  # whoosh ships no types
    """Writes the posting lists that the segment writer hands over; the rest as W3 does."""

    def __init__(self, codec: ArrayCodec, storage: Any, segment: Any) -> None:
        super().__init__(codec, storage, segment)
        self.lists: Mapping[str, PostingLists] = {}  # set before closing

    def close(self) -> None:
        """Write everything out."""
        sections = {}
        for field, lists in self.lists.items():
            sections.update(sections_of(field, lists))
        with self._create_file(EXTENSION) as file:
            write_sections(file, sections)
        super().close()


class ArrayTermsReader(TermsReader):  # type: ignore[misc]  # whoosh ships no types
    """Terms of both kinds under Whoosh's own interface; `lexicons` is the fast way to ours."""

    def __init__(self, others: TermsReader, view: memoryview) -> None:
        self.others = others
        sections = Sections(view)
        self.sections = sections
        self.lexicons = {
            field: Lexicon(sections, field) for field in TERM_FIELDS if f"{field}.terms" in sections
        }

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        field, text = term
        if field in self.lexicons:
            return self.lexicons[field].place(text) is not None
        return term in self.others

    def indexed_field_names(self) -> list[str]:
        """Return the fields that have terms."""
        return [*self.others.indexed_field_names(), *self.lexicons]

    def cursor(self, fieldname: str, fieldobj: Any) -> Any:
        """Return a walk over the terms of a field."""
        if fieldname in self.lexicons:
            return ArrayCursor(self, fieldname, fieldobj)
        return self.others.cursor(fieldname, fieldobj)

    def terms(self) -> Iterator[tuple[str, bytes]]:
        """Yield (field, term) for all terms, sorted."""
        ours = ((f, term) for f in sorted(self.lexicons) for term in self.lexicons[f].terms())
        return merge_sorted(self.others.terms(), ours)

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        """Yield (field, term) of one field from `prefix` on."""
        if fieldname not in self.lexicons:
            yield from self.others.terms_from(fieldname, prefix)
            return
        lexicon = self.lexicons[fieldname]
        for term in lexicon.terms(lexicon.first_from(prefix)):
            yield fieldname, term

    def items(self) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        """Yield ((field, term), what is known of it) for all terms."""
        for term in self.terms():
            yield term, self.term_info(*term)

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[Any]:
        """Yield the same for one field from `prefix` on."""
        for term in self.terms_from(fieldname, prefix):
            yield term, self.term_info(*term)

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        """Return counts of a term; TermNotFound when there is none."""
        if fieldname not in self.lexicons:
            return self.others.term_info(fieldname, text)
        lexicon = self.lexicons[fieldname]
        place = lexicon.place(text)
        if place is None:
            raise TermNotFound(f"No term {fieldname}:{text!r}")
        documents, counts = lexicon.postings(place, place + 1)
        return TermInfo(
            weight=float(counts.sum()),
            df=len(documents),
            maxweight=float(counts.max()),
            minid=int(documents[0]),
            maxid=int(documents[-1]),
        )

    def frequency(self, fieldname: str, text: bytes) -> float:
        """Return how often a term occurs; KeyError, which Whoosh relies on, when it does not."""
        try:
            weight: float = self.term_info(fieldname, text).weight()
        except TermNotFound:
            raise KeyError(text) from None
        return weight

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        """Return how many documents hold a term; KeyError when none does."""
        try:
            frequency: int = self.term_info(fieldname, text).doc_frequency()
        except TermNotFound:
            raise KeyError(text) from None
        return frequency

    def matcher(self, fieldname: str, text: bytes, format_: Any, scorer: Any = None) -> Any:
        """Return the postings of a term as Whoosh's own queries walk them."""
        if fieldname not in self.lexicons:
            return self.others.matcher(fieldname, text, format_, scorer)
        lexicon = self.lexicons[fieldname]
        place = lexicon.place(text)
        if place is None:
            raise TermNotFound(f"No term {fieldname}:{text!r}")
        documents, counts = lexicon.postings(place, place + 1)
        return ListMatcher(
            documents.tolist(), counts.astype(float).tolist(), format=format_, scorer=scorer
        )

    def close(self) -> None:
        """Let go of what the other fields hold open."""
        self.others.close()


class ArrayCursor(FieldCursor):  # type: ignore[misc]  # whoosh ships no types
    """A place in the terms of one of our fields."""

    def __init__(self, reader: ArrayTermsReader, fieldname: str, fieldobj: Any) -> None:
        self._reader = reader
        self._field = fieldname
        self._fieldobj = fieldobj
        self._lexicon = reader.lexicons[fieldname]
        self._place = 0

    def first(self) -> Any:
        """Go to the first term and return it."""
        self._place = 0
        return self.text()

    def find(self, term: bytes | str) -> Any:
        """Go to the first term that is not less than `term` and return it."""
        raw = term if isinstance(term, bytes) else self._fieldobj.to_bytes(term)
        self._place = self._lexicon.first_from(raw)
        return self.text()

    def next(self) -> Any:
        """Go on and return the next term."""
        self._place += 1
        return self.text()

    def text(self) -> Any:
        """Return the term here, None at the end."""
        if not self.is_valid():
            return None
        return self._fieldobj.from_bytes(self._lexicon.term(self._place))

    def term_info(self) -> TermInfo:
        """Return counts of the term here."""
        return self._reader.term_info(self._field, self._lexicon.term(self._place))

    def is_valid(self) -> bool:
        """Return whether there is a term here."""
        return self._place < len(self._lexicon)


def _view(storage: Any, name: str) -> memoryview:
    """Return a segment's file as it is mapped, without the copy that Whoosh's files make."""
    if isinstance(storage, CompoundStorage) and storage._source is not None:
        start, length = storage.range(name)
        return memoryview(storage._source)[start : start + length]
    with storage.open_file(name) as file:
        return memoryview(file.get(0, storage.file_length(name)))
