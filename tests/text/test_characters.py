"""What kind each character is, told by the classes as `re` reads them."""

import re
import sys

from search.text.characters import CJK, DIGIT, LETTER, MARKS, kind_of


def test_every_character_is_of_the_kind_whose_class_it_is_in():
    classes = {"CJK": f"[{CJK}]", "MARK": f"[{MARKS}]", "DIGIT": DIGIT, "LETTER": LETTER}
    matches = {kind: re.compile(pattern).match for kind, pattern in classes.items()}
    for character in map(chr, range(sys.maxunicode + 1)):
        kinds = [kind for kind, match in matches.items() if match(character)]
        assert kinds == [kind_of(character)] or (not kinds and kind_of(character) == "")
