"""`--expand` and `--no-expand`: what else was searched for, and that it can be left out."""

import json

import pytest


def summary(command, *arguments):
    return json.loads(command("--json", *arguments).out.splitlines()[0])


@pytest.mark.usefixtures("here")
def test_the_summary_names_the_expansions(command):
    expected = [{"from": "csj", "to": "长三角", "kind": "pinyin"}]
    assert summary(command, "csj")["expansions"] == expected
    assert summary(command, "csj", "--expand", "pinyin")["expansions"] == expected
    assert summary(command, "csj", "--expand", "number", "--expand", "regional")["expansions"] == []
    assert summary(command, "csj", "--no-expand")["expansions"] == []


@pytest.mark.usefixtures("here")
def test_people_are_told_what_was_also_searched(command):
    told = command("軟體 OR csj", "--color", "always").err
    assert "also searched: 软件 (regional), 长三角 (pinyin)" in told
    assert "also searched" not in command("軟體", "--no-expand", "--color", "always").err
    assert "also searched" not in command("长三角", "--color", "always").err


@pytest.mark.usefixtures("here")
def test_a_kind_that_there_is_not_is_an_error(command):
    ran = command("长三角", "--expand", "pinyn")
    assert ran.code == 2
    assert "'pinyn' is not one of" in ran.err


def test_synonyms_beside_the_settings_are_used(built, tmp_path, monkeypatch, command):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "search.toml").write_text('[query]\nsynonyms = "other.txt"\n', "utf-8")
    (tmp_path / "other.txt").write_text("魔都 => 上海\n", "utf-8")
    found = summary(command, "魔都", "--index", str(built / "index"))
    assert found["expansions"] == [{"from": "魔都", "to": "上海", "kind": "synonym"}]
    (tmp_path / "other.txt").write_text("魔都\n", "utf-8")
    ran = command("魔都", "--index", str(built / "index"))
    assert ran.code == 2
    assert "cannot use synonyms 'other.txt': line 1: '魔都' is one word alone" in ran.err
