"""A batch that is told when to begin, to go on and to replace."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from stripper.batch.document import Result
from stripper.batch.manifest import read_manifest
from stripper.batch.run import Begin, Job, run
from stripper.batch.tally import Tally
from stripper.batch.watcher import Unwatched
from stripper.errors import OutputError

TEXT = "The mill at Tarn will open as a library in September, the mayor said at a meeting on Tuesday night in the school.\n\n"


class Rival(Unwatched):
    """Puts something where the output is to stand, while the batch runs."""

    def __init__(self, output: Path) -> None:
        self.output = output

    def start(self, total_bytes: int, before: Tally) -> None:
        self.output.write_text("mine")

    def saw(self, result: Result) -> None:
        assert self.output.exists()


def test_what_appears_in_the_outputs_place_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "crawl.jsonl").write_text("".join(json.dumps({"text": f"{TEXT}{number}"}) + "\n" for number in range(3)))
    output = tmp_path / "out.jsonl"
    job = Job((str(tmp_path / "crawl.jsonl"),), output)
    for begin in (Begin.NEW, Begin.RESUME):
        with pytest.raises(OutputError, match="move it away"):
            run(job, begin, Rival(output))
        assert output.read_text() == "mine"
        manifest = read_manifest(output)
        assert manifest
        assert (manifest.state, manifest.tally["rows"]) == ("running", 3)
    output.unlink()
    assert run(job, Begin.RESUME).rows == 3
    assert [json.loads(line)["id"] for line in output.read_text("utf-8").splitlines()] == ["crawl.jsonl:1", "crawl.jsonl:2", "crawl.jsonl:3"]
