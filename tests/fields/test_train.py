"""Fitting the tables that choose headlines."""

from __future__ import annotations

import numpy as np
import pytest

from stripper.fields import headline_choice, headline_lines
from stripper.fields.head import Head, view
from stripper.read import read
from stripper.types import Story

train = pytest.importorskip("stripper.fields.train", reason="PyTorch is not installed", exc_type=ImportError)

PAGE = """<html><head><title>Ferry to Orsay sails again | The Bell</title><meta property="og:title" content="Ferry to Orsay sails again"></head><body>
<p>Harbour</p><h1>Ferry to Orsay sails again</h1><p>By Mara Quill, 3 May 2024</p>
<p>The ferry to Orsay sailed again on Monday, nine weeks after its engine was flooded in the harbour.</p></body></html>"""


def head() -> Head:
    page = read(PAGE, as_="html")
    last = len(page.blocks) - 1
    return view(page, (), Story(tuple(float(i == last) for i in range(last + 1)), frozenset({last}), 1.0))


def test_weights_times_features_are_the_scores() -> None:
    found = head()
    features, right = train._lines(found, "ferry to orsay sails again")
    scores = [
        line.score + headline_lines.beside(found, line.block)
        for line in headline_lines.lines(found, {"ferry to orsay sails again"})
        if not headline_lines.is_other(found, line.block, line.text)
    ]
    assert np.allclose(features @ list(headline_lines.WEIGHTS.values()), scores)
    assert right.sum() == 1
    features, right = train._values(found, "ferry to orsay sails again")
    assert features.shape == (len(right), len(headline_choice.WEIGHTS))
    assert right[int((features @ list(headline_choice.WEIGHTS.values())).argmax())]


def test_what_tells_right_from_wrong_gets_the_weight() -> None:
    examples = [train.Example(0, 1.0, np.array([[0.0, page], [1.0, page]]), np.array([False, True])) for page in (0.0, 1.0, 2.0)]
    telling, common = train._fitted(examples)
    assert telling > 1
    assert abs(common) < 1e-6
