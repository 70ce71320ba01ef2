"""`search QUERY`: ranked hits for people, pipes and programs."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import click

from search.archive import FIELDS, KINDS, SORTS, Archive, Hit, Results
from search.cli.arguments import guarded, read_stdin, unguarded
from search.cli.commands import ExampleCommand, examples, option_names, without_collection
from search.cli.explained import explanation_fields
from search.cli.facets import print_facet_json, print_facet_lines
from search.cli.failures import note as say_note
from search.cli.options import (
    color_option,
    index_option,
    json_option,
    read_filters,
    settings,
)
from search.cli.output import is_terminal, one_line, print_json, shown_path, wants_color
from search.cli.relaxed import relaxed_note, relaxed_reason
from search.cli.speech import spoken, tell
from search.messages import message


class QueryCommand(ExampleCommand):
    """A command whose arguments may begin with a minus before Chinese characters."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Guard query text that begins with a minus."""
        return super().parse_args(ctx, guarded(args, option_names(self.params)))


@click.command(
    "query",
    cls=QueryCommand,
    short_help="Search; 'search QUERY' is short for this.",
    epilog=examples(
        "search 长三角",
        "search '\"联合招商活动\"'",
        "search 长三角 -无人机 --limit 20",
        "search changsanjiao",
        "search 产业 算力 --any --sort newest --since 2024-01",
        "search --json 示范区 | jq .title",
        "search -l 产业链 | xargs wc",
        "search -c 长三角 --facet year --facet folder",
        "search 长三角 --recency 0.5 --explain",
    ),
)
@click.argument("words", metavar="[QUERY]...", nargs=-1)
@index_option
@click.option("--limit", metavar="N", type=click.IntRange(0, 10_000), help="At most N hits [10].")
@click.option(
    "--offset", metavar="N", type=click.IntRange(0, 10_000), default=0, help="Skip N hits."
)
@click.option("--sort", type=click.Choice(SORTS), default="relevance", help="Order [relevance].")
@click.option("--since", metavar="DATE", default="", help="Dated 2024, 2024-06 or 2024-06-28 on.")
@click.option("--until", metavar="DATE", default="", help="Dated up to and including DATE.")
@click.option(
    "--field", "fields", multiple=True, type=click.Choice(FIELDS), help="Only in a field."
)
@click.option(
    "--where",
    metavar="NAME=VALUE",
    multiple=True,
    callback=read_filters,
    help="Whose author, or other metadata, is VALUE.",
)
@click.option("--any", "any_word", is_flag=True, help="Any of the words, not all of them.")
@click.option("--no-relax", is_flag=True, help="Nothing that lacks a word.")
@click.option("--no-fold", is_flag=True, help="Reprints as hits of their own.")
@click.option(
    "--expand",
    metavar="KIND",
    multiple=True,
    type=click.Choice(KINDS),
    help=f"Only other words of a kind: {', '.join(KINDS)} [all].",
)
@click.option("--no-expand", is_flag=True, help="No other words than those of QUERY.")
@click.option(
    "--facet",
    "facets",
    metavar="NAME",
    multiple=True,
    help="Count all that is found by year, author, folder, format, script or other metadata; "
    "piped, only with -c or --json.",
)
@click.option(
    "--recency",
    metavar="W",
    type=click.FloatRange(0, 1),
    default=0.0,
    help="Newer articles score more: up to 1 + W times as much, W from 0 to 1 [0].",
)
@click.option("--explain", is_flag=True, help="Show how the query was read and what scored.")
@json_option
@click.option("-l", "--sources", is_flag=True, help="Print only the files with hits.")
@click.option("-c", "--count", is_flag=True, help="Print only how many articles match.")
@click.option("-0", "--null", is_flag=True, help="End lines with NUL, for 'xargs -0'.")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing; the exit code answers.")
@color_option
def command(words: tuple[str, ...], index: str | None, **given: Any) -> int:
    """Find the articles that hold all the words of QUERY, best first.

    Quotation marks ("…" “…” 「…」) mean exactly these characters side by side, a minus before a
    word means without it, OR between words means either. Traditional and Simplified, full and half
    width find the same. Words that differ by region (软件 軟體), numbers (二〇二四年 2024年) and
    pinyin (changsanjiao, csj) find each other, behind what holds the QUERY as typed. Where no
    article has all the words, or few have, those with most of them are shown, and said to be such.
    A QUERY of '-' is read from standard input.

    Exit code: 0 found, 1 nothing found, 2 error.
    """
    defaults = settings()
    query = " ".join(unguarded(words))
    if query == "-":
        query = read_stdin().strip()
    with without_collection():  # it loads the engine too
        archive = Archive.open(
            index or defaults.place, defaults.query.synonyms, defaults.query.seconds
        )
        results = archive.search(
            query,
            limit=defaults.limit if given["limit"] is None else given["limit"],
            offset=given["offset"],
            sort=given["sort"],
            since=given["since"],
            until=given["until"],
            fields=given["fields"] or FIELDS,
            any_word=given["any_word"],
            explain=given["explain"],
            where=given["where"],
            fold=not given["no_fold"],
            expand=() if given["no_expand"] else given["expand"] or True,
            relax=not given["no_relax"],
            facets=given["facets"],
            recency=given["recency"],
        )
        if not given["quiet"]:
            if archive.dictionary_has_changed():
                say_note(message("the dictionary has changed; 'search index' cuts articles by it"))
            _print(results, given)
    return 0 if results.total else 1


def _print(results: Results, given: dict[str, Any]) -> None:
    """Write the results in the form that was asked for, or that suits where they go."""
    for note in results.notes:
        say_note(note)
    is_read = not given["as_json"] and (is_terminal() or given["color"] == "always")
    if not is_read and (note := relaxed_note(results)):
        say_note(note)
    end = "\0" if given["null"] else "\n"
    if given["as_json"]:
        _print_json(results, () if given["count"] else results.hits, given["explain"])
        print_facet_json(results)
    elif given["count"]:
        click.echo(f"{results.total}{end}", nl=False)
        print_facet_lines(results, end)
    elif given["sources"]:
        for path in dict.fromkeys(shown_path(hit.path) for hit in results.hits):
            click.echo(f"{path}{end}", nl=False)
    elif is_terminal() or given["color"] == "always":
        from search.cli.pretty import print_results  # rich: only where people read

        print_results(results, wants_color(given["color"]), given["explain"], _limits(given))
        return
    else:
        _print_lines(results.hits, end, given["explain"])
    if not given["as_json"] and results.did_you_mean:
        say_note(message("did you mean '{query}'?", query=results.did_you_mean))
    if (
        given["limit"] is None
        and not given["count"]
        and results.hits
        and len(results.hits) < results.total
    ):
        shown, total = len(results.hits), results.total
        say_note(
            message(
                "{shown:,} of {total:,} shown; '--limit {all}' shows all",
                shown=shown,
                total=total,
                all=total,
            )
        )


def _limits(given: dict[str, Any]) -> str:
    """Return what besides the query a search was limited to, to be put after it."""
    limits = [f"{spoken(name)} {given[name]}" for name in ("since", "until") if given[name]]
    limits += [tell("in {field}", field=message(field)) for field in given["fields"]]
    limits += [f"{name} {value}" for name, value in given["where"].items()]
    return f" ({', '.join(limits)})" if limits else ""


def _print_lines(hits: Sequence[Hit], end: str, explain: bool) -> None:
    """Print a hit a line: score, id, source, title, tab separated; then what scored, if asked."""
    for hit in hits:
        line = f"{hit.score:.4f}\t{hit.id}\t{shown_path(hit.path)}\t{one_line(hit.title)}"
        click.echo(f"{line}{end}", nl=False)
        for part in hit.contributions if explain else ():
            where = f"title {part.title_count} body {part.body_count}"
            click.echo(f"\t{part.score:.4f}\t{part.kind} {part.term}\t{where}{end}", nl=False)


def _print_json(results: Results, hits: Sequence[Hit], explain: bool) -> None:
    """Print the summary of the results, then the hits, a line each; all of it or nothing."""
    lines = [_hit_fields(hit, explain) for hit in hits]  # may take longer than it may
    print_json(
        "summary",
        {
            "query": results.query,
            "total": results.total,
            "total_exact": results.total_exact,
            "took_ms": round(results.took_ms, 3),
            "relaxed": results.relaxed,
            **relaxed_reason(results),
            **({"did_you_mean": results.did_you_mean} if results.did_you_mean else {}),
            "words": [asdict(word) for word in results.words],
            "expansions": list(results.expansions),
            "notes": list(results.notes),
            **({"word_counts": dict(results.word_counts)} if results.word_counts else {}),
            **explanation_fields(results.explanation),
        },
    )
    for line in lines:
        print_json("hit", line)


def _hit_fields(hit: Hit, explain: bool) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "rank": hit.rank,
        "id": hit.id,
        "title": hit.title,
        "title_spans": hit.title_spans,
        "author": hit.author,
        "date": hit.date,
        "source": hit.source,
        "path": hit.path,
        "score": round(hit.score, 6),
        "reading": hit.reading,
        "snippets": [
            {"text": snippet.text, "start": snippet.start, "spans": snippet.spans}
            for snippet in hit.snippets
        ],
        "copies": list(hit.copies),
    }
    if hit.metadata:
        fields["metadata"] = dict(hit.metadata)
    if explain:
        fields["explanation"] = [asdict(part) for part in hit.contributions]
    return fields
