"""The page of `stripper explain --html`: one explained page, or several with a list and a search."""

from __future__ import annotations

from collections.abc import Sequence

from stripper.report.html.explained import Explained
from stripper.report.html.page import page


def explain_page(pages: Sequence[Explained]) -> str:
    """A page of HTML that shows one or more explained pages."""
    title = f"{pages[0].name}: explained" if len(pages) == 1 else f"{len(pages)} pages explained"
    return page("explain.html", title, scripts=("marks.js", "pages.js"), pages=pages)
