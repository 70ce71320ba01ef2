"""The JSON interface does what its description says: cases made from it, all checks, over HTTP."""

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.web.serving import ROOT, served

IS_SOAK = bool(os.environ.get("XUNWEN_SOAK"))
# Of each address and kind of case; a tenth of them in a usual run, all in `make soak`.
EXAMPLES, LEAST = (400, 2000) if IS_SOAK else (30, 200)


def write_articles(folder: Path) -> Path:
    folder.mkdir()
    (folder / "a b.txt").write_text("A&B <b>港口</b> ★\n\n第二段", "utf-8")
    (folder / "r.jsonl").write_text('{"id": "0", "body": "港口", "date": "2024-06"}\n', "utf-8")
    return folder


def test_no_answer_is_wrong_or_undocumented(tmp_path):
    docs = write_articles(tmp_path / "docs")
    no_limit = '[site]\nrate = "0/minute"\n'
    with served(tmp_path / "index", ROOT / "seeds", docs, settings=no_limit) as site:
        command = [Path(sys.executable).with_name("st"), "run", f"{site}/openapi.json"]
        command += ["--checks", "all", "--max-examples", str(EXAMPLES)]
        command += ["--generation-deterministic", "--no-color"]
        run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout
    found = re.search(r"(\d+) generated, (\d+) passed", run.stdout)
    assert found, run.stdout
    assert found[1] == found[2]
    assert int(found[1]) >= LEAST
    # All but the description itself, which it read to begin with.
    assert re.search(r"Tested: +7$", run.stdout, re.MULTILINE), run.stdout
