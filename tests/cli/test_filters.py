"""`--where NAME=VALUE`: articles told apart by what they say of themselves."""

import json

import pytest

from search import Archive

ROWS = [
    {"id": "a", "body": "长三角产业。", "author": "余光中", "section": "要闻"},
    {"id": "b", "body": "长三角产业链。", "author": "臺灣作者", "section": "副刊"},
    {"id": "c", "body": "长三角。", "section": "要闻"},
]


@pytest.fixture
def archive(empty):
    lines = [json.dumps(row, ensure_ascii=False) for row in ROWS]
    (empty / "all.jsonl").write_text("\n".join(lines), "utf-8")
    return Archive.build(["all.jsonl"], "index")


@pytest.mark.usefixtures("archive")
@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (["author=余光中"], ["a"]),
        (["author=台湾作者"], ["b"]),  # in the other script
        (["section=要闻"], ["a", "c"]),
        (["section=要闻", "author=余光中"], ["a"]),
        (["section=体育"], []),
    ],
)
def test_only_articles_that_say_so_are_found(command, filters, found):
    options = [part for one in filters for part in ("--where", one)]
    ran = command("长三角", *options)
    assert sorted(line.split("\t")[1] for line in ran.out.splitlines()) == found
    assert (ran.code, ran.err) == (0 if found else 1, "")


@pytest.mark.usefixtures("archive")
def test_a_name_that_no_article_has_is_an_error_with_those_there_are(command):
    ran = command("长三角", "--where", "editor=x")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == (
        "search: cannot filter by 'editor': no article has it\n"
        "hint: use one of: author, folder, format, script, section, source\n"
    )


@pytest.mark.usefixtures("archive")
def test_what_is_no_filter_is_said_so(command):
    ran = command("长三角", "--where", "author")
    assert ran.code == 2
    assert "'author' is not NAME=VALUE, such as author=余光中" in ran.err
