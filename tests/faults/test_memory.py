"""A process that is used for long takes no more memory than it did soon after it began."""

import subprocess
import sys
from pathlib import Path
from statistics import median

import pytest
from fault_cases import IS_SOAK

SECONDS = 3600 if IS_SOAK else 0  # then as many rounds as there must be
ALLOWED = 8 << 20  # bytes, beside a twentieth: allocators keep some


def test_memory_is_flat(tmp_path: Path) -> None:
    script = Path(__file__).with_name("using.py")
    ran = subprocess.run(
        [sys.executable, script, tmp_path, str(SECONDS)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    samples = [int(line.split()[1]) for line in ran.stdout.splitlines()]
    if len(samples) < 5:
        pytest.fail(f"only {len(samples)} samples: this test is broken, not the code")
    fifth = len(samples) // 5
    early, late = median(samples[fifth : 2 * fifth]), median(samples[-fifth:])
    assert late < early * 1.05 + ALLOWED, samples
