"""`python -m bench.relevance`: how well we and our peers answer judged questions.

The documents of two judged sets among some 60,000 passages are indexed once by each engine and
asked the sets' questions, the same in the other script, and keywords of them. Tables go into
docs/relevance.md, figures into docs/relevance.json; a run replaces only what it measured. Weights
of ranking are chosen on the half "tune" of the questions alone, and reported on both.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from bench.corpora import DEFAULT_FOLDER, ROOT, CorpusError
from bench.peers import OURS
from bench.relevance.ablations import ABLATIONS, chosen
from bench.relevance.engines import ENGINES, OURS_ANY
from bench.relevance.figures import ALL, merge, read_figures
from bench.relevance.measuring import measured, say
from bench.relevance.table import put_tables, tables
from bench.relevance.task import HALVES, KINDS, SETS
from search.archive import SearchError


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and write; 2 when it cannot be."""
    given = _parser().parse_args(arguments)
    try:
        _run(given)
    except SearchError as error:
        say(f"{error}\nhint: {error.hint}")
        return 2
    except (CorpusError, ValueError, OSError) as error:
        say(str(error))
        return 2
    return 0


def _run(given: argparse.Namespace) -> None:
    kept_at, page = given.docs / "relevance.json", given.docs / "relevance.md"
    if given.render:
        put_tables(read_figures(kept_at), page)
        return
    figures = measured(given, chosen(given.ablate))
    print(tables(figures))
    if given.no_write or given.sample:
        return
    kept = read_figures(kept_at)  # now: another run may have written meanwhile
    merge(kept, figures)
    text = json.dumps(kept, indent=1, sort_keys=True, ensure_ascii=False)
    kept_at.write_text(f"{text}\n", "utf-8")
    put_tables(kept, page)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bench.relevance",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog=f"for example: python -m bench.relevance --folder ~/relevance --engine {OURS_ANY} "
        "--half tune --no-write",
    )
    shared = DEFAULT_FOLDER.parent
    add = parser.add_argument
    add("--data", type=Path, default=shared / "data", metavar="DIR", help="the judged sets")
    add("--corpora", type=Path, default=DEFAULT_FOLDER, metavar="DIR", help="where lctt lies")
    add("--folder", type=Path, metavar="DIR", help="keep indexes and peers' answers there")
    add("--engine", nargs="+", choices=ENGINES, help=f"who is asked, such as {OURS} [all]")
    add("--set", nargs="+", choices=SETS, default=list(SETS), help="which judged sets [both]")
    add("--kind", nargs="+", choices=KINDS, default=list(KINDS), help="which queries [all]")
    add("--half", choices=(*HALVES, ALL), default=ALL, help="which half of them [all]")
    add("--sample", type=int, default=0, metavar="N", help="N of each set, and write nothing")
    add(
        "--ablate",
        nargs="+",
        default=[],
        metavar="PART",
        help=f"ours alone, with parts of ranking off: all, or of {', '.join(ABLATIONS)}",
    )
    add("--save-runs", type=Path, metavar="DIR", help="write runs and judgments for 'search eval'")
    add("--compare", type=Path, metavar="DIR", help="say what changed of ours since such runs")
    add("--docs", type=Path, default=ROOT / "docs", metavar="DIR", help="where results go [docs]")
    add("--no-write", action="store_true", help="print tables and change no file")
    add("--render", action="store_true", help="make tables of the figures there are")
    return parser


if __name__ == "__main__":
    sys.exit(main())
