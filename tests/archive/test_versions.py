"""The versions of libraries are those that Python's own, slower way tells."""

import sys
from importlib.metadata import Distribution, PackageNotFoundError, distributions, version
from pathlib import Path

import pytest

from search.archive.fingerprint import LIBRARIES, fingerprint
from search.archive.versions import installed_version


def pack(folder: Path, name: str, number: str, file: str = "METADATA") -> None:
    (folder / name).mkdir(parents=True)
    text = f"Metadata-Version: 2.1\nName: a\nVersion: {number}\nSummary: of a\n\nVersion: 9\n"
    (folder / name / file).write_text(text, "utf-8")


def plain_version(library: str, path: list[Path]) -> str:
    found = Distribution.discover(name=library, path=[str(folder) for folder in path])
    return next(iter(found)).version


@pytest.mark.parametrize("library", LIBRARIES)
def test_the_fingerprint_has_the_installed_versions(library):
    assert fingerprint()[library] == version(library)


def test_every_installed_library_has_the_version_that_python_tells():
    names = {distribution.metadata["Name"] for distribution in distributions()}
    assert len(names) > 20
    for name in names:
        assert installed_version(name) == version(name)


@pytest.mark.parametrize("library", ["some-lib", "Some_Lib", "some.lib"])
@pytest.mark.parametrize("folder", ["some_lib-1.2.dist-info", "Some.Lib-1.2.dist-info"])
def test_names_may_be_written_in_any_of_their_ways(tmp_path, library, folder):
    pack(tmp_path, folder, "1.2")
    path = [tmp_path / "missing", tmp_path]
    assert installed_version(library, map(str, path)) == plain_version(library, path) == "1.2"


def test_the_first_folder_counts(tmp_path):
    pack(tmp_path / "a", "lib-2.0.dist-info", "2.0")
    pack(tmp_path / "b", "lib-1.0.dist-info", "1.0")
    path = [tmp_path / "a", tmp_path / "b"]
    assert installed_version("lib", map(str, path)) == plain_version("lib", path) == "2.0"


def test_what_is_not_in_the_usual_form_is_asked_of_python(tmp_path, monkeypatch):
    pack(tmp_path, "lib.egg-info", "2.0", "PKG-INFO")
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    assert installed_version("lib") == version("lib") == "2.0"


def test_what_is_there_twice_is_asked_of_python(tmp_path, monkeypatch):
    pack(tmp_path, "lib-1.0.dist-info", "1.0")
    pack(tmp_path, "lib-2.0.dist-info", "2.0")
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    assert installed_version("lib") == version("lib")


def test_what_is_not_installed_is_an_error():
    with pytest.raises(PackageNotFoundError):
        installed_version("there-is-no-such-library")
