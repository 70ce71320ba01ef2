"""`search show` and `search analyze`."""

import io
import json
import sys

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


def test_a_text_is_shown_as_it_is_folded_and_cut(command):
    assert command("analyze", "產(chǎn)業(yè)鏈ＢＩＭ+GIS") == (
        0,
        "folded  产业链bim+gis\n"
        "glosses '(chǎn)' '(yè)'\n"
        "words   产业链 bim+gis bim gis\n"
        "grams   产业 业链 链 bim gis\n",
        "",
    )


def test_what_was_joined_and_what_looks_damaged_is_shown(command, here):
    out = command("analyze", (here / "seeds" / STATION).read_text("utf-8")).out
    assert "joined  '\\n\\n' '\\n\\n' '\\n\\n'\n" in out
    assert command("analyze", "電話?shù)號").out.splitlines()[1] == (
        "damage  '?shù)' at 2: a gloss whose opening bracket is lost"
    )


def test_an_analysis_as_json_points_into_the_text(command):
    raw = "示範區(qū)5G"
    shown = json.loads(command("analyze", "--json", raw).out)
    assert (shown["type"], shown["version"], shown["text"]) == ("analysis", 1, raw)
    assert shown["folded"] == "示范区5g"
    assert [(t["term"], raw[slice(*t["raw"])]) for t in shown["words"]] == [
        ("示范区", "示範區(qū)"),
        ("5g", "5G"),
        ("5", "5"),
        ("g", "G"),
    ]
    assert [t["term"] for t in shown["grams"]] == ["示范", "范区", "区", "5", "g"]
    assert [raw[s:e] for s, e in shown["glosses"]] == ["(qū)"]
    assert (shown["breaks"], shown["damage"]) == ([], [])


def test_a_text_of_a_dash_is_read_from_standard_input(command, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("產(chǎn)業(yè)".encode())))
    assert command("analyze", "-").out.startswith("folded  产业\n")


def test_words_that_begin_with_a_minus_are_text(command):
    assert command("analyze", "-上海", "--json").code == 0
    assert command("analyze", "-上海").out.startswith("folded  -上海\n")


def test_a_text_that_is_not_valid_is_refused(command):
    assert command("analyze", "\udcff") == (
        2,
        "",
        "search: cannot read the text: it is not valid in this terminal's encoding\n"
        "hint: set the terminal, or LANG, to UTF-8 and type it again\n",
    )


def test_nothing_is_said_on_stderr_by_the_libraries():
    ran = run("analyze", "㐀野家與長三角")
    assert (ran.returncode, ran.stderr) == (0, b"")


def test_an_id_that_begins_with_a_minus_is_shown(command, tmp_path):
    records = tmp_path / "records.jsonl"
    records.write_text('{"id": "-年报1", "body": "年报的正文。"}\n', "utf-8")
    index = str(tmp_path / "minus-index")
    assert command("index", str(records), "--index", index).code == 0
    assert command("show", "-年报1", "--index", index).out == "年报的正文。"
