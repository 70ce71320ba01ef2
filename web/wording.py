"""Numbers, names and explanations as a Chinese reader meets them on the page."""

from collections.abc import Mapping

from search.archive import Contribution, Step
from web.languages import gettext, many, sentence
from web.languages import gettext as _

COLUMNS = {
    "year": sentence("年份"),
    "author": sentence("作者"),
    "folder": sentence("来源"),
    "source": sentence("来源"),
    "format": sentence("格式"),
    "script": sentence("字体"),
    "translator": sentence("译者"),
    "title": sentence("标题"),
    "body": sentence("正文"),
}
SCRIPTS = {
    "simplified": sentence("简体"),
    "traditional": sentence("繁体"),
    "mixed": sentence("繁简混合"),
    "other": sentence("其他"),
}
EXPANSIONS = {
    "regional": sentence("各地用词"),
    "synonym": sentence("同义词"),
    "number": sentence("数字的写法"),
    "pinyin": sentence("拼音"),
}
READINGS = {
    "exact": sentence("要一字不差"),
    "original": sentence("要这几个字的原样，繁简不通用"),
    "prefix": sentence("以此开头的词"),
    "fuzzy": sentence("拼写相近的词"),
    "near": sentence("要彼此靠近"),
    "date": sentence("限定日期"),
    "nothing": sentence("没有可搜的字"),
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
    return _(COLUMNS[name]) if name in COLUMNS else name


def column_value(value: str, name: str) -> str:
    """Return a value of the column `name` as it is called."""
    return _(SCRIPTS[value]) if name == "script" and value in SCRIPTS else value


def expansion_kind(kind: str) -> str:
    """Return what a kind of other words is called."""
    return _(EXPANSIONS[kind]) if kind in EXPANSIONS else kind


def expansion(one: Mapping[str, str]) -> str:
    """Return what was also searched for, and why.

    >>> expansion({"from": "csj", "to": "长三角", "kind": "pinyin"})
    '“csj”也搜“长三角”（拼音）'
    """
    return _("“%(typed)s”也搜“%(other)s”（%(kind)s）") % {
        "typed": one["from"],
        "other": one["to"],
        "kind": expansion_kind(one["kind"]),
    }


def reading(step: Step) -> str:
    """Return how a part of the query was read, each of its forms only where it differs.

    >>> reading(Step("標題：產業鏈", "产业链", ("产业", "链"), "text", "title"))
    '標題：產業鏈 → 产业链 → 产业 链（在标题里）'
    """
    ways = (step.typed, step.folded, " ".join(step.words))
    notes = []
    if step.kind == "column":
        notes.append(_("限定%(name)s") % {"name": column(step.field)})
    elif step.kind in READINGS:
        notes.append(_(READINGS[step.kind]))
    if step.field in ("title", "body"):
        notes.append(_("在%(name)s里") % {"name": column(step.field)})
    if step.excluded:
        notes.append(_("不要"))
    told = _("，").join(notes)
    return " → ".join(dict.fromkeys(filter(None, ways))) + (_("（%s）") % told if told else "")


def contribution(part: Contribution) -> str:
    """Return what one part of a score is for.

    >>> contribution(Contribution("业链", "gram", 1, 12, 0.3))
    '“业链”二字相连：标题 1 处，正文 12 处'
    """
    places = []
    if part.title_count:
        places.append(many("标题 %(count)s 处", part.title_count))
    if part.body_count:
        places.append(many("正文 %(count)s 处", part.body_count))
    values = {"term": part.term, "where": _("，").join(places)}
    match part.kind:
        case "gram" if len(part.term) > 1:
            return _("“%(term)s”二字相连：%(where)s") % values
        case "gram":
            return _("“%(term)s”字：%(where)s") % values
        case "coverage":
            return _("按轻重算，含有 %(term)s 的词") % values
        case "recency":
            return _("日期较新，多 %(term)s") % values
        case _:
            return gettext("“%(term)s”一词：%(where)s") % values
