"""The data that flows through stripper: pages, blocks, marks and policies. No heuristics live here.

Every position is an offset in code points into `Page.text`, and every span is half-open: `[start, end)`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Literal, NamedTuple

from stripper.errors import PolicyError


class Kind(StrEnum):
    """What a span of a page is. A closed list, in the field's own terms."""

    # fields of the article
    HEADLINE = "headline"
    STANDFIRST = "standfirst"
    BYLINE = "byline"
    DATE = "date"
    DATELINE = "dateline"
    SECTION = "section"
    BODY = "body"
    SUBHEADING = "subheading"
    # boilerplate
    ICON_ALT = "icon-alt"
    NAVIGATION = "navigation"
    BREADCRUMB = "breadcrumb"
    SHARE = "share"
    PAYWALL = "paywall"
    NEWSLETTER = "newsletter"
    COMMENTS = "comments"
    RELATED = "related"
    ADVERT = "advert"
    COOKIE = "cookie"
    CAPTION = "caption"
    CREDIT = "credit"
    TOPICS = "topics"
    TIMESTAMP = "timestamp"
    DISCLAIMER = "disclaimer"
    COPYRIGHT = "copyright"
    AUTHOR_BIO = "author-bio"
    APP_PROMO = "app-promo"
    LOGIN = "login"
    PAGINATION = "pagination"
    WIDGET = "widget"
    OFF_STORY = "off-story"

    __hash__ = str.__hash__  # an Enum's own is a call of Python code, and differs from that of the equal str

    @property
    def is_field(self) -> bool:
        """Whether spans of this kind belong to the article."""
        return self in FIELD_KINDS


LOCATOR = "locator"
CERTAIN = 1.0
"""The score of a rule that is obeyed whatever else speaks against it."""

FIELD_KINDS = frozenset({Kind.HEADLINE, Kind.STANDFIRST, Kind.BYLINE, Kind.DATE, Kind.DATELINE, Kind.SECTION, Kind.BODY, Kind.SUBHEADING})


class Outcome(StrEnum):
    """What became of a mark."""

    BODY = "body"
    """Its text stands in the body."""
    FIELD = "field"
    """Its text is a field."""
    REMOVED = "removed"
    """Its text was left out."""
    KEPT = "kept"
    """Boilerplate that the policy keeps in the body."""
    FLAGGED = "flagged"
    """Boilerplate that stays in the body because the policy only flags its kind."""
    OVERRULED = "overruled"
    """Stronger marks cover all of its text."""
    WEAK = "weak"
    """Its score is below the policy's threshold."""
    SPARED = "spared"
    """Too little would have been left, so nothing was removed."""

    __hash__ = str.__hash__


class Block(NamedTuple):
    """A paragraph, heading, list item, table row, caption or line of a page: `Page.text[start:end]`, without blanks around it."""

    start: int
    end: int
    lead: int = 0
    """Characters of a list marker and its blanks at the start ("• ", "3. ")."""
    gap: bool = False
    """Whether a blank line or a block border stands before it (in HTML: always)."""
    tag: str = ""
    """The HTML element that makes it a block: "p", "h2", "li", "tr", "pre", "blockquote", "figcaption", ...; "" for text."""
    level: int = 0
    """Heading level, 1 to 6; 0 where it is no heading."""
    path: str = ""
    """Names of the elements around it, outermost first, joined by "/"; "" for text."""
    words: frozenset[str] = frozenset()
    """Lower-case words of class, id, role and itemprop, its own and those of the elements around it."""
    link_chars: int = 0
    """Characters of it that stand inside links."""
    shared: int = 0
    """How many of the elements around it stand around the block before it, too; so blocks tell the tree that they come from."""


class Witness(NamedTuple):
    """One place that states a field's value.

    `origin` is "json-ld", "opengraph", "meta", "microdata", "script", "title", "url", "html", or for what was read from the text itself the id of
    the rule or reader that found it. `start` and `end` are its span in `Page.text`, or -1 where it has none.
    """

    field: str
    value: Any
    origin: str
    start: int = -1
    end: int = -1
    why: str = ""
    """Why this witness was believed before the others, in words; empty for those that weren't."""


class Selected(NamedTuple):
    """The text of an element that one of the packs' selectors matches."""

    start: int
    end: int
    selector: str


@dataclass(frozen=True, slots=True)
class Page:
    """A source after reading: one string, the blocks in it, and what the source declares about itself."""

    text: str
    """For text input the input itself, so that offsets are the caller's own; for HTML the visible text."""
    folded: str
    """`text` for matching: same length, lower case, every blank a plain space, quotes and dashes plain (see `read.text.fold`)."""
    blocks: tuple[Block, ...]
    source: Literal["html", "text"] = "text"
    url: str | None = None
    declared: tuple[Witness, ...] = ()
    language: str | None = None
    """The language that the source declares: a two- or three-letter code, or None."""
    encoding: str | None = None
    """The encoding that bytes were decoded from; None for str."""
    warnings: tuple[str, ...] = ()
    crawled: date | None = None
    """When the page was fetched, a date or a datetime, as the caller says; without it "2 hours ago" is no date."""
    selected: tuple[Selected, ...] = ()
    """Where the elements stand that were asked for when the page was read, in its order; elements without text are none."""


class Hit(NamedTuple):
    """What a rule yields: a span, and a score where it differs from the rule's own."""

    start: int
    end: int
    score: float | None = None


class Mark(NamedTuple):
    """A span with its provenance. Rules yield bare hits; the engine stamps the rest."""

    start: int
    end: int
    kind: Kind
    rule: str
    """Id of the rule, of the field reader, or "locator"."""
    score: float
    """How sure the rule is, in (0, 1]."""
    why: str = ""
    outcome: Outcome | None = None
    """None until `resolve` has settled it."""
    over: str = ""
    """The rule that overruled it."""
    text: str = ""
    """`Page.text[start:end]`, once settled."""

    def settle(self, outcome: Outcome, text: str, over: str = "") -> Mark:
        """The same mark with its outcome."""
        return Mark(self.start, self.end, self.kind, self.rule, self.score, self.why, outcome, over, text)


@dataclass(frozen=True, slots=True)
class Story:
    """The locator's verdict on a page."""

    scores: tuple[float, ...]
    """For each block how likely it belongs to this page's article, 0 to 1."""
    chosen: frozenset[int]
    """Indices of the blocks that were picked as the article's."""
    score: float
    """How sure the verdict is as a whole, 0 to 1."""
    found: bool = True
    """Whether the page has an article at all."""
    reasons: tuple[str, ...] = ()
    """For each block in words why it isn't the story; empty for those that are."""
    by: str = LOCATOR
    """Who picked them: "locator", or the id of the rule that is certain."""


class Action(StrEnum):
    """What a policy does with a kind of boilerplate."""

    REMOVE = "remove"
    """Its text is left out."""
    KEEP = "keep"
    """Its text stays in the body."""
    FLAG = "flag"
    """Its text stays in the body, and the mark says that it is boilerplate."""


def _kinds(values: Iterable[str]) -> frozenset[Kind]:
    if isinstance(values, str):
        values = (values,)
    known = {str(k): k for k in Kind}
    unknown = sorted(str(v) for v in values if str(v) not in known)
    if unknown:
        raise PolicyError(f"unknown kind {', '.join(unknown)}; the kinds are {', '.join(sorted(known.keys() - FIELD_KINDS))}")
    kinds = frozenset(known[str(v)] for v in values)
    if fields := sorted(kinds & FIELD_KINDS):
        raise PolicyError(f"{', '.join(fields)}: a field is never removed, so it can't be kept or flagged")
    return kinds


@dataclass(frozen=True, slots=True)
class Policy:
    """What to do with each kind of boilerplate. What is neither kept nor flagged is removed.

    `Policy(keep={"caption"})` leaves captions in the body; `flag={"paywall"}` leaves paywall pitches there too, with a mark on each.
    """

    keep: Collection[str] = frozenset()
    """Kinds that stay in the body, given as Kind or str; held as a frozenset of Kind."""
    flag: Collection[str] = frozenset()
    """Kinds that stay in the body and are marked as flagged; the same."""
    threshold: float = 0.5
    """Marks with a lower score remove nothing."""
    floor: int = 40
    """Fewest letters and digits that must be left (a CJK character counts three); below, nothing is removed and the status is "floor"."""

    def __post_init__(self) -> None:
        keep, flag = _kinds(self.keep), _kinds(self.flag)
        object.__setattr__(self, "keep", keep)
        object.__setattr__(self, "flag", flag)
        if both := sorted(keep & flag):
            raise PolicyError(f"{', '.join(both)}: kept and flagged at once")
        if not 0 <= self.threshold <= 1:
            raise PolicyError(f"threshold is {self.threshold}, expected 0 to 1")
        if self.floor < 0:
            raise PolicyError(f"floor is {self.floor}, expected 0 or more")

    def __reduce__(self) -> tuple[type[Policy], tuple[object, ...]]:
        """It pickles to the same bytes in every process, as no frozenset does; caches know a policy by them."""
        return Policy, (sorted(self.keep), sorted(self.flag), self.threshold, self.floor)

    def action(self, kind: Kind) -> Action:
        """What happens to marks of this kind of boilerplate."""
        return Action.KEEP if kind in self.keep else Action.FLAG if kind in self.flag else Action.REMOVE
