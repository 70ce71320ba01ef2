"""`search show`: an article, its hits marked."""

import json

import pytest
from cli_cases import CHAIN, STATION, run

from search.cli import main


@pytest.mark.parametrize("name", [CHAIN, STATION])
def test_a_piped_article_is_the_bytes_of_its_file(here, capsysbinary, name):
    for query in ([], ["长三角"], ["-上海"]):
        assert main(["show", f"seeds/{name}", *query]) == 0
        assert capsysbinary.readouterr().out == (here / "seeds" / name).read_bytes()


@pytest.mark.usefixtures("here")
def test_no_such_article_ends_with_one(command):
    assert command("show", "seeds/none.txt") == (
        1,
        "",
        "search: no article 'seeds/none.txt' in the index\n"
        "hint: run 'search QUERY' and use an id that it prints\n",
    )


@pytest.mark.usefixtures("here")
def test_an_id_that_is_no_text_is_that_of_no_article():
    ran = run("show", b"\xff")
    assert (ran.returncode, ran.stdout) == (1, b"")
    assert ran.stderr.startswith(b"search: no article '\\udcff' in the index\n")


def test_an_article_as_json(command, here):
    shown = json.loads(command("show", "--json", f"seeds/{STATION}", "延伸带动").out)
    raw = (here / "seeds" / STATION).read_bytes().decode("utf-8-sig")
    assert shown["body"] == raw
    assert "延\n\n伸带动" in [raw[s:e] for s, e in shown["spans"]]
    assert [raw[s:e] for s, e in shown["breaks"]] == ["\n\n"] * 3
    assert shown["glosses"] == []
    assert {name: shown[name] for name in ("type", "version", "id", "source", "path")} == {
        "type": "article",
        "version": 1,
        "id": f"seeds/{STATION}",
        "source": f"seeds/{STATION}",
        "path": str(here / "seeds" / STATION),
    }


def test_glosses_of_an_article_are_told(command, here):
    shown = json.loads(command("show", "--json", f"seeds/{CHAIN}", "产业").out)
    raw = (here / "seeds" / CHAIN).read_bytes().decode("utf-8-sig")
    assert len(shown["glosses"]) == 260
    assert "產(chǎn)業(yè)" in {raw[s:e] for s, e in shown["spans"]}


@pytest.mark.usefixtures("here")
def test_a_query_of_punctuation_marks_nothing(command):
    assert json.loads(command("show", "--json", f"seeds/{STATION}", "。").out)["spans"] == []


@pytest.mark.usefixtures("here")
def test_a_query_that_is_too_long_is_refused(command):
    assert command("show", f"seeds/{STATION}", "长" * 1001).code == 2


def test_an_id_is_required(command):
    assert command("show") == (
        2,
        "",
        "search: missing argument 'ID'\nhint: run 'search show --help'\n",
    )


def test_an_id_that_begins_with_a_minus_is_shown(command, tmp_path):
    records = tmp_path / "records.jsonl"
    records.write_text('{"id": "-年报1", "body": "年报的正文。"}\n', "utf-8")
    index = str(tmp_path / "minus-index")
    assert command("index", str(records), "--index", index).code == 0
    assert command("show", "-年报1", "--index", index).out == "年报的正文。"
