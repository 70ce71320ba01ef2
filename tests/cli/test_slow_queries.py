"""A query that takes longer than it may ends in an error, and `search.toml` says how long."""

import pytest

from search import Archive
from search.archive import load_settings
from search.deadline import seconds_left
from search.errors import QueryTimeoutError, SettingError


@pytest.mark.usefixtures("here")
def test_a_query_that_takes_too_long_ends_with_two_and_what_to_do(command, monkeypatch):
    def search(*_: object, **__: object) -> None:
        raise QueryTimeoutError(60, "x*")

    monkeypatch.setattr(Archive, "search", search)
    assert command("产业 x*") == (
        2,
        "",
        "search: cannot answer within 60 s: too much has to be looked through\n"
        "hint: leave out 'x*', or search for fewer and rarer words\n",
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ("产业",),
        ("show", "x", "产业"),
        ("suggest", "产"),
        ("related", "x"),
        ("analyze", "--query", "产"),
    ],
)
def test_every_command_that_asks_takes_as_long_as_the_settings_say(
    command, built, empty, arguments, monkeypatch
):
    (empty / "search.toml").write_text("[query]\nseconds = 7\n")
    left = []

    def ask(*_: object, **__: object) -> None:
        left.append(seconds_left())
        raise QueryTimeoutError(7)

    monkeypatch.setattr("search.archive.searching.understand", ask)
    monkeypatch.setattr("search.engine.whoosh.reader.WhooshReader.find", ask)
    monkeypatch.setattr("search.archive.suggesting.Suggesting.of", ask)
    monkeypatch.setattr("search.archive.query_analysis.analyze_query", ask)
    assert command(*arguments, "--index", str(built / "index")).code == 2
    assert 0 < left[0] <= 7


def test_seconds_are_whole_and_within_bounds(tmp_path):
    (tmp_path / "search.toml").write_text("[query]\nseconds = 5\n[site]\nseconds = 2\n")
    settings = load_settings(tmp_path, {})
    assert (settings.query.seconds, settings.site.seconds) == (5, 2)
    assert (load_settings(tmp_path / "none", {}).query.seconds) == 60
    for wrong in ("[query]\nseconds = -1", "[site]\nseconds = 3601", "[query]\nseconds = 1.5"):
        (tmp_path / "search.toml").write_text(wrong)
        with pytest.raises(SettingError):
            load_settings(tmp_path, {})
