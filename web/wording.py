"""Numbers, names and explanations as a Chinese reader meets them on the page."""

from collections.abc import Mapping

from search.archive import Contribution, Step

COLUMNS = {
    "year": "年份",
    "author": "作者",
    "folder": "来源",
    "source": "来源",
    "format": "格式",
    "script": "字体",
    "translator": "译者",
    "title": "标题",
    "body": "正文",
}
SCRIPTS = {"simplified": "简体", "traditional": "繁体", "mixed": "繁简混合", "other": "其他"}
EXPANSIONS = {
    "regional": "各地用词",
    "synonym": "同义词",
    "number": "数字的写法",
    "pinyin": "拼音",
}
_READINGS = {
    "exact": "要一字不差",
    "original": "要这几个字的原样，繁简不通用",
    "prefix": "以此开头的词",
    "fuzzy": "拼写相近的词",
    "near": "要彼此靠近",
    "date": "限定日期",
    "nothing": "没有可搜的字",
}


def language_tag(script: str) -> str:
    """Return the language of an article by its script, so that it gets fonts that fit.

    >>> [language_tag(script) for script in ("traditional", "simplified", "mixed")]
    ['zh-Hant', 'zh-Hans', 'zh']
    """
    return {"traditional": "zh-Hant", "simplified": "zh-Hans"}.get(script, "zh")


def count(number: int) -> str:
    """Return `number` with its thousands set apart.

    >>> count(12345)
    '12,345'
    """
    return f"{number:,}"


def milliseconds(took_ms: float) -> str:
    """Return a duration, to a tenth below ten milliseconds and whole above.

    >>> [milliseconds(0.04), milliseconds(3.21), milliseconds(1234.5)]
    ['0.1', '3.2', '1,234']
    """
    if took_ms >= 10:
        return count(round(took_ms))
    return f"{max(took_ms, 0.1):.1f}"


def column(name: str) -> str:
    """Return what a column is called; its own name where it has no other."""
    return COLUMNS.get(name, name)


def column_value(value: str, name: str) -> str:
    """Return a value of the column `name` as it is called."""
    return SCRIPTS.get(value, value) if name == "script" else value


def expansion(one: Mapping[str, str]) -> str:
    """Return what was also searched for, and why.

    >>> expansion({"from": "csj", "to": "长三角", "kind": "pinyin"})
    '“csj”也搜“长三角”（拼音）'
    """
    return f"“{one['from']}”也搜“{one['to']}”（{EXPANSIONS.get(one['kind'], one['kind'])}）"


def reading(step: Step) -> str:
    """Return how a part of the query was read, each of its forms only where it differs.

    >>> reading(Step("標題：產業鏈", "产业链", ("产业", "链"), "text", "title"))
    '標題：產業鏈 → 产业链 → 产业 链（在标题里）'
    """
    ways = (step.typed, step.folded, " ".join(step.words))
    notes = [f"限定{column(step.field)}" if step.kind == "column" else _READINGS.get(step.kind, "")]
    if step.field in ("title", "body"):
        notes.append(f"在{column(step.field)}里")
    if step.excluded:
        notes.append("不要")
    told = "，".join(filter(None, notes))
    return " → ".join(dict.fromkeys(filter(None, ways))) + (f"（{told}）" if told else "")


def contribution(part: Contribution) -> str:
    """Return what one part of a score is for.

    >>> contribution(Contribution("业链", "gram", 1, 12, 0.3))
    '“业链”二字相连：标题 1 处，正文 12 处'
    """
    where = "，".join(
        f"{place} {count(number)} 处"
        for place, number in (("标题", part.title_count), ("正文", part.body_count))
        if number
    )
    match part.kind:
        case "gram" if len(part.term) > 1:
            return f"“{part.term}”二字相连：{where}"
        case "gram":
            return f"“{part.term}”字：{where}"
        case "coverage":
            return f"按轻重算，含有 {part.term} 的词"
        case "recency":
            return f"日期较新，多 {part.term}"
        case _:
            return f"“{part.term}”一词：{where}"
