"""Families of kinds: twenty-two kinds need more colours than an eye can tell apart, so those that ask for the same share one.

Colours never stand alone: every span is named in words, and each family has its own line below the text.
"""

from __future__ import annotations

from stripper.types import FIELD_KINDS, Kind

FAMILIES: dict[str, tuple[Kind, ...]] = {
    "asks": (Kind.PAYWALL, Kind.NEWSLETTER, Kind.LOGIN, Kind.APP_PROMO, Kind.COOKIE, Kind.ADVERT),
    "leads": (Kind.NAVIGATION, Kind.BREADCRUMB, Kind.RELATED, Kind.TOPICS, Kind.PAGINATION),
    "controls": (Kind.SHARE, Kind.ICON_ALT, Kind.WIDGET, Kind.COMMENTS),
    "about": (Kind.CAPTION, Kind.CREDIT, Kind.TIMESTAMP, Kind.AUTHOR_BIO, Kind.DISCLAIMER, Kind.COPYRIGHT),
    "off": (Kind.OFF_STORY,),
}
"""What asks the reader for something; what leads to other pages; what is pressed, and other readers; what is said about the story; the rest."""
FIELD = "field"

_FAMILY = {str(kind): name for name, kinds in FAMILIES.items() for kind in kinds} | {str(kind): FIELD for kind in FIELD_KINDS}


def family(kind: str) -> str:
    """The family of a kind, which is the class of its colour in page.css: a key of FAMILIES, or "field". Unknown kinds count as "off"."""
    return _FAMILY.get(kind, "off")
