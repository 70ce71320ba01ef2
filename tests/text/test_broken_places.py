import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.text import Damage, damage_in
from search.text.gloss import find_damage

LOST = "a character that was lost before"
AS_GBK = "UTF-8 that was read as GBK"
AS_LATIN = "UTF-8 that was read as Latin-1"
CONTROL = "a control character"
PRIVATE = "a private-use character, which has a meaning in its own font only"

BROKEN = "\ufffd\x00\x1b\x85\ue000ã¤½锟斤拷鐨銆(yè)?产业\n "


def told(text: str) -> list[tuple[str, str]]:
    return [(text[place.start : place.end], place.reason) for place in damage_in(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("招商\ufffd\ufffd引凤\ufffd", [("\ufffd\ufffd", LOST), ("\ufffd", LOST)]),
        ("招\x00商\x1b[1m引\x9f凤", [("\x00", CONTROL), ("\x1b", CONTROL), ("\x9f", CONTROL)]),
        ("第一页\x0c第二页\t\v\r\n\x85第三页", []),
        ("招\ue5e5商\uf8ff\ue000", [("\ue5e5", PRIVATE), ("\uf8ff\ue000", PRIVATE)]),
        ("锟斤拷锟斤拷烤鸭", [("锟斤拷锟斤拷", AS_GBK)]),
        ("café und Käse, 45 ã", []),
        ("大气中铜的锈色是碱式碳酸铜，鐨是錏的别名", []),
        ("當\ufffdshù)仄", [("\ufffdshù)", "a gloss whose opening bracket is lost")]),
        ("", []),
    ],
)
def test_damage_is_told_with_its_kind(text, found):
    assert told(text) == found


@pytest.mark.parametrize("text", ["这是我们的城市", "記者從會上獲悉", "的确，他说。"])
@pytest.mark.parametrize("before", ["", "产业。", "A "])
def test_utf_8_that_was_read_in_another_encoding_is_found(text, before):
    for encoding, reason in (("gb18030", AS_GBK), ("latin-1", AS_LATIN), ("cp1252", AS_LATIN)):
        broken = text.encode().decode(encoding, "ignore")
        if reason is AS_GBK and not re.search("[锛銆鐨鏄鍦]", broken):
            continue
        places = [place for place in damage_in(before + broken) if place.reason == reason]
        assert places, (encoding, broken)
        assert places[0].start == len(before)


@given(st.text(BROKEN, max_size=40) | st.text())
def test_places_are_in_order_apart_and_within_the_text(text):
    found = damage_in(text)
    ends = [0]
    for place in found:
        assert ends[-1] <= place.start < place.end <= len(text)
        ends.append(place.end)
    covered = {at for place in found for at in range(place.start, place.end)}
    assert {at for at, c in enumerate(text) if c in "\ufffd\x00\x1b\ue000"} <= covered
    for gloss in find_damage(text):
        assert covered >= set(range(gloss.start, gloss.end))


def test_ordinary_texts_of_both_scripts_have_none():
    assert damage_in("他说：“上海（Shanghai）在２０２４年…”——·①㈠℃±×÷≠々〇ㄅあアé") == []
    assert damage_in("銀行、鐵路與錢幣，鍋鏟、鎖鏈；浜松、涓涓細流。") == []


def test_a_place_is_a_span_of_the_text():
    assert damage_in("\x07招商") == [Damage(0, 1, CONTROL)]


@pytest.mark.parametrize(
    "text",
    [
        "如图：\n```\n$ cat a.png\n\ufffdPNG\ufffd\n```\n正文。",
        "> ~~~\n> 1: \uf120 Terminal\n> ~~~\n",
        "有一些字符可以使用，例如 `\ufffd`。",
    ],
)
def test_what_code_shows_is_not_broken(text):
    assert told(text) == []


def test_what_only_follows_code_or_is_steered_by_it_is_broken():
    assert told("```\na\n```\n招\ufffd商") == [("\ufffd", LOST)]
    assert told("```\n招\ufffd商") == [("\ufffd", LOST)]
    assert told("`a` 招\ufffd商 `b`") == [("\ufffd", LOST)]
    assert told("`\x08`") == [("\x08", CONTROL)]
