"""Who wrote a poem: the name that stands alone between its title and its verses.

Nothing else is a name there: two characters below a heading are a crosshead or a place as well. So
the verses are asked for, that they be as long as each other, or a dynasty before the name.
"""

import re
from collections.abc import Sequence

from search.reading.labels import bare
from search.reading.names import HAN, is_person

_TITLE_CHARS = 24
_VERSES = 4  # that must be there, and alike
_LENGTHS = range(3, 8)  # characters of a verse
_PARTS = re.compile(r"[，。？！；、,?!;\s]+")
_HAN_ONLY = re.compile(f"[{HAN}]+")
_DYNASTY = (
    "(?:先秦|春秋|战国|戰國|[东東西]?[汉漢]|三国|三國|[曹]?魏|[东東西]?晋|[东東西]?晉|南朝|北朝|南北朝|隋|[初盛中晚]?唐|五代|南唐|"
    "[北南]?宋|辽|遼|金|元|明|清|近代|现代|現代|当代|當代)(?:代|朝)?"
)
_DYNASTY_FIRST = re.compile(
    rf"(?:[\[［〔【(（]\s*{_DYNASTY}\s*[\]］〕】)）]\s*|{_DYNASTY}\s*[·•・．.：:|｜]\s*)(?P<name>[{HAN}]{{2,4}})"
)


def poet_of(lines: Sequence[str]) -> str:
    """Return the name in the second of a text's first lines if they are those of a poem.

    >>> poet_of(["静夜思", "李白", "床前明月光，疑是地上霜。", "举头望明月，低头思故乡。"])
    '李白'
    >>> poet_of(["水调歌头", "[宋]苏轼", "明月几时有？把酒问青天。"])
    '苏轼'
    >>> poet_of(["通知", "高新区", "全体居民：", "请于明天上午到居委会。"])
    ''
    """
    if len(lines) < 3 or len(lines[0]) > _TITLE_CHARS:
        return ""
    found = _DYNASTY_FIRST.fullmatch(lines[1].strip())
    if found:
        return found["name"] if is_person(found["name"]) else ""
    name = bare(lines[1]).replace(" ", "").replace("\u3000", "")
    if not (_HAN_ONLY.fullmatch(name) and is_person(name)):
        return ""
    return name if _are_verses(lines[2:], len(name)) else ""


def _are_verses(lines: Sequence[str], name_chars: int) -> bool:
    """Return whether the first verses are of one length, and that is not the name's own."""
    parts = [part for line in lines for part in _PARTS.split(line) if part][:_VERSES]
    lengths = {len(part) for part in parts}
    return (
        len(parts) == _VERSES
        and len(lengths) == 1
        and lengths <= set(_LENGTHS) - {name_chars}
        and all(map(_HAN_ONLY.fullmatch, parts))
    )
