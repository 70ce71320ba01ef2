from collections.abc import Iterator
from importlib.metadata import EntryPoint

import pytest

from search.document import Document
from search.errors import FormatError
from search.reading import SourceFile, documents, formats
from search.reading.format import Place, Reading


class PoemFormat:
    """A format as another package writes it: it need not know ours."""

    name = "poem"
    suffixes = (".poem",)

    def read(self, raw: bytes, place: Place) -> Iterator[Reading]:
        """Yield the file as one poem."""
        yield Document(place.id, "诗", raw.decode())


class NamelessFormat:
    suffixes = (".x",)

    def read(self, _raw: bytes, _place: Place) -> Iterator[Reading]:
        """Yield nothing."""
        yield from ()


class LoudFormat(PoemFormat):
    suffixes = ("POEM",)


@pytest.fixture
def install(monkeypatch):
    def add(*values: str) -> None:
        points = [EntryPoint(f"p{n}", value, formats.GROUP) for n, value in enumerate(values)]
        monkeypatch.setattr(formats, "entry_points", lambda **_group: points)
        formats._by_suffix.cache_clear()

    yield add
    formats._by_suffix.cache_clear()


def refusal() -> str:
    with pytest.raises(FormatError) as caught:
        formats.format_of("a.txt")
    assert caught.value.hint == "mend the package that it comes with, or uninstall it"
    return str(caught.value)


def test_a_format_of_another_package_reads_its_files(install):
    install("test_plugins:PoemFormat")
    (reading,) = documents(SourceFile("a.poem", "s/a.poem", 0, 0), "春眠".encode())
    assert reading == Document("s/a.poem", "诗", "春眠")
    assert ".poem" in formats.suffixes()


@pytest.mark.parametrize(
    ("value", "cause"),
    [
        ("no_such:X", "ModuleNotFoundError: No module named 'no_such'"),
        ("test_plugins:NamelessFormat", "it has no 'name'"),
        ("builtins:object", "it has no method 'read'"),
        ("test_plugins:LoudFormat", "its suffix 'POEM' is not one part in lower case with its dot"),
    ],
)
def test_a_broken_format_is_an_error_that_names_it(install, value, cause):
    install(value)
    assert refusal() == f"cannot use the format 'p0' of '{value}': {cause}"


def test_two_formats_of_one_suffix_are_an_error_that_names_both(install):
    install("test_plugins:PoemFormat", "test_plugins:PoemFormat")
    assert refusal() == (
        "cannot use the format 'p1' of 'test_plugins:PoemFormat': "
        "'test_plugins:PoemFormat' reads '.poem' already"
    )
