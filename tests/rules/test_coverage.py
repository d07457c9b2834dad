"""A page in a language that no pack in use knows says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from stripper import Cleaner, Kind
from stripper.rules.coverage import WORDED, spoken, unspoken
from stripper.rules.load import load_packs

LANGUAGES = ["en", "de", "fr", "es", "pt", "it", "nl", "pl", "tr", "ru", "ja", "zh"]
SPOKEN = spoken(load_packs(["core"]))
ESTONIAN = (
    "Vana veski saab raamatukoguks\n\n"
    "Vana veski on olnud tühi ja see on nüüd küla oma, ütles vallavanem, kui rahvas oli kokku tulnud ja kõik ta juttu kuulsid.\n\n"
    "See ei ole veel kõik, sest veski juures on ka aed, mis oli kunagi suur ja mida hoiti korras, aga siis jäi see maha või unustati ära.\n"
)
SHARE = """
kind = "share"
marks = "Buttons."
why = "They spread the page."
misses = "Others."

[[rule]]
id = "jaga"
languages = ["et"]
keywords = ["jaga"]
block = 'jaga'
examples = ["⟦Jaga⟧", "Ta ei jaga seda."]
"""


@pytest.mark.parametrize("language", LANGUAGES)
def test_core_has_phrases_of_every_worded_kind_in_twelve_languages(language: str) -> None:
    assert SPOKEN[language] == WORDED


def test_an_unknown_language_is_a_warning() -> None:
    article = Cleaner().clean(ESTONIAN)
    assert article.language == "et"
    (warning,) = article.warnings
    assert "'et' for 0 of 13 kinds" in warning


def test_a_pack_may_add_to_a_language(tmp_path: Path) -> None:
    path = tmp_path / "jagamine.toml"
    path.write_text(SHARE, encoding="utf-8")
    (warning,) = Cleaner(["core", path]).clean(ESTONIAN).warnings
    assert "'et' for 1 of 13 kinds" in warning


@pytest.mark.parametrize(("kinds", "warned"), [(0, True), (6, True), (7, False), (13, False)])
def test_half_of_the_kinds_are_enough(kinds: int, warned: bool) -> None:
    known = {"et": frozenset(sorted(WORDED)[:kinds])}
    assert (unspoken("et", known) is not None) is warned


def test_no_language_no_warning() -> None:
    assert unspoken(None, {}) is None
    assert unspoken("en", {"en": frozenset(Kind)}) is None
