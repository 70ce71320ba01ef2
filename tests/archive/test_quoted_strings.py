"""What is quoted is found and marked in files as they come: encodings, line ends, titles."""

import pytest
from archive_cases import ids, write, write_records

from search import Archive
from search.errors import QueryError

BODY = "他是C++ 之父。★產(chǎn)業(yè)，〇𠮷😀"


@pytest.fixture
def files(tmp_path):
    write(tmp_path / "in/bom.txt", f"\ufeff甲的题目\n{BODY}\n".encode())
    write(tmp_path / "in/crlf.txt", f"乙的题目\r\n\r\n{BODY}\r\n")
    write(tmp_path / "in/gb.txt", f"丙的题目\n{BODY}\n".encode("gb18030"))
    write_records(
        tmp_path / "in/all.jsonl",
        {"id": "titled", "title": "★…【😀】", "body": "正文"},
        {"id": "untitled", "title": "标题", "body": "正文\n★…【😀】"},
    )
    return Archive.build([tmp_path / "in"], tmp_path / "index")


@pytest.mark.parametrize(
    "query", ['"C++ 之父。★产"', '"★产业，〇𠮷😀"', '"業，"', '"。★"', '"𠮷😀"']
)
def test_a_string_is_found_and_marked_in_every_file(files, query):
    hits = files.search(query).hits
    assert sorted(hit.id for hit in hits) == ["in/bom.txt", "in/crlf.txt", "in/gb.txt"]
    for hit in hits:
        assert sum(len(snippet.spans) for snippet in hit.snippets) == 1


def test_signs_are_found_and_marked_in_titles_and_bodies(files):
    results = files.search('"★"')
    assert (results.total, results.relaxed) == (5, False)
    for hit in results.hits:
        (snippet,) = hit.snippets
        marked = [hit.title[start:end] for start, end in hit.title_spans]
        marked += [snippet.text[start:end] for start, end in snippet.spans]
        assert marked == ["★"]
    assert ids(files, '"..."') == ids(files, "“【😀】”") == ["titled", "untitled"]
    assert ids(files, 'title:"★"') == ["titled"]
    assert ids(files, '"☆"') == []


@pytest.mark.parametrize("query", ["★", "…… ★", '"\u3000"', "“ \u200b”"])
def test_signs_without_quotation_marks_and_blanks_within_are_nothing(files, query):
    with pytest.raises(QueryError, match="nothing to search for") as raised:
        files.search(query)
    assert "quotation marks find signs" in str(raised.value.hint)


def test_the_words_of_a_query_are_counted_beside_its_signs(files):
    results = files.search('"★" "☆" 产业', explain=True)
    assert results.word_counts == {"★": 5, "☆": 0, "产业": 3}
