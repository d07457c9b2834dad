"""The manifest: what a batch was begun with and how far it is, replaced as a whole."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from stripper.batch.document import Place
from stripper.batch.manifest import Manifest, differences, manifest_path, read_manifest, write_manifest
from stripper.errors import BatchError, OutputError

BEGUN = {"inputs": ["pages"], "schema": 1}


def test_what_was_written_is_read(tmp_path: Path) -> None:
    output = tmp_path / "articles.jsonl"
    assert read_manifest(output) is None
    manifest = Manifest(BEGUN, replace=False)
    write_manifest(output, manifest)
    assert read_manifest(output) == manifest
    further = manifest.moved("running", Place(3, 17), 4096, {"statuses": {"ok": 5}})
    write_manifest(output, further)
    assert read_manifest(output) == further
    assert [path.name for path in tmp_path.iterdir()] == ["articles.jsonl.manifest"]


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"format": 99}', '{"format": 1}', '{"format": 1, "place": [1, 2], "colour": "blue"}', "\udcff"])
def test_what_is_no_manifest_is_named(tmp_path: Path, content: str) -> None:
    output = tmp_path / "articles.jsonl"
    manifest_path(output).write_bytes(content.encode("utf-8", "surrogateescape"))
    with pytest.raises(BatchError, match=r"articles\.jsonl\.manifest: .*expected the manifest of a batch"):
        read_manifest(output)


def test_a_manifest_that_cannot_be_written_leaves_the_one_before(tmp_path: Path) -> None:
    output = tmp_path / "articles.jsonl"
    write_manifest(output, Manifest(BEGUN, replace=False))
    (tmp_path / "articles.jsonl.manifest.new").mkdir()
    with pytest.raises(OutputError, match="can't write"):
        write_manifest(output, Manifest(BEGUN, replace=True))
    assert read_manifest(output) == Manifest(BEGUN, replace=False)


def test_differences_name_what_changed() -> None:
    assert differences(BEGUN, dict(BEGUN)) == []
    assert differences(BEGUN, {"inputs": ["pages", "more"], "schema": 1}) == ['inputs: ["pages"] before, ["pages", "more"] now']
    assert differences(BEGUN, {"inputs": ["pages"]}) == ["schema: 1 before, null now"]
    assert all(len(said) < 250 for said in differences({"inputs": ["x" * 1000]}, {"inputs": ["y" * 1000]}))


def test_it_is_plain_json(tmp_path: Path) -> None:
    output = tmp_path / "articles"
    write_manifest(output, Manifest(BEGUN, replace=False, place=Place(1, 2)))
    values = json.loads(manifest_path(output).read_text("utf-8"))
    assert values["begun_with"] == BEGUN
    assert values["state"] == "running"
    assert values["place"] == [1, 2]
