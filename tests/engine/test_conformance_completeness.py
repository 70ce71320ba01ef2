"""Every engine: any quoted string is found in all articles that hold it, and in no others."""

import pytest
from completeness_cases import JOINED, asked_for, bodies, cuts_no_token, quoted, spellings, texts
from engine_cases import Home, article, examples, tree
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from plain_rule import plain_spans

from search.analysis import Literal
from search.engine import FIELDS, Relaxation, SearchRequest
from search.query import parse
from search.results.highlight import Highlighter
from search.results.snippet import mark, snippets
from search.text import fold

MANY = settings(max_examples=examples(2 * settings.default.max_examples))


def holders(home_texts, folded_query, fields=FIELDS):
    """Return the ids of the articles that hold a string by the plain rule."""
    return sorted(
        article_id
        for article_id, parts in home_texts.items()
        if any(plain_spans(folded_query, fold(parts[field]).text) for field in fields)
    )


def check_marks(home: Home, query: str, folded_query: str) -> None:
    """Assert that each article found shows a mark, and that whatever is marked is a match."""
    reader = home.engine.reader()
    highlighter = Highlighter(tree(query))
    for article_id in home.found(query):
        number = reader.find(article_id)
        assert number is not None
        shown = []
        for field in FIELDS:
            stored = reader.text(number, field)
            matches = highlighter.matches_in(stored.raw, stored.folded, field)
            right = plain_spans(folded_query, stored.folded.text)
            assert set(matches.spans()) <= set(right)
            assert bool(matches) == bool(right)
            passages = (
                [mark(stored.raw, stored.folded, matches)]
                if field == "title"
                else snippets(stored.raw, stored.folded, matches)
            )
            allowed = {stored.folded.offsets.raw_span(*span) for span in right}
            for passage in passages:
                assert list(passage.spans) == sorted(passage.spans)
                assert stored.raw[passage.start :].startswith(passage.text)
                for start, end in passage.spans:
                    assert 0 <= start < end <= len(passage.text)
                    start, end = start + passage.start, end + passage.start
                    assert any(a <= start < b for a, b in allowed)
                    assert any(a < end <= b for a, b in allowed)
                shown += passage.spans
        assert shown, (query, article_id)


@st.composite
def archives_and_queries(draw):
    """A few articles, and strings of them as typed in a quotation, with what each asks for."""
    parts = draw(
        st.lists(st.fixed_dictionaries({"title": texts, "body": bodies}), min_size=1, max_size=4)
    )
    asked = []
    for _ in range(draw(st.integers(1, 6))):
        text = draw(st.sampled_from([part[field] for part in parts for field in FIELDS]))
        if draw(st.booleans()):
            text = fold(text).text
        start = draw(st.integers(0, len(text)))
        string = text[start : start + draw(st.sampled_from([1, 1, 2, 2, 3, 4, 6, 9, 30, 400]))]
        asked.append(draw(st.sampled_from([string, *spellings(string)])))
    return {str(n): part for n, part in enumerate(parts)}, asked


@MANY
@given(archives_and_queries())
def test_a_quoted_string_is_found_in_exactly_the_articles_that_hold_it(new_home, case):
    parts, asked = case
    home = new_home()
    home.commit(*(article(i, p["body"], title=p["title"]) for i, p in parts.items()))
    for string in asked:
        query = quoted(string)
        wanted = asked_for(string)
        parsed = parse(query)
        if not Literal.of(wanted).text:
            assert parsed.tree is None
            continue
        assert parsed.tree is not None, query
        assert sorted(home.found(query)) == holders(parts, wanted), (query, wanted)
        for field in FIELDS:
            found = sorted(home.found(f"{field}:{query}"))
            assert found == holders(parts, wanted, [field]), (query, field)
        check_marks(home, query, wanted)


@MANY
@given(bodies, st.data())
def test_what_is_copied_from_an_article_finds_it(new_home, body, data):
    folded = fold(body)
    assume(folded.text.strip())
    start = data.draw(st.integers(0, len(folded.text) - 1))
    end = data.draw(st.integers(start + 1, len(folded.text)))
    # What is selected on a page are characters of the original: blocks of the map are whole.
    raw_start, raw_end = folded.offsets.raw_span(start, end)
    for edit in folded.offsets.edits:
        start = edit.start if edit.start < start < edit.end else start
        end = edit.end if edit.start < end < edit.end else end
    assume("\n" not in folded.text[start:end].strip() and folded.text[start:end].strip())
    assume(cuts_no_token(folded, start, end))
    copied = body[raw_start:raw_end]
    home = new_home()
    home.commit(article("it", body), article("other", "正文"))
    assert "it" in home.found(quoted(copied)), copied


NAMED = {
    "industry": "建设5G+工业互联网示范区，落实“三统一”的要求。",
    "father": "他是Ｃ＋＋　之父，不是C 之父。",
    "glossed": "產(chǎn)業(yè)互聯(lián)網(wǎng)，〇和𠮷野家𰻝面。",
    "joined": JOINED,
    "compatible": "豈有此理，丽江，⼀個",  # compatibility ideographs and a radical
    "emoji": "😀长三角😀👩\u200d💻程序员❤\ufe0f",
    "kana": "東京タワー長三角ｶﾞﾊﾟ한국어長三角",
    "parted": "招商\n活动。\n\n招商",
    "signs": "——。。……？！★→①",
    "quotes": r'他说"好\"，5"屏的C:\"路径\"。',
}


@pytest.fixture
def named(home):
    home.commit(*(article(name, text) for name, text in NAMED.items()))
    home.commit(article("titled", "", title="★產(chǎn)業(yè)的标题😀"))
    return home


@pytest.mark.parametrize(
    ("query", "found"),
    [
        # Han, Latin, digits and punctuation together, in any width, case and script
        ('"5G+工业互联网"', ["industry"]),
        ("“５ｇ＋工業互聯網”", ["industry"]),
        ("「“三统一”」", ["industry"]),
        ("『「三統一」』", []),  # other marks are other characters
        ('"C++ 之父"', ["father"]),
        ('"c++　之父"', ["father"]),
        ('"C++"', ["father"]),
        ('"C 之父"', ["father"]),
        ('"+ 之父"', ["father"]),
        ('"，落实“三"', ["industry"]),
        # single characters, strings across words and grams
        ('"业"', ["glossed", "industry", "titled"]),
        ('"业互"', ["glossed", "industry"]),
        ('"业互联网示范区，落"', ["industry"]),
        # one rule: no end cuts a token
        ('"G+工业"', ["industry"]),
        ('"之父，不是C"', ["father"]),
        ('"＋工"', ["industry"]),
        ('"hǎn"', []),
        # through glosses and joined lines, which the query may hold or not
        ('"产业互联网"', ["glossed"]),
        ('"產(chǎn)業(yè)互"', ["glossed"]),
        ('"业(yè)互"', ["glossed", "industry"]),
        ('"中间断开的句子"', ["joined"]),
        ('"中间断\n\n开的句子"', ["joined"]),
        # rare characters
        ('"〇和𠮷"', ["glossed"]),
        ('"𠮷"', ["glossed"]),
        ('"𰻝面"', ["glossed"]),
        ('"岂"', ["compatible"]),
        ('"豈有"', ["compatible"]),
        ('"丽江"', ["compatible"]),
        ('"一个"', ["compatible", "joined"]),
        # next to emoji, kana and Hangul
        ('"长三角"', ["emoji", "kana"]),
        ('"😀长三角😀"', ["emoji"]),
        ('"角😀👩💻程"', ["emoji"]),
        ('"ー长三角ガパ한"', ["kana"]),
        ('"ワ"', ["kana"]),
        ('"어长"', ["kana"]),
        # the first and the last characters of a text, and a title alone
        ('"建"', ["industry"]),
        ('"。"', ["father", "glossed", "industry", "joined", "parted", "quotes", "signs"]),
        ('"要求。"', ["industry"]),
        ('"★产业的标题😀"', ["titled"]),
        ('title:"😀"', ["titled"]),
        ('body:"😀"', ["emoji"]),
        ('title:"题😀"', ["titled"]),
        # not across the end of a paragraph, nor from one text into the next
        ('"招商活动"', []),
        ('"招商 活动"', []),
        ('"。招商"', []),
        ('"★★"', []),
        # signs alone
        ('"😀"', ["emoji", "titled"]),
        ('"——"', ["signs"]),
        ('"。。"', ["signs"]),
        ('"？！"', ["signs"]),
        ('"?！"', ["signs"]),
        ('"★→"', ["signs"]),
        ('"..."', ["signs"]),
        ('"…"', ["signs"]),
        ('"❤"', ["emoji"]),
        ('"👩\u200d💻"', ["emoji"]),
        ('"👩💻"', ["emoji"]),
        ('-"。" -"😀"', ["compatible", "kana"]),
        ('"😀" OR "★"', ["emoji", "signs", "titled"]),
        ('"😀" "长三角"', ["emoji"]),
        ('"😀" -长三角', ["titled"]),
        ('title:("😀" -"☆")', ["titled"]),
        ('exact:"？"', ["signs"]),
        ('exact:"?"', []),
        # quotation marks and backslashes are characters as well
        (r'"说\"好"', ["quotes"]),
        (r'"5\"屏"', ["quotes"]),
        (r'"C:\\"路"', ["quotes"]),
        (r'"\""', ["quotes"]),
        (r'"＼"', ["quotes"]),
        (r'"径\\"。"', ["quotes"]),
        (r'"\“三统一\”"', ["industry"]),
    ],
)
def test_whatever_stands_in_a_text_is_found_there(named, query, found):
    assert sorted(named.found(query)) == found
    assert named.engine.reader().search(SearchRequest(tree(query), limit=1)).total == len(found)


def test_strings_as_long_as_a_query_may_be_are_found(home):
    text = "".join(chr(0x4E00 + 7 * n) for n in range(2_000)) + "，。" * 600
    home.commit(article("it", text), article("other", text[1:600] + text[:300]))
    for start in (0, 1, 777, 1_500, 2_000, len(text) - 997):
        assert "it" in home.found(f'"{text[start : start + 998]}"')
    assert home.found(f'"{text[:998]}"') == ["it"]
    assert home.found(f'"{text[:997]}丂"') == []


def test_signs_add_nothing_to_scores(home):
    home.commit(
        article("b", "长三角★★★"), article("a", "★"), article("c", "正文★", title="★"), article("d")
    )
    assert home.scored('"★"') == [("a", 0.0), ("b", 0.0), ("c", 0.0)]
    assert home.scored('"★" 长三角') == home.scored("长三角")
    reader = home.engine.reader()
    ranking = reader.search(SearchRequest(tree('"★"'), explain=True, limit=1, offset=1))
    assert [document.id for document in ranking.documents] == ["b"]
    assert ranking.documents[0].contributions == []
    assert ranking.total == 3


def test_a_word_is_found_without_the_sign_that_no_article_has_beside_it(home):
    home.commit(article("a", "长三角"), article("b", "示范区"))
    ranking = home.engine.reader().search(SearchRequest(tree('长三角 "★"'), relax=True))
    assert [document.id for document in ranking.documents] == ["a"]
    assert ranking.relaxation == Relaxation("★", 1)
    assert home.found('"★"', relax=True) == []


def test_signs_are_told_from_those_of_deleted_articles_and_earlier_commits(home):
    home.commit(article("a", "★"), article("b", "正文"))
    assert home.found('"★"') == ["a"]
    home.commit(article("c", "正★文"), article("d", "", title="★"))
    assert home.found('"★"') == ["a", "c", "d"]
    home.commit(article("b", "★"), deleted=["a", "b", "d"])
    assert home.found('"★"') == ["b", "c"]
    assert home.found('-"★"') == []
