"""The embedded engine needs nothing of what clusters do, and says what a cluster would need."""

import subprocess
import sys
from pathlib import Path

IN_A_FOLDER = """
import sys
from search import Archive

archive = Archive.build([sys.argv[1]], sys.argv[2])
assert Archive.open(sys.argv[2]).search("产业").total == 1
archive.update()
archive.heal()
print([name for name in sys.modules if "opensearch" in name or "cluster_gen" in name])
"""
WITHOUT_THE_EXTRA = """
import sys
sys.modules["opensearchpy"] = None
from search import Archive, Cluster
from search.archive import ExtraMissingError

try:
    Archive.open(Cluster(("http://127.0.0.1:1",)))
except ExtraMissingError as error:
    print(error, error.hint, sep="\\n")
"""


def printed(program: str, *arguments: str) -> list[str]:
    """Return the lines that a program prints in a process of its own."""
    command = [sys.executable, "-c", program, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()


def test_an_archive_in_a_folder_loads_nothing_of_the_other_engine(tmp_path: Path) -> None:
    (tmp_path / "news").mkdir()
    (tmp_path / "news/a.txt").write_text("长三角产业。", "utf-8")
    assert printed(IN_A_FOLDER, str(tmp_path / "news"), str(tmp_path / "index")) == ["[]"]


def test_without_the_extra_it_is_told_what_to_install() -> None:
    assert printed(WITHOUT_THE_EXTRA) == [
        "cannot use a cluster: 'opensearch-py' is not installed",
        "run \"pip install 'xunwen[opensearch]'\"",
    ]
