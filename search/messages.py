"""What people are told, as English text that can be told in Chinese too.

A `Message` is its English text, so it is raised, stored, compared and printed as JSON like any
text; it remembers of what it was made, by which `translated` finds it in a catalog. Whoever speaks
to people decides on the language: nothing here reads the environment.
"""

import gettext
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

ENGLISH, SIMPLIFIED, TRADITIONAL = LANGUAGES = ("en", "zh-Hans", "zh-Hant")
DOMAIN = "search"  # the name of the catalogs' files
CATALOGS = Path(__file__).with_name("locale")
_TRADITIONAL_TAGS = {"hant", "tw", "hk", "mo"}

SYSTEM_CAUSES = (
    "no such file or directory",
    "permission denied",
    "operation not permitted",
    "is a directory",
    "not a directory",
    "no space left on device",
    "read-only file system",
    "too many open files",
    "file name too long",
    "input/output error",
    "file exists",
    "disk quota exceeded",
    "address already in use",
)


class Message(str):
    """English text that knows its template and the values in it.

    A template without values is the text as it is: braces in it mean nothing.
    """

    __slots__ = ("many", "template", "values")
    template: str
    values: Mapping[str, Any]
    many: str  # the template where the value `count` is not 1, if there is another

    def __new__(  # noqa: D102 - said by its class
        cls, template: str, values: Mapping[str, Any] | None = None, many: str = ""
    ) -> "Message":
        values = values or {}
        made = super().__new__(cls, _filled(_form(template, many, values), values))
        made.template, made.values, made.many = template, values, many
        return made

    def __reduce__(self) -> tuple[Any, ...]:
        return Message, (self.template, dict(self.values), self.many)


def message(template: str, /, **values: Any) -> Message:
    """Return the template with its values filled in; those that are messages are translated too.

    >>> message("cannot read '{source}': {cause}", source="a.txt", cause=message("empty file"))
    "cannot read 'a.txt': empty file"
    """
    return Message(template, values)


def plural(one: str, many: str, /, count: int, **values: Any) -> Message:
    """Return the template for a `count` of 1, or that for any other, filled in.

    >>> plural("{count:,} article", "{count:,} articles", count=1200)
    '1,200 articles'
    """
    return Message(one, {"count": count, **values}, many)


def said_by(error: BaseException) -> str:
    """Return what an error says, as the message that it was raised with, if it was one."""
    first = error.args[0] if error.args else ""
    return first if isinstance(first, Message) else str(error)


def as_message(error: BaseException) -> Message:
    """Return what an error says as a message, even if it was raised with none."""
    said = said_by(error)
    return said if isinstance(said, Message) else Message(said)


def system_cause(error: OSError) -> Message:
    """Return what the system says of a failure, in lower case; `SYSTEM_CAUSES` are translated.

    >>> system_cause(PermissionError(13, "Permission denied"))
    'permission denied'
    """
    return Message((error.strerror or str(error)).lower())


def translated(text: str, language: str) -> str:
    """Return `text` in a language of `LANGUAGES`; what no catalog has stays as it is."""
    if language == ENGLISH or not text:
        return str(text)
    catalog = _catalog(language)
    if not isinstance(text, Message):
        return catalog.gettext(text)
    values = {
        name: translated(value, language) if isinstance(value, Message) else value
        for name, value in text.values.items()
    }
    if not text.many:
        return _filled(catalog.gettext(text.template), values)
    return _filled(catalog.ngettext(text.template, text.many, int(values["count"])), values)


def language_of(tag: str) -> str:
    """Return which of `LANGUAGES` a locale or a language tag asks for.

    >>> [language_of(tag) for tag in ("zh_CN.UTF-8", "zh-TW", "zh-Hant-CN", "C", "de_DE")]
    ['zh-Hans', 'zh-Hant', 'zh-Hant', 'en', 'en']
    """
    parts = tag.partition(".")[0].partition("@")[0].lower().replace("_", "-").split("-")
    if parts[0] != "zh":
        return ENGLISH
    if "hans" in parts or _TRADITIONAL_TAGS.isdisjoint(parts):
        return SIMPLIFIED
    return TRADITIONAL


def locale_of(language: str) -> str:
    """Return what the folder of a language's catalog is called."""
    return language.replace("-", "_")


@cache
def _catalog(language: str) -> gettext.NullTranslations:
    return gettext.translation(DOMAIN, CATALOGS, [locale_of(language)], fallback=True)


def _form(template: str, many: str, values: Mapping[str, Any]) -> str:
    return many if many and values["count"] != 1 else template


def _filled(template: str, values: Mapping[str, Any]) -> str:
    return template.format(**values) if values else template
