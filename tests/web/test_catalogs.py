"""The site's own words are there in each language, whole, with the same values in them."""

import re
from pathlib import Path

import polib
import pytest

from tests.web.sentences import WEB, sentences
from web.languages import LANGUAGES, USUAL

CATALOGS = sorted((WEB / "locale").glob("*/LC_MESSAGES/web.po"))
VALUES = re.compile(r"%\(\w+\)s|%s|\{\w+\}|</?\w+>")

catalogs = pytest.mark.parametrize("path", CATALOGS, ids=lambda path: path.parts[-3])


def test_there_is_one_for_each_language_but_the_one_they_are_written_in():
    found = {path.parts[-3].replace("_", "-") for path in CATALOGS}
    assert found == set(LANGUAGES) - {USUAL}


def test_the_sentences_of_templates_and_modules_are_all_found():
    found = sentences()
    assert {
        "找到 <b>%(count)s</b> 条结果（用时 %(took)s 毫秒）",
        "没有标题符合这次搜索。找过的字词：",
    } <= found
    assert {"一天内", "“%(term)s”字：%(where)s", "没有这篇文章", "标题"} <= found


@catalogs
def test_a_catalog_holds_what_is_said_and_no_more(path: Path):
    assert {entry.msgid for entry in polib.pofile(str(path))} == sentences()


@catalogs
def test_nothing_is_left_out_or_loses_a_value(path: Path):
    for entry in polib.pofile(str(path)):
        said = [entry.msgstr, *entry.msgstr_plural.values()]
        assert any(said), entry.msgid
        for one in filter(None, said):
            assert sorted(VALUES.findall(one)) == sorted(VALUES.findall(entry.msgid)), entry.msgid
        assert not entry.fuzzy
        assert not entry.obsolete


@catalogs
def test_the_compiled_catalog_is_that_of_the_written_one(path: Path):
    assert polib.pofile(str(path)).to_binary() == path.with_suffix(".mo").read_bytes(), (
        "run 'make catalogs'"
    )


def test_no_chinese_is_left_in_english():
    path = WEB / "locale/en/LC_MESSAGES/web.po"
    han = re.compile(r"[\u3400-\u9fff]")
    left = [e.msgstr for e in polib.pofile(str(path)) if han.search(e.msgstr)]
    assert left == ["in the title; 作者 (author) and 来源 (source) work too"]


def test_no_simplified_character_is_left_in_traditional():
    from search.text.script import only_simplified

    path = WEB / "locale/zh_Hant/LC_MESSAGES/web.po"
    said = "".join(e.msgstr + "".join(e.msgstr_plural.values()) for e in polib.pofile(str(path)))
    assert only_simplified().intersection(said) == set()
