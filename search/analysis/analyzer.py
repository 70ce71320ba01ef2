"""A document → all that an engine indexes of it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from search.analysis.dictionary import NONE, Dictionary
from search.analysis.terms import gram_terms, word_terms
from search.document import Document
from search.text import Folded, fold

ANALYSIS_RULES = 2  # raise when the terms of any text change; see FOLDING_RULES


@dataclass(frozen=True, slots=True)
class AnalyzedText:
    """One field of a document: its folded text, with map, and its terms, with repetition."""

    folded: Folded
    words: tuple[str, ...]
    grams: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AnalyzedDocument:
    """A document with the terms of its title and body, ready for any engine."""

    document: Document
    title: AnalyzedText
    body: AnalyzedText


def analyze_text(text: str, dictionary: Dictionary = NONE) -> AnalyzedText:
    """Return the folded form and the terms of one field's raw text."""
    folded = fold(text)
    return AnalyzedText(
        folded,
        tuple(word_terms(folded.text, dictionary)),
        tuple(gram_terms(folded.text)),
    )


def analyze_documents(
    documents: Iterable[Document], dictionary: Dictionary = NONE
) -> Iterator[AnalyzedDocument]:
    """Yield each document with its terms, in the given order."""
    for document in documents:
        title, body = (analyze_text(text, dictionary) for text in (document.title, document.body))
        yield AnalyzedDocument(document, title, body)
