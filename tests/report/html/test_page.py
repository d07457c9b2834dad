"""A page stands alone: everything in it is inside, its policy fits what it holds, and what it says is text."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stripper.errors import OutputError
from stripper.report.html.explain import explain_page
from stripper.report.html.explained import Explained, Line, Span
from stripper.report.html.families import FAMILIES, family
from stripper.report.html.page import fragment, page, save
from stripper.types import FIELD_KINDS, Kind


def shown(text: str) -> Explained:
    span = Span(text, "share", "controls", "removed", text, 0.9, text)
    return Explained(text, text, 0.5, len(text), 0, (), (Line((span, Span(text)), False),), (), text, text, (text, text), (), (text,))


def test_the_policy_names_what_is_in_the_page_and_nothing_else() -> None:
    written = explain_page([shown("x")])
    policy = dict(rule.split(" ", 1) for rule in re.search(r'Policy" content="([^"]+)"', written)[1].replace("&#39;", "'").split("; "))
    for element, rule in (("style", "style-src"), ("script", "script-src")):
        inside = re.findall(rf"<{element}>(.*?)</{element}>", written, re.S)
        assert len(inside) == 1
        assert policy[rule] == f"'sha256-{base64.b64encode(hashlib.sha256(inside[0].encode()).digest()).decode()}'"
    assert policy["default-src"] == policy["base-uri"] == policy["form-action"] == policy["connect-src"] == "'none'"
    assert not re.search(r"\bsrc=|\bhref=|url\(|@import|\bstyle=|\son\w+=", written)


def test_a_page_without_scripts_allows_none() -> None:
    assert "script-src &#39;none&#39;" in page("base.html", "A title")
    assert "connect-src &#39;self&#39;" in page("base.html", "A title", connect=True)


@given(
    st.text(st.characters(codec=None), min_size=1, max_size=40)
    | st.sampled_from(["</script>", "</style>", "<!--", "]]>", '" onload="x', "{{ 7 * 7 }}"])
)
def test_whatever_a_page_says_is_text(said: str) -> None:
    plain = explain_page([shown("x")])
    written = explain_page([shown(said)])
    assert re.findall(r"</?\w+|<!", written) == re.findall(r"</?\w+|<!", plain)
    written.encode("utf-8")


def test_an_unknown_value_of_a_template_is_an_error() -> None:
    with pytest.raises(Exception, match="'pages' is undefined"):
        fragment("explain.html", title="x", policy="", generator="", style="", script="")


def test_save_overwrites_its_own_pages_and_no_other_file(tmp_path: Path) -> None:
    target = tmp_path / "out.html"
    save(target, page("base.html", "one"))
    save(target, page("base.html", "two"))
    assert "<title>two</title>" in target.read_text("utf-8")
    target.write_text("<title>mine</title>", "utf-8")
    with pytest.raises(OutputError, match=r"out\.html: it exists, and isn't a page that stripper made"):
        save(target, page("base.html", "three"))
    assert target.read_text("utf-8") == "<title>mine</title>"
    with pytest.raises(OutputError, match="No such file or directory"):
        save(tmp_path / "none" / "out.html", "x")
    with pytest.raises(OutputError, match="directory"):
        save(tmp_path, "x")
    assert [file.name for file in tmp_path.iterdir()] == ["out.html"]


def test_every_kind_has_a_family() -> None:
    of_families = [kind for kinds in FAMILIES.values() for kind in kinds]
    assert sorted(of_families) == sorted(set(Kind) - FIELD_KINDS)
    assert {family(kind) for kind in FIELD_KINDS} == {"field"}
    assert family("of a later version") == "off"
