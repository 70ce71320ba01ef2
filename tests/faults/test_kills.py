"""kill -9 before any operation of any run: a real process, a real signal.

What power cuts leave beside that is in test_power_cuts.
"""

import subprocess
import sys
from pathlib import Path

import pytest
from fault_cases import RUNS


@pytest.mark.parametrize("name", RUNS)
def test_a_process_killed_anywhere_leaves_the_index_before_or_the_one_after(
    tmp_path: Path, name: str
) -> None:
    script = Path(__file__).with_name("killing.py")
    ran = subprocess.run(
        [sys.executable, script, name, tmp_path], capture_output=True, text=True, check=False
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    assert int(ran.stdout) >= 5, "nothing was killed: this test is broken, not the code"
