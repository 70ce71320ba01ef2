"""`search analyze`: how a text is folded and cut, or how a query is read, step by step."""

from typing import Any

import click

from search.archive import Archive
from search.archive.analysis_fields import query_fields, text_fields
from search.cli.analyzed_query import query_sections
from search.cli.analyzed_text import text_sections
from search.cli.arguments import read_stdin, unguarded
from search.cli.commands import examples
from search.cli.options import color_option, index_option, json_option, settings
from search.cli.output import print_json
from search.cli.query import QueryCommand
from search.cli.sections import print_sections
from search.errors import QueryError
from search.messages import message

_OF_QUERIES = {"any_word": "--any", "no_expand": "--no-expand"}


@click.command(
    "analyze",
    cls=QueryCommand,
    short_help="Show how a text is folded and cut, or a query read.",
    epilog=examples(
        "search analyze '產(chǎn)業(yè)鏈ＢＩＭ+GIS'",
        "search analyze --json 示範區",
        "search analyze - < seeds/000_414e468a296fc206.txt",
        "search analyze --query '長三角 -\"5G+工业互联网\" 軟體 OR csj'",
        "search analyze --query --json 'title:算力 kub* kubernets~'",
    ),
)
@click.argument("text", metavar="TEXT...", nargs=-1, required=True)
@click.option("--query", "is_query", is_flag=True, help="Read TEXT as a query.")
@index_option
@click.option("--any", "any_word", is_flag=True, help="Of a query any word, not all of them.")
@click.option("--no-expand", is_flag=True, help="Of a query no other words than its own.")
@json_option
@color_option
def command(text: tuple[str, ...], is_query: bool, **given: Any) -> int:
    """Show what TEXT becomes: folded text, what was dropped, joined, kept or changed and why, what
    looks damaged, words with their kind, and grams.

    Words score and are marked; grams decide what matches. Where there is an index, TEXT is cut by
    the dictionary by which that is. With '--query' it is shown how TEXT is
    read as a query: its parts, the words and grams each is looked for by, what may stand for them
    and, where there is an index, how many articles have them. A TEXT of '-' is read from standard
    input. Places are code points of TEXT, from 0 on.

    Exit code: 0 shown, 1 a query with nothing to search for, 2 error.
    """
    raw = " ".join(unguarded(text))
    if raw == "-":
        raw = read_stdin()
    if is_query:
        return _analyze_query(raw.strip("\n"), given)
    for name, option in _OF_QUERIES.items():
        if given[name]:
            raise click.UsageError(
                message("'{option}' is for queries, with '--query'", option=option)
            )
    if any("\ud800" <= c <= "\udfff" for c in raw):
        raise QueryError(
            message("cannot read the text: it is not valid in this terminal's encoding"),
            message("set the terminal, or LANG, to UTF-8 and type it again"),
        )
    found = Archive(given["index"] or settings().place).analyze_text(raw)
    if given["as_json"]:
        print_json("analysis", text_fields(found))
    else:
        print_sections([text_sections(found)], given["color"])
    return 0


def _analyze_query(query: str, given: dict[str, Any]) -> int:
    defaults = settings()
    archive = Archive(
        given["index"] or defaults.place, defaults.query.synonyms, defaults.query.seconds
    )
    found = archive.analyze(
        query, any_word=given["any_word"], expand=() if given["no_expand"] else True
    )
    if given["as_json"]:
        print_json("query_analysis", query_fields(found))
    else:
        print_sections(query_sections(found), given["color"])
    return 0 if found.read_as else 1
