"""`search analyze`: how a text is folded and cut, step by step."""

from dataclasses import asdict

import click

from search.analysis import Token, grams, words
from search.cli.arguments import read_stdin, unguarded
from search.cli.commands import examples
from search.cli.options import json_option
from search.cli.output import print_json
from search.cli.query import QueryCommand
from search.errors import QueryError
from search.text import Damage, Folded, Span, damage_in, fold


@click.command(
    "analyze",
    cls=QueryCommand,
    short_help="Show how a text is folded and cut.",
    epilog=examples(
        "search analyze '產(chǎn)業(yè)鏈ＢＩＭ+GIS'",
        "search analyze --json 示範區",
        "search analyze - < seeds/000_414e468a296fc206.txt",
    ),
)
@click.argument("text", metavar="TEXT...", nargs=-1, required=True)
@json_option
def command(text: tuple[str, ...], as_json: bool) -> int:
    """Show what TEXT becomes: folded text, what was dropped and joined, words and grams.

    Words score and are marked; grams decide what matches. A TEXT of '-' is read from standard
    input.
    """
    raw = " ".join(unguarded(text))
    if raw == "-":
        raw = read_stdin()
    if any("\ud800" <= c <= "\udfff" for c in raw):
        raise QueryError(
            "cannot read the text: it is not valid in this terminal's encoding",
            "set the terminal, or LANG, to UTF-8 and type it again",
        )
    folded = fold(raw)
    found_words, found_grams = list(words(folded.text)), list(grams(folded.text))
    if as_json:
        print_json("analysis", _fields(raw, folded, found_words, found_grams))
        return 0
    click.echo(f"folded  {folded.text}")
    _echo_spans("glosses", raw, folded.glosses)
    _echo_spans("joined", raw, folded.breaks)
    for place in damage_in(raw):
        click.echo(f"damage  {raw[place.start : place.end]!r} at {place.start}: {place.reason}")
    click.echo(f"words   {' '.join(token.term for token in found_words)}")
    click.echo(f"grams   {' '.join(token.term for token in found_grams)}")
    return 0


def _echo_spans(name: str, raw: str, spans: list[Span]) -> None:
    if spans:
        click.echo(f"{name:<7} {' '.join(repr(raw[start:end]) for start, end in spans)}")


def _fields(
    raw: str, folded: Folded, found_words: list[Token], found_grams: list[Token]
) -> dict[str, object]:
    return {
        "text": raw,
        "folded": folded.text,
        "glosses": folded.glosses,
        "breaks": folded.breaks,
        "damage": [_damage(place) for place in damage_in(raw)],
        "words": [_token(token, folded) for token in found_words],
        "grams": [_token(token, folded) for token in found_grams],
    }


def _damage(place: Damage) -> dict[str, object]:
    return asdict(place)


def _token(token: Token, folded: Folded) -> dict[str, object]:
    """Return a token with its places: in the folded text, and as `raw` in the text given."""
    return {**asdict(token), "raw": folded.offsets.raw_span(token.start, token.end)}
