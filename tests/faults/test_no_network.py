"""Nothing here asks anything of a network: a process that may not still does all it does."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]

SCRIPT = """
import sys

asked = []

def refuse(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"):
        asked.append(event)
        raise OSError(f"{event} is refused here")

sys.addaudithook(refuse)

from search.cli import main

for arguments, code in (
    (["index", "seeds", "--index", sys.argv[1], "--quiet"], 0),
    (["index", "--index", sys.argv[1], "--quiet", "--rebuild"], 0),
    (["--index", sys.argv[1], "长三角 软件 changsanjiao", "--facet", "year", "--explain"], 0),
    (["--index", sys.argv[1], "--json", "kuberntes"], 1),
    (["show", "--index", sys.argv[1], "seeds/000_414e468a296fc206.txt", "产业"], 0),
    (["suggest", "--index", sys.argv[1], "chang"], 0),
    (["related", "--index", sys.argv[1], "seeds/000_414e468a296fc206.txt"], 0),
    (["analyze", "產業鏈"], 0),
    (["status", "--index", sys.argv[1]], 0),
    (["doctor", "--index", sys.argv[1]], 1),
    (["verify", "--index", sys.argv[1], "--samples", "20"], 0),
):
    found = main(arguments)
    assert found == code, (arguments, found)

from search import Archive
from web import create_app

client = create_app(Archive.open(sys.argv[1])).test_client()
article = "seeds/000_414e468a296fc206.txt"
for address in ("/", "/search?q=产业", f"/doc/{article}?q=产业", "/api/suggest?q=产"):
    assert client.get(address).status_code == 200, address
assert not asked, asked
sys.audit("socket.connect", None, None) if len(sys.argv) > 2 else None
"""


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", SCRIPT, *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_a_process_that_may_not_use_the_network_does_all_it_does(tmp_path):
    ran = run(str(tmp_path / "index"))
    assert ran.returncode == 0, ran.stderr


def test_one_that_did_would_be_found_out(tmp_path):
    ran = run(str(tmp_path / "index"), "ask")
    assert ran.returncode != 0
    assert "socket.connect is refused here" in ran.stderr
