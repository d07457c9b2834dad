"""The soak in short: a few workers and parents are killed, and the output is that of an undisturbed run."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from patience import PATIENCE

pytest.importorskip("pyarrow")


@pytest.mark.slow
def test_killed_workers_and_parents_change_no_byte() -> None:
    command = [sys.executable, str(Path(__file__).with_name("soak.py")), "--worker-kills", "3", "--parent-kills", "2", "--records", "250"]
    done = subprocess.run([*command, "--outputs", "parquet", "--minutes", f"{PATIENCE / 60:g}", "--seed", "7"], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"^5 of 5 kills$", done.stdout, re.M)
