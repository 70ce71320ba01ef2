"""`search eval FILE…`: how good the answers to judged queries are."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from search.archive import Archive, JudgmentError
from search.cli.commands import ExampleCommand, examples
from search.cli.failures import note
from search.cli.measured import Measured, print_comparison, print_measured
from search.cli.options import index_option, json_option, settings
from search.evaluation import (
    MEASURES,
    Asked,
    JudgedQuery,
    Run,
    ask,
    compare,
    library,
    measure,
    read_judged,
    read_run,
    sample,
    without_result,
    write_run,
)
from search.messages import message

SHOWN = 20  # queries whose figures changed
LONGEST_NOTE = 3  # ids in a note


@click.command(
    "eval",
    cls=ExampleCommand,
    short_help="Measure the answers to judged queries.",
    epilog=examples(
        "search eval judged.jsonl",
        "search eval topics.txt qrels.txt --save before.run",
        "search eval judged.jsonl --compare before.run --measure nDCG@10",
        "search eval judged.jsonl --compare before.run --compare after.run",
        "search eval --json judged.jsonl | jq 'select(.type == \"query\" and .mrr_10 == 0)'",
    ),
)
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@index_option
@click.option("--any", "any_word", is_flag=True, help="Any of the words, not all of them.")
@click.option("--run", "name", metavar="NAME", help="Name the run [by the file it is saved in].")
@click.option("--save", metavar="FILE", help="Write the run there, in TREC's form.")
@click.option(
    "--compare",
    "compared",
    metavar="FILE",
    multiple=True,
    help="Show what changed since a saved run; given twice, from one to the other, asking nothing.",
)
@click.option(
    "--measure",
    "by",
    type=click.Choice(list(MEASURES.values()), case_sensitive=False),
    default="MRR@10",
    help="What is compared by [MRR@10].",
)
@click.option(
    "--limit", metavar="N", type=click.IntRange(0), default=SHOWN, help="Show N changes [20]."
)
@click.option(
    "--limit-queries", metavar="N", type=click.IntRange(1), help="Take N of the queries [all]."
)
@click.option("--seed", metavar="N", type=int, default=0, help="Draw these N by another seed [0].")
@click.option(
    "--depth", metavar="N", type=click.IntRange(10, 10_000), default=10, help="Keep N hits [10]."
)
@json_option
def command(files: tuple[str, ...], index: str | None, **given: Any) -> int:
    """Ask the index the judged queries of each FILE and print how well they are answered.

    MRR@10 is the mean of one over the rank of the first relevant article, recall@10 the share of
    the relevant articles that are among the first ten, nDCG@10 weighs grades by rank. Each query is
    asked as it would be typed; articles of the same text are hits of their own.

    A FILE is told by what is in it, and may be compressed (.gz, .xz). JSON Lines with "qid",
    "query" and "rel", which is an id, a list of ids, or ids with grades. JSON as SQuAD has it
    (data, paragraphs, qas), where the article of a question is its paragraph's "id", else the "id",
    else the "title", of what the paragraph is in. TREC topics (<top>, or 'qid', a tab, 'query')
    with their qrels ('qid 0 article grade') as a second FILE. Queries for which no article is
    relevant are left out; a query that a saved run does not name had no result there.

    Exit code: 0 measured, 1 not one query has a result, 2 error.
    """
    if len(given["compared"]) > 2:
        raise click.UsageError(message("'--compare' can be given twice at most"))
    library()
    judged = read_judged([Path(file) for file in files])
    _note(message("queries without a relevant article are left out"), judged.left_out)
    queries: Sequence[JudgedQuery] = judged.queries
    if given["limit_queries"]:
        queries = sample(queries, given["limit_queries"], given["seed"])
    saved = [_measured(queries, _saved(path, queries)) for path in given["compared"]]
    if len(saved) == 2:
        shown = saved[1]
    else:
        archive = Archive.open(index or settings().place)
        _check_articles(archive, judged.articles, files[0])
        name = given["name"] or Path(given["save"] or "xunwen").stem
        asked = ask(archive, queries, name, given["depth"], given["any_word"])
        _note_refused(asked)
        shown = _measured(queries, asked.run, asked.took_ms)
    if given["save"]:
        write_run(shown.run, Path(given["save"]))
    print_measured(shown, queries, given["as_json"])
    if saved:
        by = next(name for name, called in MEASURES.items() if called == given["by"])
        found = compare(saved[0].figures, shown.figures, by)
        limit = None if given["as_json"] else given["limit"]
        print_comparison(found, (saved[0].run, shown.run), queries, limit)
    return int(shown.without_result == len(queries))


def _measured(
    queries: Sequence[JudgedQuery], run: Run, took_ms: Mapping[str, float] | None = None
) -> Measured:
    return Measured(run, measure(queries, run), without_result(queries, run), took_ms or {})


def _saved(path: str, queries: Sequence[JudgedQuery]) -> Run:
    """Return a saved run; a JudgmentError when it is one of other queries."""
    run = read_run(Path(path))
    if run.ranked and not any(judged.qid in run.ranked for judged in queries):
        raise JudgmentError(
            path,
            "",
            message("it answers none of the queries"),
            message("name a run of the same judged queries"),
        )
    return run


def _check_articles(archive: Archive, articles: Sequence[str], file: str) -> None:
    """Note judged articles that the index has not; without any there is nothing to measure."""
    missing = archive.missing(articles)
    if len(missing) == len(articles):
        raise JudgmentError(
            file,
            "",
            message(
                "not one of the articles it names is in the index, such as '{id}'", id=missing[0]
            ),
            message(
                "name the index of these articles with '--index DIR'; "
                "ids are as 'search' prints them"
            ),
        )
    _note(message("judged articles are not in the index and count as not found"), missing)


def _note(what: str, names: Sequence[str]) -> None:
    if names:
        some = ", ".join(names[:LONGEST_NOTE]) + (", …" if len(names) > LONGEST_NOTE else "")
        note(message("{count:,} {what}: {some}", count=len(names), what=what, some=some))


def _note_refused(asked: Asked) -> None:
    for qid, why in list(asked.refused.items())[:LONGEST_NOTE]:
        note(message("{qid}: {why}", qid=qid, why=why))
    if len(asked.refused) > LONGEST_NOTE:
        note(message("{count:,} queries could not be searched", count=len(asked.refused)))
