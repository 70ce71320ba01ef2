"""How a query is analysed: what each part is looked for by, and how many articles have it."""

import pytest
from archive_cases import write_records
from hypothesis import given
from hypothesis import strategies as st

from search import Archive
from search.archive import IndexDamagedError
from search.archive.query_analysis import MOST_COUNTED
from search.errors import QueryError
from search.query import parse, printed

ANIMALS = "软体动物没有骨骼，多数有壳，章鱼和乌贼的壳则在身体里面，kubernetes 与它们没有关系。"
ROWS = [
    {"id": "a", "title": "长三角的产业", "body": "软件与 5G+工业互联网，長三角。", "date": "2024"},
    {"id": "b", "title": "二", "body": ANIMALS},
    {"id": "c", "title": "二", "body": ANIMALS},  # a copy
    {"id": "d", "title": "四", "body": "皇后，後天。算力。", "author": "余光中"},
]


@pytest.fixture(scope="module")
def shelf(tmp_path_factory):
    folder = tmp_path_factory.mktemp("analyses")
    write_records(folder / "news/all.jsonl", *ROWS)
    return Archive.build([folder / "news"], folder / "index")


@pytest.fixture
def no_shelf(tmp_path):
    return Archive(tmp_path / "none")


def grams_of(part):
    return [
        [[(step.gram, step.offset) for step in steps] for steps in one.grams.parts]
        for one in part.looked_for
    ]


def test_a_part_is_told_as_typed_folded_cut_and_counted(shelf):
    found = shelf.analyze("長三角 產業")
    assert (found.read_as, found.documents, found.problem) == ("长三角 产业", 4, "")
    assert (found.total, found.relaxed_reason, found.notes) == (1, None, ())
    assert [(one.typed, one.folded, one.kind, one.articles) for one in found.parts] == [
        ("長三角", "长三角", "text", 1),
        ("產業", "产业", "text", 1),
    ]
    assert [(w.text, w.kind, w.articles) for one in found.parts for w in one.words] == [
        ("长三角", "dictionary", 1),
        ("产业", "dictionary", 1),
    ]
    assert [grams_of(one) for one in found.parts] == [
        [[[("长三", 0), ("三角", 1)]]],
        [[[("产业", 0)]]],
    ]


def test_what_punctuation_stands_in_is_said_to_be_read(shelf):
    (part,) = shelf.analyze('"5G+工业互联网"').parts
    (one,) = part.looked_for
    assert (part.kind, part.articles, one.text, one.decided) == ("exact", 1, "5g+工业互联网", False)
    assert one.rules == ["its letters and digits are whole, not part of a longer word or number"]
    assert [(word.text, word.articles) for word in part.words] == [
        ("5g", 1),
        ("工业", 1),
        ("互联网", 1),
    ]


def test_rules_of_spaces_are_told_where_they_count(shelf):
    (part,) = shelf.analyze('"使用Docker 部署 中 国"').parts
    assert part.looked_for[0].rules == [
        "spaces between Chinese and Latin count for nothing",
        "a space stands for any spaces of one line",
    ]


def test_the_authors_characters_are_looked_for_in_the_texts(shelf):
    (part,) = shelf.analyze("原文:后天").parts
    assert (part.kind, part.articles) == ("original", 0)
    assert [(word.text, word.articles) for word in part.words] == [("后天", 1)]
    assert not part.looked_for[0].decided


def test_what_may_stand_for_a_word_is_told_with_its_kind_and_count(shelf):
    (part,) = shelf.analyze("軟體").parts
    assert (part.articles, part.words[0].articles) == (2, 1)
    assert [(o.of, o.text, o.kind, o.articles) for o in part.others] == [
        ("软体", "软件", "regional", 1)
    ]
    (part,) = shelf.analyze("csj").parts
    assert [(o.text, o.kind, o.articles) for o in part.others] == [("长三角", "pinyin", 1)]
    assert shelf.analyze("軟體", expand=False).parts[0].others == []
    assert shelf.analyze("二〇二四年", expand="number").parts[0].others[0].text == "2024年"


def test_another_spelling_is_told_and_is_no_expansion(shelf):
    (part,) = shelf.analyze("凭藉", expand=False).parts
    assert [(o.of, o.text, o.kind) for o in part.others] == [("凭借", "凭藉", "spelling")]


def test_pinyin_of_several_words_is_told_of_them_together(shelf):
    found = shelf.analyze("chang san jiao")
    assert [(o.of, o.text) for o in found.together] == [("chang san jiao", "长三角")]
    assert [one.others for one in found.parts] == [[], [], []]
    assert found.total == 1


def test_nothing_excluded_or_quoted_is_expanded(shelf):
    found = shelf.analyze('算力 -軟體 "軟體"')
    assert [(one.excluded, one.others) for one in found.parts] == [
        (False, []),
        (True, []),
        (False, []),
    ]
    assert [one.articles for one in found.parts] == [1, 1, 1]  # how many are left out, of -軟體


def test_a_field_counts_in_the_part_and_its_words(shelf):
    title, body = shelf.analyze("title:长三角 body:产业").parts
    assert (title.field, title.articles, title.words[0].articles) == ("title", 1, 1)
    assert (body.field, body.articles, body.words[0].articles) == ("body", 0, 0)


def test_filters_are_counted(shelf):
    date, author = shelf.analyze("date:2024 author:余光中").parts
    assert [(one.kind, one.articles) for one in (date, author)] == [("date", 1), ("column", 1)]
    assert date.words == author.words == []


def test_a_prefix_and_a_fuzzy_word_name_the_words_of_the_index(shelf):
    found = shelf.analyze("kub* kubernets~")
    assert [(one.kind, [w.text for w in one.words], one.edits) for one in found.parts] == [
        ("prefix", ["kubernetes"], None),
        ("fuzzy", ["kubernetes"], 1),
    ]
    assert [one.articles for one in found.parts] == [1, 1]  # of two copies


def test_near_names_its_parts_and_how_far(shelf):
    (part,) = shelf.analyze('"皇后 算力"~5').parts
    assert (part.kind, part.distance) == ("near", 5)
    assert [one.text for one in part.looked_for] == ["皇后", "算力"]


def test_where_no_article_has_all_words_the_one_in_the_way_is_told(shelf):
    found = shelf.analyze("长三角 图书馆")
    assert (found.relaxed_reason.word, found.relaxed_reason.without_it) == ("图书馆", 1)
    assert found.total == 1


def test_words_that_only_ask_are_told(shelf):
    assert shelf.analyze("长三角是什么").asking == ["什么"]


def test_any_of_the_words_is_told(shelf):
    found = shelf.analyze("长三角产业 算力", any_word=True)
    assert [one.any_word for one in found.parts] == [True, False]
    assert (found.read_as, found.total) == ("长三角 OR 产业 OR 算力", 2)


def test_what_was_too_much_is_told_as_left_out(shelf):
    found = shelf.analyze(" ".join(f'"{at}，中"' for at in range(10)))
    assert [one.left_out for one in found.parts] == [False] * 8 + [True] * 2
    assert [one.articles for one in found.parts] == [0] * 8 + [None] * 2
    assert len(found.notes) == 1


def test_no_more_is_counted_than_can_be_waited_for(shelf):
    characters = [chr(0x4E00 + at) for at in range(250)]
    found = shelf.analyze(" ".join(characters))
    counts = {word.text: word.articles for one in found.parts for word in one.words}
    assert sum(count is not None for count in counts.values()) == MOST_COUNTED < len(counts)


def test_nothing_to_search_for_is_told_not_raised(shelf):
    found = shelf.analyze(" 。 ")
    assert (found.read_as, found.total) == ("", None)
    assert [(one.typed, one.kind) for one in found.parts] == [("。", "nothing")]
    assert shelf.analyze("").parts == []


def test_a_query_that_no_search_takes_is_refused(shelf, no_shelf):
    for archive in (shelf, no_shelf):
        with pytest.raises(QueryError):
            archive.analyze("长" * 1001)
        with pytest.raises(QueryError):
            archive.analyze("长", expand="sound")


def test_without_an_index_all_else_is_told(no_shelf):
    found = no_shelf.analyze('軟體 csj "港口"')
    assert found.problem == f"cannot open index '{no_shelf.index}': no index there"
    assert (found.total, found.documents) == (None, None)
    assert [one.articles for one in found.parts] == [None] * 3
    assert [(o.text, o.kind, o.articles) for one in found.parts for o in one.others] == [
        ("软件", "regional", None)
    ]
    assert grams_of(found.parts[2]) == [[[("港口", 0)]]]


def test_synonyms_need_no_index(tmp_path):
    (tmp_path / "synonyms.txt").write_text("酒店, 宾馆\n", "utf-8")
    found = Archive(tmp_path / "none", tmp_path / "synonyms.txt").analyze("酒店")
    assert [(o.text, o.kind) for o in found.parts[0].others] == [("宾馆", "synonym")]


def test_a_damaged_index_is_an_error_as_everywhere(tmp_path):
    index = tmp_path / "index"
    index.mkdir()
    (index / "CURRENT").write_text("g1\n", "utf-8")
    for analyze in (Archive(index).analyze, Archive(index).analyze_text):
        with pytest.raises(IndexDamagedError, match="cannot open index"):
            analyze("长三角")


def test_a_query_and_a_text_are_cut_by_the_dictionary_of_the_index(tmp_path):
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/a.txt").write_text("容器编排与容器", "utf-8")
    (tmp_path / "dictionary.txt").write_text("容器编排\n", "utf-8")
    archive = Archive.build(
        [tmp_path / "docs"], tmp_path / "index", dictionary=tmp_path / "dictionary.txt"
    )
    (part,) = archive.analyze("容器编排").parts
    assert [(word.text, word.kind, word.articles) for word in part.words] == [
        ("容器编排", "user", 1)
    ]
    (token, kind), *_ = archive.analyze_text("容器编排").words
    assert (token.term, kind) == ("容器编排", "user")


signs = st.sampled_from(
    ["(", ")", '"', "-", " ", " OR ", "title:", "日期：", "*", "~", "|", "长三角"]
)


@given(st.lists(signs | st.sampled_from("产5a軟") | st.text(max_size=3)).map("".join))
def test_any_query_can_be_analysed(shelf, query):
    found = shelf.analyze(query)
    tree = parse(query).tree
    assert found.read_as == (printed(tree) if tree else "")
    assert (found.total is None) == (tree is None)
    assert all(one.articles is not None for one in found.parts if one.kind != "nothing")
