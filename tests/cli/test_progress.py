"""How far a run is: plain lines now and then, a bar on a terminal, nothing in short runs."""

import io

import pytest

from search.archive import Done
from search.cli import progress
from search.cli.progress import Progress, line


class Clock:
    """Time that passes when it is told to."""

    def __init__(self):
        self.now = 100.0

    def monotonic(self):
        return self.now


@pytest.fixture
def clock(monkeypatch):
    clock = Clock()
    monkeypatch.setattr(progress, "time", clock)
    return clock


def done(files):
    return Done(files, 100, files * 1_000_000, 100_000_000, files)


def test_a_line_is_written_every_five_seconds(clock, capsys):
    with Progress(quiet=False) as shown:
        for second in range(12):
            clock.now = 100.0 + second
            shown(done(second))
    assert capsys.readouterr().err.splitlines() == [
        "5 of 100 files, 5 articles, 5.0 of 100.0 MB, 1.0 MB/s, 95 s left",
        "10 of 100 files, 10 articles, 10.0 of 100.0 MB, 1.0 MB/s, 90 s left",
    ]


def test_a_dumb_terminal_gets_lines_and_no_bar(clock, monkeypatch):
    terminal = io.StringIO()
    terminal.isatty = lambda: True
    monkeypatch.setattr("sys.stderr", terminal)
    monkeypatch.setenv("TERM", "dumb")
    with Progress(quiet=False) as shown:
        clock.now += 6
        shown(done(6))
    assert terminal.getvalue() == (
        "6 of 100 files, 6 articles, 6.0 of 100.0 MB, 1.0 MB/s, 94 s left\n"
    )


def test_quiet_runs_show_nothing(clock, capsys):
    with Progress(quiet=True) as shown:
        clock.now += 60
        shown(done(1))
    assert capsys.readouterr() == ("", "")


def test_what_has_not_changed_costs_no_time_that_could_be_told():
    assert line(Done(7, 9, 0, 0, 12), 6.0) == "7 of 9 files, 12 articles"


def test_a_terminal_shows_a_bar_once_a_run_takes_a_while(clock, monkeypatch):
    terminal = io.StringIO()
    terminal.isatty = lambda: True
    monkeypatch.setattr("sys.stderr", terminal)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("TERM", "xterm")
    with Progress(quiet=False) as shown:
        shown(done(1))
        assert terminal.getvalue() == ""
        for files in (40, 80):
            clock.now += 1
            shown(done(files))
    assert "80 of 100 files, 80 articles" in terminal.getvalue()
