"""The `search` group: which word names a command, and loading only the command that is run."""

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from inspect import cleandoc
from typing import Any

import click

from search.cli.speech import lang_option, speaks_chinese, spoken, tell

# A command's module is imported when it is run: 'search QUERY' needs neither flask nor reading.
COMMANDS = {
    "query": "search.cli.query",
    "index": "search.cli.index",
    "serve": "search.cli.serve",
    "show": "search.cli.show",
    "related": "search.cli.related",
    "suggest": "search.cli.suggest",
    "analyze": "search.cli.analyze",
    "status": "search.cli.status",
    "doctor": "search.cli.doctor",
    "verify": "search.cli.verify",
    "migrate": "search.cli.migrate",
    "eval": "search.cli.eval",
}
OPTION_COLUMNS = 32  # for names of options and commands
OF_THE_GROUP = {"--help", "-h", "--version"}


@contextmanager
def without_collection() -> Iterator[None]:
    """Let no garbage be looked for meanwhile: while loading, all that is made is made to stay.

    A tenth of the time of a search in a fresh process.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


class ClosedPipeError(Exception):
    """Nobody reads stdout any more. click itself would end with the code of 'nothing found'."""


class SpokenHelp(click.Command):
    """A command whose help is in the language of the run, examples as they are."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.params.append(lang_option())

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write how the command is called."""
        arguments = " ".join(map(spoken, self.collect_usage_pieces(ctx)))
        formatter.write_usage(ctx.command_path, arguments, prefix=tell("Usage: "))

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what the command does, a paragraph after the other."""
        formatter.write_paragraph()
        with formatter.indentation():
            for paragraph in paragraphs_of(self.help or ""):
                write_text(formatter, spoken(paragraph))
                formatter.write_paragraph()

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options."""
        rows = []
        for param in self.get_params(ctx):
            record = param.get_help_record(ctx)
            if record is not None and isinstance(param, click.Option):
                rows.append((record[0], spoken(record[1])))
        with formatter.section(tell("Options")):
            write_rows(formatter, rows)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return the option of the help; click keeps the one it makes first, in its language."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "Show this message and exit."
        return option

    def get_short_help_str(self, limit: int = 45) -> str:
        """Return what the list of commands says of this one."""
        return spoken(self.short_help or "")

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples as they are."""
        write_examples(formatter, self.epilog or "")


def write_text(formatter: click.HelpFormatter, text: str) -> None:
    """Write a paragraph; click itself ends lines at blanks, of which Chinese has few."""
    if not speaks_chinese():
        formatter.write_text(text)
        return
    indent = " " * formatter.current_indent
    for line in lines_of(text, formatter.width - len(indent)):
        formatter.write(f"{indent}{line}\n")


def write_rows(formatter: click.HelpFormatter, rows: Sequence[tuple[str, str]]) -> None:
    """Write names, and beside them what is said of each."""
    if not speaks_chinese():
        formatter.write_dl(rows)
        return
    widest = max((len(name) for name, _ in rows), default=0)
    column = formatter.current_indent + min(widest + 2, OPTION_COLUMNS)
    for name, said in rows:
        head = f"{' ' * formatter.current_indent}{name}".ljust(column)
        if not head.endswith("  "):
            formatter.write(f"{head}\n")
            head = " " * column
        for line in lines_of(said, formatter.width - column):
            formatter.write(f"{head}{line}\n")
            head = " " * column


def lines_of(text: str, width: int) -> Iterator[str]:
    """Yield the lines of a paragraph, ended as Chinese is set."""
    from rich.text import Text  # rich: where people read

    from search.cli.wrapping import wrap

    yield from (line.plain for line in wrap(Text(text), width))


def paragraphs_of(text: str) -> list[str]:
    """Return the paragraphs of a help text, each as one line."""
    return [" ".join(part.split()) for part in cleandoc(text).split("\n\n") if part.strip()]


class SearchGroup(SpokenHelp, click.Group):
    """A group whose first word is a command, or else the beginning of a query."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, then the commands, each with what it does."""
        super().format_options(ctx, formatter)
        rows = []
        for name in self.list_commands(ctx):
            command = self.get_command(ctx, name)
            if command is not None:
                rows.append((name, command.get_short_help_str()))
        with formatter.section(tell("Commands")):
            write_rows(formatter, rows)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put `query` before what does not begin with a command."""
        if args and args[0] not in COMMANDS and args[0] not in OF_THE_GROUP:
            args = ["query", *args]
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; a pipe that was closed is told apart from a failure."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise ClosedPipeError from None

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands, the most used first."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, loading its module."""
        if cmd_name not in COMMANDS:
            return None
        with without_collection():
            command: click.Command = import_module(COMMANDS[cmd_name]).command
        return command


class ExampleCommand(SpokenHelp):
    """A command whose help ends with examples that can be run as they stand."""


def write_examples(formatter: click.HelpFormatter, epilog: str) -> None:
    """Write one example a line."""
    formatter.write_paragraph()
    with formatter.section(tell("Examples")):
        for line in epilog.strip().splitlines():
            command, comment = parted_example(line)
            said = spoken(comment)
            gap = " " * (len(line.strip()) - len(command) - len(comment))
            formatter.write(f"  {command}{gap}{said}\n")


def parted_example(line: str) -> tuple[str, str]:
    """Return an example's command and what it does, which stands some blanks behind it.

    >>> parted_example("search serve     the same on a web page")
    ('search serve', 'the same on a web page')
    """
    command, _, comment = line.strip().partition("   ")
    return command, comment.strip()


def examples(*lines: str) -> str:
    """Return an epilog of runnable commands, one a line."""
    return "\n".join(lines)


@click.group(
    cls=SearchGroup,
    no_args_is_help=False,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=examples(
        "search index seeds/            build the index of a folder, or bring it up to date",
        "search 长三角                  find articles, either script",
        "search '\"联合招商活动\"'        exactly these characters, side by side",
        "search 长三角 -无人机          without a word",
        "search serve                   the same on a web page",
        "search -- index                search for a word that is also a command",
    ),
)
@click.version_option(package_name="xunwen", prog_name="search")
@click.pass_context
def search(ctx: click.Context) -> None:
    """Full-text search for archives of Chinese articles.

    The first word is a command, or the beginning of what to search for: 'search QUERY' is short
    for 'search query QUERY'. 'search query --help' lists the options of a search.
    """
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


def option_names(params: Sequence[click.Parameter]) -> list[str]:
    """Return the names of the options that take a value."""
    return [
        name
        for param in params
        if isinstance(param, click.Option) and not param.is_flag and not param.count
        for name in param.opts
    ]
