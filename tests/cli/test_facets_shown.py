"""`--facet` and `--recency`: what all that is found is counted by, and newer articles first."""

import json

import pytest

from search import Archive

ROWS = [
    {"id": "a", "body": "长三角。产业。", "author": "余光中", "date": "2024"},
    {"id": "b", "body": "长三角，长三角。", "author": "余光中", "date": "1999"},
    {"id": "c", "body": "长三角", "section": "要\t闻"},
]


@pytest.fixture
def archive(empty):
    lines = [json.dumps(row, ensure_ascii=False) for row in ROWS]
    (empty / "all.jsonl").write_text("\n".join(lines), "utf-8")
    return Archive.build(["all.jsonl"], "index")


@pytest.mark.usefixtures("archive")
class TestFacets:
    def test_json_has_an_object_a_facet_after_the_hits(self, command):
        ran = command("--json", "长三角", "--limit", "1", "--facet", "year", "--facet", "author")
        kinds = [json.loads(line) for line in ran.out.splitlines()]
        assert [one["type"] for one in kinds] == ["summary", "hit", "facet", "facet"]
        assert kinds[2:] == [
            {
                "type": "facet",
                "version": 1,
                "name": "year",
                "values": [{"value": "1999", "count": 1}, {"value": "2024", "count": 1}],
            },
            {
                "type": "facet",
                "version": 1,
                "name": "author",
                "values": [{"value": "余光中", "count": 2}],
            },
        ]

    def test_lines_have_them_behind_the_count_alone(self, command):
        options = ("长三角", "--facet", "author", "--facet", "section")
        assert command("-c", *options).out == "3\nauthor\t余光中\t2\nsection\t要 闻\t1\n"
        assert command("-c", "-0", *options).out == "3\0author\t余光中\t2\0section\t要 闻\t1\0"
        assert len(command(*options).out.splitlines()) == 3

    def test_a_facet_that_no_article_has_is_an_error_with_those_there_are(self, command):
        ran = command("长三角", "--facet", "editor")
        assert (ran.code, ran.out) == (2, "")
        assert ran.err == (
            "search: cannot count by 'editor': no article has it\n"
            "hint: use some of: author, folder, format, month, script, section, source, year\n"
        )


@pytest.mark.usefixtures("archive")
def test_newer_articles_come_first_where_it_is_asked_for(command):
    def order(*options):
        return [line.split("\t")[1] for line in command("长三角", *options).out.splitlines()]

    assert order() == ["b", "c", "a"]
    assert order("--recency", "1") == ["a", "b", "c"]
    assert command("长三角", "--recency", "1.5").code == 2


@pytest.mark.usefixtures("archive")
def test_the_summary_explains_the_query(command):
    summary = json.loads(command("--json", "--explain", "長三角").out.splitlines()[0])
    assert summary["explanation"] == {
        "steps": [
            {
                "typed": "長三角",
                "folded": "长三角",
                "words": ["长三角"],
                "kind": "text",
                "field": "",
                "excluded": False,
            }
        ]
    }
    assert summary["word_counts"] == {"长三角": 3}
    assert "explanation" not in json.loads(command("--json", "長三角").out.splitlines()[0])
