"""All that the library and the command say to people: what the catalogs have to hold."""

import ast
from collections.abc import Iterator
from pathlib import Path

import click

from search.archive import FIELDS, KINDS
from search.cli.commands import COMMANDS, paragraphs_of, parted_example, search
from search.messages import SYSTEM_CAUSES

ROOT = Path(__file__).parents[1]
SAY = {"message", "Message", "tell", "say_it", "spoken", "said"}
SAY_BY_NUMBER = {"plural", "count_of"}
CALLED = {"row", "Section", "print_found"}  # whose first argument is a name
# Names that stand in variables where they are said.
NAMES = (
    *(*KINDS, *FIELDS, "author", "folder", "format", "word", "gram", "since", "until"),
    *("width", "script", "case", "invisible", "line end"),  # what folding changes
    *("new", "changed", "gone", "failed", "unchanged"),  # what a run would do with a file
)
# What click says of wrong arguments, by way of gettext.
OF_CLICK = {
    ("No such option {name!r}.", ""),
    ("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)"),
    ("Option {name!r} does not take a value.", ""),
    ("Option {name!r} requires an argument.", "Option {name!r} requires {nargs} arguments."),
    ("Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})"),
    ("Missing argument", ""),
    ("Invalid value for {param_hint}: {message}", ""),
    ("{value!r} is not {choice}.", "{value!r} is not one of {choices}."),
    ("{value!r} is not a valid {number_type}.", ""),
    ("{value} is not in the range {range}.", ""),
}
Said = tuple[str, str]  # a template, and that for more than one, or nothing


def told() -> set[Said]:
    """Return each template that is said, with the one for more than one where there is one."""
    found: set[Said] = {(name, "") for name in (*SYSTEM_CAUSES, *NAMES, "[OPTIONS]")} | OF_CLICK
    for package in ("search", "web"):
        for path in sorted((ROOT / package).rglob("*.py")):
            found |= set(_in_module(ast.parse(path.read_text("utf-8"))))
    return found | {(text, "") for text in _helps()}


def _in_module(tree: ast.Module) -> Iterator[Said]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        texts = [arg.value if isinstance(arg, ast.Constant) else None for arg in node.args]
        if name in SAY | CALLED:
            for text in _texts(node.args[0]):
                yield text, ""
        elif name in SAY_BY_NUMBER and isinstance(texts[0], str) and len(texts) > 1:
            yield texts[0], str(texts[1])


def _texts(node: ast.expr) -> Iterator[str]:
    """Yield the text that an argument is, or the two that it chooses from."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.strip():
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _texts(node.body)
        yield from _texts(node.orelse)


def _helps() -> Iterator[str]:
    context = click.Context(search, **search.context_settings)
    commands = [search, *filter(None, (search.get_command(context, name) for name in COMMANDS))]
    for command in commands:
        yield from paragraphs_of(command.help or "")
        if command.short_help:
            yield command.short_help
        for line in (command.epilog or "").splitlines():
            if comment := parted_example(line)[1]:
                yield comment
        # click keeps the option of the help that it makes first: it has to be of the right names.
        own = click.Context(command, parent=context)
        for param in command.get_params(own):
            record = param.get_help_record(own)
            if record and record[1]:
                yield record[1]
