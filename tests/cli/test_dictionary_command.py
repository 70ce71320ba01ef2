"""A dictionary.txt beside search.toml is what `search index` cuts by, and all commands know it."""

import json
import threading

import pytest
from archive_writing import write

from search import Archive


@pytest.fixture
def docs(empty):
    write(empty / "docs/a.txt", "容器编排平台\n\n介绍容器编排。")
    write(empty / "docs/b.txt", "容器与编排\n\n都很难。")
    return empty


def words(ran):
    summary = json.loads(ran.out.splitlines()[0])
    return [word["text"] for word in summary["words"]]


def test_it_is_taken_up_and_the_report_says_how_many_articles_it_concerned(command, docs):
    command("index", "docs")
    write(docs / "dictionary.txt", "容器编排\n")
    ran = command("index")
    assert ran.code == 0
    assert ran.out.startswith("0 added, 0 changed, 2 unchanged, 0 removed, 1 cut again (")
    assert ran.err == (
        "search: note: the dictionary differs in 1 word (容器编排): "
        "of 2 articles 1 were cut again\n"
    )
    assert words(command("--json", "容器编排")) == ["容器编排"]
    report = json.loads(command("index", "--json").out.splitlines()[0])
    assert (report["recut"], report["unchanged"]) == (0, 2)


def test_another_file_can_be_named_and_has_to_be_there(command, docs):
    write(docs / "search.toml", "[analysis]\ndictionary = 'words.txt'")
    assert command("index", "docs").err == (
        f"search: cannot read dictionary '{docs / 'words.txt'}': no such file\n"
        "hint: bring it back; an empty file takes its words out of the index\n"
    )
    write(docs / "words.txt", "容器编排\n")
    assert command("index", "docs").code == 0
    assert words(command("--json", "容器编排")) == ["容器编排"]


def test_a_line_that_cannot_be_used_is_named_and_the_index_answers_on(command, docs):
    command("index", "docs")
    write(docs / "dictionary.txt", "容器编排\n……\n")
    ran = command("index")
    assert ran.code == 2
    assert ran.err.startswith(
        f"search: cannot use dictionary '{docs / 'dictionary.txt'}': line 2: "
        "'……' holds no character, letter or digit\nhint: mend line 2: "
    )
    assert words(command("--json", "容器编排")) == ["容器", "编排"]


def test_status_and_searches_say_that_the_file_has_changed(command, docs):
    write(docs / "dictionary.txt", "容器编排\n")
    command("index", "docs")
    assert "\ndictionary  dictionary.txt (1 word)\n" in command("status").out
    write(docs / "dictionary.txt", "容器\n")
    said = "\ndictionary  dictionary.txt (1 word; has changed since: run 'search index')\n"
    assert said in command("status").out
    assert json.loads(command("status", "--json").out)["dictionary_has_changed"]
    ran = command("-c", "容器编排")
    assert ran.out == "1\n"
    assert ran.err == (
        "search: note: the dictionary has changed; 'search index' cuts articles by it\n"
    )
    assert command("-q", "容器编排").err == ""


def test_synonyms_are_read_again_and_no_article_is_touched(command, docs):
    write(docs / "synonyms.txt", "k8s => 容器编排\n")
    command("index", "docs")
    assert command("-l", "k8s").out == "docs/a.txt\n"
    write(docs / "synonyms.txt", "k8s => 容器与编排\n")
    assert command("-l", "k8s").out == "docs/b.txt\n"
    ran = command("index")
    assert ran.out.startswith("0 added, 0 changed, 2 unchanged, 0 removed (")
    assert Archive.open("index").status().generation == "gen-000001"


def test_healing_takes_up_the_dictionary_and_says_when_there_is_nothing_to_mend(command, docs):
    command("index", "docs")
    ran = command("index", "--heal")
    assert (ran.code, ran.err) == (0, "search: note: there is nothing to mend\n")
    write(docs / "dictionary.txt", "容器编排\n")
    assert ", 1 cut again (" in command("index", "--heal").out


@pytest.mark.parametrize("others", [["docs"], ["--rebuild"], ["--watch"], ["--forget", "docs"]])
@pytest.mark.usefixtures("docs")
def test_healing_stands_alone(command, others):
    command("index", "docs")
    assert command("index", "--heal", *others).code == 2


def test_watching_takes_a_changed_dictionary_up(command, docs, monkeypatch):
    command("index", "docs")
    told = threading.Event()

    def changes(sources, _):
        assert str(docs / "dictionary.txt") in sources()
        write(docs / "dictionary.txt", "容器编排\n")
        yield True
        told.set()
        raise KeyboardInterrupt

    monkeypatch.setattr("search.cli.watch.changes_in", changes)
    ran = command("index", "--watch")
    assert told.is_set()
    assert "2 unchanged, 0 removed, 1 cut again (" in ran.out
