"""Help, its examples, and the completion of shells."""

import shlex

import click
import pytest
from cli_cases import environment, run, shell
from rich.cells import cell_len

from search.cli.commands import COMMANDS, search


def command_named(name):
    return search.get_command(click.Context(search), name)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_that_ends_with_examples(command, name):
    ran = command(name, "--help")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(f"Usage: search {name} ")
    examples = ran.out.partition("\nExamples:\n")[2].splitlines()
    assert examples, "no examples"
    assert all(example.startswith("  search ") for example in examples)
    assert command(name, "-h").out == ran.out


def test_the_help_of_the_group_names_every_command(command):
    out = command("--help").out
    for name in COMMANDS:
        assert f"\n  {name} " in out
    assert all(len(line) <= 100 for line in out.splitlines())


def test_what_the_examples_of_the_group_do_stands_in_one_column():
    starts = {
        cell_len(line) - cell_len(line.split("  ", 1)[1].lstrip())
        for line in search.epilog.splitlines()
    }
    assert len(starts) == 1


RUNNABLE = [
    example
    for name in ("query", "show", "related", "suggest", "analyze", "status")
    for example in command_named(name).epilog.splitlines()
    if "|" not in example
]


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("example", RUNNABLE)
def test_every_example_runs_as_it_stands(command, example):
    if "<" in example:
        ran = shell(example)
        assert (ran.returncode, ran.stderr) == (0, "")
        return
    ran = command(*shlex.split(example)[1:])
    assert ran.code in ({0, 1} if "-上海" in example or "--since" in example else {0})
    assert ran.err == ""


@pytest.mark.parametrize("kind", ["bash", "zsh", "fish"])
def test_a_shell_gets_its_completion(kind):
    ran = run(_SEARCH_COMPLETE=f"{kind}_source")
    assert ran.returncode == 0
    assert b"_SEARCH_COMPLETE" in ran.stdout
    assert ran.stderr == b""


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("search s", {"serve", "show", "status", "suggest"}),
        ("search 长三角 --s", {"--sort", "--since", "--sources"}),
        ("search 长三角 --sort ", {"relevance", "newest", "oldest"}),
        ("search index --re", {"--rebuild"}),
    ],
)
def test_commands_options_and_values_are_completed(typed, offered):
    at = str(typed.count(" "))
    ran = run(_SEARCH_COMPLETE="bash_complete", COMP_WORDS=typed, COMP_CWORD=at)
    assert {line.partition(",")[2] for line in ran.stdout.decode().splitlines()} == offered


def test_the_environment_of_these_tests_has_the_command():
    assert shell("command -v search").stdout.strip() == str(
        environment()["PATH"].split(":")[0] + "/search"
    )
