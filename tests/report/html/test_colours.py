"""The colours of the families hold for readers who see fewer colours: measured, for each form of colour blindness, in light and dark."""

from __future__ import annotations

import re
from itertools import combinations

import numpy as np
import pytest

from stripper.report.html.families import FAMILIES, FIELD
from stripper.report.html.page import _static

# Machado, Oliveira and Fernandes 2009, "A Physiologically-based Model for Simulation of Color Vision Deficiency", at full severity, on linear RGB
SIGHT = {
    "full": np.eye(3),
    "protanopia": np.array([[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]),
    "deuteranopia": np.array([[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]),
    "tritanopia": np.array([[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]),
}
XYZ = np.array([[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]])
WHITE = XYZ.sum(axis=1)
APART = 10.0
"""CIE 1976 ΔE*ab; two patches side by side are told apart from about 2.3 on."""


def schemes() -> dict[str, dict[str, str]]:
    """The variables of the light and of the dark scheme."""
    light, dark = re.findall(r":root \{(.*?)\}", _static("page.css"), re.S)
    first, second = (dict(re.findall(r"--([\w-]+): (#\w{6})", scheme)) for scheme in (light, dark))
    return {"light": first, "dark": {**first, **second}}


def seen(colour: str, sight: str) -> np.ndarray:
    """A colour as CIE L*a*b*, as somebody sees it."""
    rgb = np.array([int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    xyz = XYZ @ np.clip(SIGHT[sight] @ linear, 0, 1) / WHITE
    root = np.where(xyz > 216 / 24389, np.cbrt(xyz), (24389 / 27 * xyz + 16) / 116)
    return np.array([116 * root[1] - 16, 500 * (root[0] - root[1]), 200 * (root[1] - root[2])])


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("sight", SIGHT)
def test_families_are_told_apart(scheme: str, sight: str) -> None:
    colours = schemes()[scheme]
    for one, other in combinations([*FAMILIES, FIELD], 2):
        apart = float(np.linalg.norm(seen(colours[one], sight) - seen(colours[other], sight)))
        assert apart >= APART, f"{one} and {other}: {apart:.1f}"


def test_each_family_has_a_line_of_its_own_below_the_text() -> None:
    below = dict(re.findall(r"\.f-(\w+) \{[^}]*--below: (\w+)", _static("page.css")))
    assert set(below) == {*FAMILIES, FIELD}
    assert len({below[name] for name in FAMILIES}) == len(FAMILIES)
