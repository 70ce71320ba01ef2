"""Results and articles as people read them on a terminal."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from search.archive import Article, Hit, Marked, Piece, Results, Snippet, split_lines
from search.cli.output import columns, shown_path

MARK = "bold red"
GLOSS = "dim"
SHOWN_SNIPPETS = 2


def console(color: bool) -> Console:
    """Return a console on stdout, as wide as the terminal, with colours or without any."""
    return Console(
        width=columns(),
        force_terminal=color,
        no_color=not color,
        highlight=False,
        emoji=False,
        markup=False,
        color_system="standard" if color else None,
        legacy_windows=False,
    )


def print_results(results: Results, color: bool, explain: bool) -> None:
    """Print each hit with its place and passages, then how many there are."""
    out = console(color)
    margin = len(str(max((hit.rank for hit in results.hits), default=1))) + 2
    for hit in results.hits:
        _print_hit(out, hit, margin, explain)
    found = f"{results.total:,} article{'' if results.total == 1 else 's'}"
    shown = f", {len(results.hits)} shown" if len(results.hits) < results.total else ""
    end = f"{found}{shown}, {results.took_ms:.1f} ms"
    if explain:
        end += "; words: " + " ".join(word.text for word in results.words)
    if not results.total:
        end = f"nothing found for: {results.query}"
    Console(stderr=True, highlight=False, markup=False).print(Text(end, style="dim"))


def print_article(article: Article, color: bool) -> None:
    """Print an article's title, where it comes from, and its text, the hits marked."""
    out = console(color)
    out.print(styled(article.title.pieces, "bold"), overflow="fold")
    about = [part for part in (article.author, article.date, article.source) if part]
    out.print(Text("  ".join(about), style="dim"))
    for line in split_lines(article.body.pieces):
        out.print()
        out.print(styled(line), overflow="fold")


def styled(pieces: Iterable[Piece], style: str = "") -> Text:
    """Return pieces as one line of text: hits marked, glosses dim, breaks inside words left out."""
    line = Text(style=style)
    for piece in pieces:
        if not piece.break_:
            text = " ".join(piece.text.splitlines()) if "\n" in piece.text else piece.text
            line.append(text, MARK if piece.marked else GLOSS if piece.gloss else "")
    return line


def _print_hit(out: Console, hit: Hit, margin: int, explain: bool) -> None:
    rank = Text(f"{hit.rank:>{margin - 1}} ", style="dim")
    title = styled(hit.marked_title.pieces, "bold")
    out.print(rank + _cut(title, out.width - margin))
    about = Text(shown_path(hit.path) or hit.source, style=f"cyan link {_address(hit.path)}")
    for part in (hit.author, hit.date):
        about.append(f"  {part}" if part else "", style="dim not underline")
    _print_under(out, [about], margin)
    _print_under(out, [_passage(s) for s in _best(hit.snippets)], margin)
    if explain:
        _print_under(out, _explanation(hit), margin)
    out.print()


def _print_under(out: Console, lines: Iterable[Text], margin: int) -> None:
    for line in lines:
        out.print(Padding(line, (0, 0, 0, margin)), overflow="fold")


def _best(snippets: Sequence[Snippet]) -> Sequence[Snippet]:
    return sorted(snippets, key=lambda s: -len(s.spans))[:SHOWN_SNIPPETS]


def _passage(snippet: Marked) -> Text:
    ellipsis = Text("…", style="dim")
    return (ellipsis if snippet.start else Text()) + styled(snippet.pieces) + ellipsis


def _explanation(hit: Hit) -> list[Text]:
    return [
        Text(
            f"{part.score:8.4f}  {part.kind} {part.term}"
            f"  (title {part.title_count}, body {part.body_count})",
            style="dim",
        )
        for part in hit.contributions
    ]


def _cut(line: Text, width: int) -> Text:
    """Return a title cut to the columns there are, Han characters counted as two."""
    if line.cell_len > width:
        line.truncate(width - 1)
        line.append("…")
    return line


def _address(path: str) -> str:
    return Path(path).as_uri() if path and Path(path).is_absolute() else ""
