"""Folding: the author's text → the form in which it is compared, with a map back.

In this order, since each step relies on the ones before it: glosses are dropped, lines that layout
cut are joined, then width, script and case. Nothing here knows of words or of an index.
"""

from dataclasses import dataclass

from search.text.gloss import drop_glosses
from search.text.layout import join_lines
from search.text.offsets import Kind, Offsets, Span
from search.text.width import fold_width

# Raise when folding gives another text than before for any input: indexes built by other rules are
# then refused. tests/text/test_rules.py fails when the output changes and this number does not.
FOLDING_RULES = 5


@dataclass(frozen=True, slots=True)
class Folded:
    """A text as it is compared, and where each part of it stands in the original."""

    text: str
    offsets: Offsets

    @property
    def glosses(self) -> list[Span]:
        """The pinyin glosses that were dropped: spans of the original."""
        return self.offsets.dropped(Kind.GLOSS)

    @property
    def breaks(self) -> list[Span]:
        """The line breaks that were dropped inside sentences: spans of the original."""
        return self.offsets.dropped(Kind.BREAK)


def fold(text: str) -> Folded:
    """Return `text` in half-width simplified form, with a map back to its own offsets.

    Runs before the segmenter: jieba joins 自然语言 but leaves 自然語言 as two words.

    >>> fold("自然語言ＡＢ產(chǎn)業(yè)").text
    '自然语言ab产业'
    """
    without_glosses, glosses = drop_glosses(text)
    joined, breaks = join_lines(without_glosses)
    folded, width = fold_width(joined)
    return Folded(folded, glosses.then(breaks).then(width))
