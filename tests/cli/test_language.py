"""`--lang zh`, SEARCH_LANG or the locale: people are told in Chinese, programs as before."""

import json
import re

import pytest
from rich.cells import cell_len

from search.cli.commands import COMMANDS

CHINESE = re.compile(r"[\u3400-\u9fff]")


def test_an_error_and_its_hint_are_in_chinese(command):
    ran = command("--lang", "zh", "长三角", "--index", "nowhere")
    assert ran.code == 2
    assert ran.err == (
        "search: 打不开索引“nowhere”：那里没有索引\n"
        "提示：运行“search index --index nowhere FOLDER”来建立\n"
    )


@pytest.mark.parametrize(
    ("environment", "said"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "打不开索引“nowhere”"),
        ({"LANG": "zh_TW.UTF-8"}, "打不開索引「nowhere」"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "cannot open index 'nowhere'"),
        ({"LANG": "zh_CN.UTF-8", "SEARCH_LANG": "en"}, "cannot open index 'nowhere'"),
        ({"SEARCH_LANG": "zh"}, "打不开索引“nowhere”"),
        ({}, "cannot open index 'nowhere'"),
    ],
)
def test_the_environment_decides_where_no_option_does(command, monkeypatch, environment, said):
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert said in command("长三角", "--index", "nowhere").err


def test_an_option_goes_before_the_environment_wherever_it_stands(command, monkeypatch):
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    for arguments in (
        ("--lang", "en", "长三角"),
        ("长三角", "--lang=en"),
        ("query", "--lang", "en", "长三角"),
    ):
        assert "cannot open index" in command(*arguments, "--index", "nowhere").err


def test_a_language_that_there_is_not_is_refused(command):
    ran = command("status", "--lang", "tlh")
    assert ran.code == 2
    assert "'tlh'" in ran.err


@pytest.mark.usefixtures("here")
def test_behind_two_minus_signs_it_is_text(command):
    ran = command("--", "--lang", "zh")
    assert ran.code in (0, 1)
    assert not CHINESE.search(ran.err)


def test_what_a_run_did_is_told_in_chinese(command, empty):
    (empty / "docs").mkdir()
    (empty / "docs" / "a.txt").write_text("港口", "utf-8")
    (empty / "docs" / "b.txt").write_text("", "utf-8")
    ran = command("index", "docs", "--lang", "zh")
    assert re.match(r"新增 1，改动 0，未变 0，移出 0，失败 1 篇 \(\d+\.\d 秒\)\n", ran.out)
    assert "search: 读不了“docs/b.txt”：空文件\n提示：" in ran.err


@pytest.mark.usefixtures("here")
def test_programs_read_the_same_in_every_language(command, monkeypatch):
    asked = [
        ("长三角", "--json"),
        ("长三角",),
        ("量子", "--json"),
        ("status", "--json"),
        ("doctor", "--json"),
        ("analyze", "產(chǎn)業", "--json"),
    ]
    for arguments in asked:
        told = []
        for language in ("en", "zh"):
            monkeypatch.setenv("SEARCH_LANG", language)
            ran = command(*arguments)
            told.append((ran.code, re.sub(r'"took_ms": [\d.]+', "", ran.out)))
        assert told[0] == told[1]


def test_errors_in_json_stay_english(command, empty):
    (empty / "docs").mkdir()
    (empty / "docs" / "a.txt").write_text("港口", "utf-8")
    (empty / "docs" / "b.txt").write_text("", "utf-8")
    lines = command("index", "docs", "--json", "--lang", "zh").out.splitlines()
    failure = json.loads(next(line for line in lines if '"failure"' in line))
    assert failure["message"] == "cannot read 'docs/b.txt': empty file"


@pytest.mark.parametrize("name", [*COMMANDS, ""])
def test_help_is_in_chinese_with_no_english_sentence_left(command, name):
    ran = command(*([name] if name else []), "--help", "--lang", "zh")
    assert ran.code == 0
    text = ran.out.partition("例子")[0]
    assert "用法：" in text
    assert "选项:" in text
    # A sentence of English is some words in a row; names of options and formats stand alone.
    assert re.findall(r"(?:\b[a-z]{2,} ){4,}", text) == []
    assert all(sum(2 if CHINESE.match(c) else 1 for c in line) <= 104 for line in text.split("\n"))


def test_wrong_arguments_are_told_in_chinese(command):
    ran = command("--lang", "zh", "index", "--heal", "--forget", "x")
    assert ran.code == 2
    assert ran.err == (
        "search: --heal 和 --forget 做的事不同，只能用一个\n提示：请运行 search index --help\n"
    )
    assert "没有“--no-such”这个选项" in command("status", "--no-such", "--lang", "zh").err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("港", "--limit", "x"), "'--limit' 的值不对：“x”不是有效的数"),
        (("港", "--limit", "-1"), "'--limit' 的值不对：-1 不在 0<=x<=10000 之内"),
        (("港", "--sort", "x"), "“x”不在可选的值之内：'relevance', 'newest', 'oldest'"),
        (("港", "--where", "x"), "“x”不是 NAME=VALUE 的形式，例如 author=余光中"),
        (("港", "--facit", "x"), "没有“--facit”这个选项。 您是不是想用 '--facet'？"),
        (("港", "--limit"), "选项“--limit”后面要有值"),
        (("港", "--json=x"), "选项“--json”不带值"),
        (("show",), "缺少参数 'ID'"),
        (("status", "x"), "多了参数：x"),
    ],
)
def test_what_click_says_of_arguments_is_in_chinese(command, arguments, said):
    ran = (
        command(*arguments, "--lang", "zh")
        if arguments[-1] != "--limit"
        else command("--lang", "zh", *arguments)
    )
    assert ran.code == 2
    first = ran.err.splitlines()[0]
    assert first.endswith(said)
    assert not re.search(r"\b[a-z]{2,} [a-z]{2,} ", first.replace("search: ", ""))
    assert not CHINESE.search(command(*arguments, "--lang", "en").err.replace("余光中", ""))


def test_lines_of_help_end_as_chinese_is_set(command):
    lines = command("query", "--help", "--lang", "zh").out.partition("例子")[0].splitlines()
    assert all(line.lstrip()[:1] not in "，。、；：）”]" for line in lines if line.strip())
    assert all(cell_len(line) <= 80 for line in lines)


@pytest.mark.usefixtures("here")
def test_results_on_a_terminal_end_in_chinese(command):
    where = ("--color", "always", "--lang", "zh")
    ran = command("长三角", "--explain", *where)
    assert "2 篇文章，" in ran.err
    assert "毫秒；词：长三角" in ran.err
    assert "查询是这样理解的：" in ran.err
    assert "没有找到：量子" in command("量子", *where).err
