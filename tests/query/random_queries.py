"""Random queries by a grammar, and random Unicode: the same ones for the same seed."""

from collections.abc import Iterator
from random import Random

_WORDS = r"""
长三角 示范区 算力 產業 產(chǎn)業(yè) 联合招商 後天 皇后 的 〇 𠮷 一二 タワー 한국 б
docker GIS 5G C++ c# BIM+GIS eVTOL covid-19 ＡＩ a 1 é ß node.js 长三角5g 5g长三角
12:30 3:1 3~5 a*b ~/bin f(x) 红楼梦（上） 題目：中国 https://a.b/c?d=e C:\dir \ a\ 。 《书》 👩‍👩
啊(ā) 产（ｃｈǎｎ） title\:x 《date:1》 a＼"b OR NOT AND or | ｜ - * ~ ( ) （ ） " “ ” 「 :
"""
_DATES = """
2024 2024-06 2024-6-8 2024/06 2024年6月 ２０２４年 2024-01..2024-06 2024.. ..2024-06-28 ..
2024..2020 2024-13 昨天 2024.6.8..2024年7月1日
"""
_FIELDS = """
title 标题 標題 intitle ｔｉｔｌｅ Title body 正文 author 作者 source 来源 filetype format 格式
date 日期 date 日期 date exact 原文 exact unknown
"""
WORDS, DATES, FIELDS = _WORDS.split(), _DATES.split(), _FIELDS.split()
QUOTES = ('""', '""', "＂＂", "“”", "「」", "『』", "〝〞", '"＂')
BLANKS = (" ", " ", " ", "\u3000", "\n", "  ")
EITHER = (" OR ", " | ", " ｜ ", "\u3000ＯＲ ")
BEHIND_WORDS = ("", "", "", "", "*", "＊", "~", "~2", "～1", "~9", "（上）")
BEHIND_QUOTES = ("", "", "", "~5", "～3", "~5", "~", "*", "~999")
SIGNS = '"＂“”「」『』〝〞-－−|｜\\()（）:：*＊~～. \u3000\n中国aＯR产(chǎn)25年月'
PLANES = ((0x20, 0x7F), (0x4E00, 0x4F00), (0x80, 0x3000), (0xFF00, 0xFFF0), (0xE000, 0x110000))


def random_queries(seed: int) -> Iterator[str]:
    """Yield queries without end: most by the grammar, some of signs alone, some of any Unicode.

    A few are as long as a query may be, or longer.
    """
    random = Random(seed)
    while True:
        kind = random.random()
        if kind < 0.005:
            part = clause(random, 1) + random.choice(("", *BLANKS, *EITHER))
            yield (part * 1001)[: random.randint(900, 1001)]
        elif kind < 0.7:
            yield query(random)
        elif kind < 0.85:
            yield "".join(random.choices(SIGNS, k=random.randint(0, 30)))
        else:
            low, high = random.choice(PLANES)
            codes = (random.randrange(low, high) for _ in range(random.randint(0, 20)))
            yield "".join(map(chr, codes))


def query(random: Random, depth: int = 3) -> str:
    """Return a few clauses, side by side or with OR between, nested at most `depth` deep."""
    text = clause(random, depth)
    for _ in range(random.choice((0, 0, 0, 1, 1, 2, 3))):
        text += random.choice(BLANKS if random.random() < 0.7 else EITHER) + clause(random, depth)
    return text


def clause(random: Random, depth: int) -> str:
    """Return a word, quotation or group, perhaps with a minus or a field before it."""
    text = operand(random, depth)
    if random.random() < 0.3:
        field = random.choice(FIELDS)
        if field in ("date", "日期") and random.random() < 0.7:
            text = random.choice(DATES)
        text = f"{field}{random.choice(':：')}{text}"
    if random.random() < 0.15:
        text = random.choice(("-", "－", "NOT ", "−")) + text
    return text


def operand(random: Random, depth: int) -> str:
    """Return a word, a quotation or a group, perhaps with a sign behind it."""
    kind = random.random()
    if depth and kind < 0.25:
        opening, closing = random.choice(("()", "（）", "(）"))
        return f"{opening}{query(random, depth - 1)}{closing}"
    words = random.choices(WORDS, k=random.choice((1, 1, 2, 3)))
    if kind < 0.5:
        opening, closing = random.choice(QUOTES)
        inner = random.choice(("", " ")).join(words)
        return f"{opening}{inner}{closing}{random.choice(BEHIND_QUOTES)}"
    return f"{''.join(words) if kind < 0.6 else words[0]}{random.choice(BEHIND_WORDS)}"
