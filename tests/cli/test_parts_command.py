"""`search index --part`: what is typed wrong, and where there are no parts."""

import pytest
from archive_writing import write


@pytest.fixture
def news(empty):
    write(empty / "news/a.txt", "第一篇\n长三角的产业。")
    return empty / "news"


@pytest.mark.parametrize("given", ["0/3", "9/8", "x", "3", "/3", "3/", "-1/3", "1/501", "½/2"])
@pytest.mark.usefixtures("news")
def test_what_is_no_part_is_told(command, given):
    ran = command("index", "--rebuild", "--part", given, "news")
    assert (ran.code, ran.out) == (2, "")
    assert f"'{given}' is not K/N, such as 3/8, with K from 1 to N, and N to 500" in " ".join(
        ran.err.split()
    )


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--part", "1/2"], "--part 3/8 goes with --rebuild, --part none without"),
        (["--part", "none", "--rebuild"], "--part 3/8 goes with --rebuild, --part none without"),
        (["--part", "1/2", "--rebuild", "--watch"], "--part goes without --watch and --dry-run"),
        (["--part", "1/2", "--rebuild", "--dry-run"], "--part goes without --watch and --dry-run"),
        (["--part", "none", "--heal"], "--heal stands alone"),
    ],
)
@pytest.mark.usefixtures("news")
def test_options_that_do_not_go_together_are_told(command, options, said):
    ran = command("index", *options)
    assert (ran.code, ran.out) == (2, "")
    assert said in " ".join(ran.err.split())


@pytest.mark.parametrize("options", [["--rebuild", "--part", "1/2", "news"], ["--part", "none"]])
def test_an_index_in_a_folder_has_no_parts(command, news, options):
    ran = command("index", *options)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == (
        "search: cannot build 'index' in parts: it is in a folder\n"
        "hint: leave '--part' out, or name a cluster in search.toml (README, On a cluster)\n"
    )
    assert not (news.parent / "index").exists()
