"""Results and articles as people read them on a terminal."""

import sys
from collections.abc import Iterable
from pathlib import Path

from rich.console import Console
from rich.text import Text

from search.archive import Article, Hit, Marked, Piece, Results, all_lines
from search.cli.explained import absent, hit_lines, query_lines
from search.cli.facets import facet_rows
from search.cli.output import columns, shown_path
from search.cli.paragraphs import parted
from search.cli.relaxed import relaxed_note
from search.cli.speech import articles, spoken, tell
from search.cli.wrapping import wrap

# Shown as signs, so that no article can steer the terminal; tabs and line ends keep their meaning.
SHOWN_CONTROLS = {c: 0x2400 + c for c in range(0x20) if c not in (9, 10, 13)} | {
    0x7F: "\N{SYMBOL FOR DELETE}",
    **dict.fromkeys(range(0x80, 0xA0), "\N{REPLACEMENT CHARACTER}"),
}

MARK = "bold red"
GLOSS = "dim"

SHOWN_COPIES = 3  # of one article; '--json' and '--no-fold' show all


class QuietConsole(Console):
    """A console that leaves a closed pipe to `main`."""

    def on_broken_pipe(self) -> None:
        """Raise what rich has caught."""
        raise BrokenPipeError


def console(color: bool, stderr: bool = False) -> Console:
    """Return a console as wide as the terminal, with colours or without any."""
    return QuietConsole(
        stderr=stderr,
        width=columns(),
        force_terminal=color,
        no_color=not color,
        highlight=False,
        emoji=False,
        markup=False,
        color_system="standard" if color else None,
        legacy_windows=False,
    )


def print_results(results: Results, color: bool, explain: bool, limits: str = "") -> None:
    """Print each hit with its place and passages, then how many there are.

    `limits` says what else than the query kept hits out.
    """
    out = console(color)
    margin = len(str(max((hit.rank for hit in results.hits), default=1))) + 2
    before = "relaxed" if results.relaxed else "literal"
    for hit in results.hits:
        if hit.reading == "relaxed" != before:
            out.print(Text(tell("with some of the words only:"), style="dim"))
            out.print()
        before = hit.reading
        _print_hit(out, hit, margin, explain)
    _print_facets(out, results)
    parts = [spoken(articles(results.total))]
    if len(results.hits) < results.total:
        parts.append(tell("{count} shown", count=len(results.hits)))
    parts.append(tell("{took:.1f} ms", took=results.took_ms))
    end = spoken(", ").join(parts)
    if explain:
        words = " ".join(word.text for word in results.words)
        end += tell("; words: {words}", words=words)
    if not results.total:
        end = tell("nothing found for: {query}{limits}", query=results.query, limits=limits)
        if why := absent(results):
            end += f"\n{why}"
    if results.relaxed:
        end += f"\n{relaxed_note(results)}"
    aside = console(color and sys.stderr.isatty(), stderr=True)
    if results.expansions:
        aside.print(Text(_also_searched(results), style="dim"))
    if results.explanation:
        for line in query_lines(results, results.explanation):
            aside.print(Text(line.translate(SHOWN_CONTROLS), style="dim"))
    aside.print(Text(end, style="dim"))
    if results.did_you_mean:
        aside.print(Text.assemble(tell("did you mean: "), (results.did_you_mean, "bold")))


def print_article(article: Article, color: bool) -> None:
    """Print an article's title, where it comes from, and its text, the hits marked."""
    out = console(color)
    _print_under(out, [styled(article.title.pieces, "bold")], 0)
    about = [part for part in (article.author, article.date, article.source) if part]
    out.print(Text("  ".join(about), style="dim"))
    out.print()
    for line in parted(all_lines(article.body.pieces)):
        _print_under(out, [styled(line)], 0)


def styled(pieces: Iterable[Piece], style: str = "") -> Text:
    """Return pieces as one line of text: hits marked, glosses dim, breaks inside words left out."""
    line = Text(style=style)
    for piece in pieces:
        if not piece.break_:
            text = " ".join(piece.text.splitlines()) if "\n" in piece.text else piece.text
            line.append(
                text.translate(SHOWN_CONTROLS),
                MARK if piece.marked else GLOSS if piece.gloss else "",
            )
    return line


def _print_hit(out: Console, hit: Hit, margin: int, explain: bool) -> None:
    title = _cut(styled(hit.marked_title.pieces, "bold"), out.width - margin)
    # Text.assemble keeps each part's style to itself; adding texts would lend the first one's on.
    out.print(Text.assemble((f"{hit.rank:>{margin - 1}} ", "dim"), title))
    about = Text(shown_path(hit.path) or hit.source, style=f"cyan link {_address(hit.path)}")
    for part in (hit.author, hit.date):
        about.append(f"  {part}" if part else "", style="dim not underline")
    _print_under(out, [about], margin)
    if hit.copies:
        _print_under(out, [Text(_also_in(hit), style="dim")], margin)
    _print_under(out, [_passage(snippet) for snippet in hit.snippets], margin)
    if explain:
        _print_under(out, _explanation(hit), margin)
    out.print()


def _print_under(out: Console, texts: Iterable[Text], margin: int) -> None:
    """Print each text from column `margin` on, its lines broken as Chinese is set."""
    for text in texts:
        for line in wrap(text, max(out.width - margin, 2)):
            out.print(
                Text.assemble(" " * margin, line), no_wrap=True, overflow="ignore", crop=False
            )


def _print_facets(out: Console, results: Results) -> None:
    """Print a line a facet: its name, then its values with their counts, under one another."""
    rows = facet_rows(results)
    margin = max((len(name) for name, _ in rows), default=0) + 2
    for name, values in rows:
        lines = wrap(Text(values.translate(SHOWN_CONTROLS)), max(out.width - margin, 2))
        for at, line in enumerate(lines):
            head = Text((name if not at else "").ljust(margin), style="bold")
            out.print(Text.assemble(head, line), no_wrap=True, overflow="ignore", crop=False)
    if rows:
        out.print()


def _also_searched(results: Results) -> str:
    """Return the words that stood for those of the query, with their kinds."""
    others: dict[str, dict[str, None]] = {}
    for one in results.expansions:
        others.setdefault(one["kind"], {})[one["to"]] = None
    parts = (f"{' '.join(words)} ({spoken(kind)})" for kind, words in others.items())
    return tell("also searched: {others}", others=", ".join(parts)).translate(SHOWN_CONTROLS)


def _also_in(hit: Hit) -> str:
    """Return where the copies of a hit are: the first of them, and how many more there are."""
    names = [
        copy["id"] if copy["source"] == hit.source else copy["source"]
        for copy in hit.copies[:SHOWN_COPIES]
    ]
    left = len(hit.copies) - len(names)
    more = tell(" and {count:,} more", count=left) if left else ""
    return tell("also in: {names}{more}", names=", ".join(names), more=more).translate(
        SHOWN_CONTROLS
    )


def _passage(snippet: Marked) -> Text:
    before, after = "…" if snippet.cut_before else "", "…" if snippet.cut_after else ""
    return Text.assemble((before, "dim"), styled(snippet.pieces), (after, "dim"))


def _explanation(hit: Hit) -> list[Text]:
    return [Text(line.translate(SHOWN_CONTROLS), style="dim") for line in hit_lines(hit)]


def _cut(line: Text, width: int) -> Text:
    """Return a title cut to the columns there are, never inside a gloss or a word."""
    if line.cell_len <= width:
        return line
    return Text.assemble(wrap(line, max(width - 1, 2))[0], "…")


def _address(path: str) -> str:
    return Path(path).as_uri() if path and Path(path).is_absolute() else ""
