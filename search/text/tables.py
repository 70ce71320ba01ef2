"""The files of other packages by which texts are folded, so that a change of one can be told."""

from importlib.util import find_spec
from pathlib import Path

FOLDING_TABLES = {
    "opencc": ("dictionary/TSCharacters.txt", "dictionary/STCharacters.txt"),
    "pypinyin": ("pinyin_dict.json",),  # readings, by which glosses are told
}


def folding_tables() -> list[Path]:
    """Return where the tables lie that decide what a text is folded to."""
    return [package_folder(name) / file for name, files in FOLDING_TABLES.items() for file in files]


def package_folder(name: str) -> Path:
    """Return where a package lies, found, not imported: only its tables are needed."""
    spec = find_spec(name)
    if spec is None or not spec.submodule_search_locations:  # pragma: no cover
        raise ImportError(f"{name} is not installed")
    return Path(spec.submodule_search_locations[0])
