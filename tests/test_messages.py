"""What people are told is English text that knows how to be said in Chinese."""

import pickle
import re
from pathlib import Path

import click
import polib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.messages import LANGUAGES, Message, language_of, message, plural, translated
from search.text.script import only_simplified
from tests.told import OF_CLICK, ROOT, told

CATALOGS = sorted((ROOT / "search/locale").glob("*/LC_MESSAGES/search.po"))
VALUES = re.compile(r"\{\w+[^}]*\}")
HAN = re.compile(r"[\u3400-\u9fff]")

catalogs = pytest.mark.parametrize("path", CATALOGS, ids=lambda path: path.parts[-3])


def test_a_message_is_its_english_text():
    found = message("cannot read '{source}': {cause}", source="a.txt", cause="empty")
    assert found == "cannot read 'a.txt': empty"
    assert isinstance(found, str)
    assert {found: 1}["cannot read 'a.txt': empty"] == 1


def test_it_is_said_in_chinese_with_its_values_and_the_messages_in_it():
    cause = message("empty file")
    found = message("cannot read '{source}': {cause}", source="报.txt", cause=cause)
    assert translated(found, "en") == found
    assert translated(found, "zh-Hans") == "读不了“报.txt”：空文件"
    assert translated(found, "zh-Hant") == "讀不了「报.txt」：空檔案"  # the name stays as it is


def test_numbers_are_said_as_each_language_counts():
    one, many = (plural("{count:,} article", "{count:,} articles", count=n) for n in (1, 1200))
    assert (one, many) == ("1 article", "1,200 articles")
    assert [translated(m, "zh-Hans") for m in (one, many)] == ["1 篇文章", "1,200 篇文章"]


def test_what_no_catalog_has_stays_as_it_is():
    for text in ("no such sentence", message("no {such} sentence", such="other"), ""):
        assert translated(text, "zh-Hans") == text


@given(st.text(), st.text())
def test_values_are_put_in_as_they_are_whatever_they_hold(source, cause):
    found = message("cannot read '{source}': {cause}", source=source, cause=cause)
    assert found == f"cannot read '{source}': {cause}"
    assert translated(found, "zh-Hans") == f"读不了“{source}”：{cause}"


@given(st.text())
def test_a_text_without_values_means_itself(text):
    assert message(text) == text
    assert translated(message(text), "en") == text


def test_a_message_survives_the_way_to_another_process():
    found = plural("{count:,} article", "{count:,} articles", count=2)
    again = pickle.loads(pickle.dumps(found))
    assert again == found
    assert translated(again, "zh-Hans") == "2 篇文章"
    assert isinstance(again, Message)


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        ("zh", "zh-Hans"),
        ("zh_CN.UTF-8", "zh-Hans"),
        ("zh-SG", "zh-Hans"),
        ("zh_TW.Big5", "zh-Hant"),
        ("zh_HK", "zh-Hant"),
        ("zh-Hant", "zh-Hant"),
        ("zh-Hans-HK", "zh-Hans"),
        ("en_GB.UTF-8", "en"),
        ("C", "en"),
        ("POSIX", "en"),
        ("", "en"),
        ("de_DE@euro", "en"),
    ],
)
def test_a_locale_asks_for_a_language(tag, language):
    assert language_of(tag) == language


def test_all_that_is_said_is_found():
    found = {text for text, _ in told()}
    assert len(found) > 600
    assert "cannot open index '{index}': no index there" in found
    assert "{count:,} added" in found
    assert "Print JSON Lines." in found
    assert "no space left on device" in found


@catalogs
def test_a_catalog_holds_what_is_said_and_no_more(path: Path):
    held = {(entry.msgid, entry.msgid_plural) for entry in polib.pofile(str(path))}
    assert held == told()


@catalogs
def test_nothing_is_left_out_or_loses_a_value(path: Path):
    for entry in polib.pofile(str(path)):
        said = [one for one in (entry.msgstr, *entry.msgstr_plural.values()) if one]
        assert said, entry.msgid
        if (entry.msgid, entry.msgid_plural) in OF_CLICK:  # quotation marks are the catalog's own
            continue
        wanted = set(VALUES.findall(entry.msgid_plural or entry.msgid))
        for one in said:
            assert set(VALUES.findall(one)) == wanted, entry.msgid


@catalogs
def test_the_compiled_catalog_is_that_of_the_written_one(path: Path):
    assert polib.pofile(str(path)).to_binary() == path.with_suffix(".mo").read_bytes(), (
        "run 'make catalogs'"
    )


@catalogs
def test_what_click_says_is_what_it_says_here_and_its_values_are_known(path: Path):
    sources = "".join(p.read_text("utf-8") for p in Path(click.__file__).parent.glob("*.py"))
    name = re.compile(r"\{(\w+)")
    for entry in polib.pofile(str(path)):
        if (entry.msgid, entry.msgid_plural) in OF_CLICK:
            assert f'"{entry.msgid}"' in sources
            for one in (entry.msgstr, *entry.msgstr_plural.values()):
                assert set(name.findall(one)) <= set(
                    name.findall(entry.msgid_plural or entry.msgid)
                )


def test_there_is_one_for_each_language_but_english():
    assert {path.parts[-3].replace("_", "-") for path in CATALOGS} == set(LANGUAGES) - {"en"}


def test_no_simplified_character_is_left_in_traditional():
    path = next(path for path in CATALOGS if "Hant" in str(path))
    for entry in polib.pofile(str(path)):
        # Examples of what differs by region are in both scripts.
        said = re.sub(r"软件、軟體|（[^）]*）", "", entry.msgstr)
        assert only_simplified().isdisjoint(said), entry.msgid
