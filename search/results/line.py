"""What a line of an article is: the words that `lines` answers in."""

from dataclasses import dataclass
from enum import StrEnum


class LineKind(StrEnum):
    """What a line is to a reader; whatever is not told with confidence is a paragraph."""

    PARAGRAPH = "paragraph"
    CROSSHEAD = "crosshead"  # a heading inside the text, or that of the text itself
    CAPTION = "caption"  # says what a picture shows and who took it, or is where one would stand
    BYLINE = "byline"  # says who wrote, when, and where it is from
    VERSE = "verse"  # set tight: its line ends are the poet's
    LIST = "list"  # begins an item; without a sign it goes on with the one before
    QUOTE = "quote"
    CODE = "code"
    TABLE = "table"
    RULE = "rule"  # drawn with signs alone, below a heading too
    DEFINITION = "definition"  # for programs: front matter, addresses that links lead to
    BLANK = "blank"


@dataclass(frozen=True, slots=True)
class Line:
    """What a line is, and how many characters at its ends are there only to say so.

    `sign` counts the mark before the text, all blanks before and behind it included (`## `, `■`);
    `closing` that behind the text (` ##`, `**`). They never overlap; of a rule all is sign.
    """

    kind: LineKind
    level: int = 0  # of a heading of Markdown: 1 to 6
    sign: int = 0
    closing: int = 0


BLANK = Line(LineKind.BLANK)
PARAGRAPH = Line(LineKind.PARAGRAPH)
