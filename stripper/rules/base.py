"""What a rule is. A rule file written in Python imports this module and `stripper.types`, and nothing else of stripper.

A rule set is one file about one kind of boilerplate. Most are TOML tables, which become PatternRules (see `stripper.rules.load`).
What a table can't say is a class with the same attributes and a `find` method; its file ends with `RULE_SET = RuleSet(...)`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, runtime_checkable

from stripper.types import Hit, Kind, Mark, Page

OPEN, CLOSE = "⟦", "⟧"

Form = Literal["block", "inline", "run", "tokens"]
Reach = Literal["match", "block", "list", "rest"]
Where = Literal["anywhere", "head", "tail"]


@dataclass(frozen=True, slots=True)
class Example:
    """A text in which ⟦ and ⟧ stand around what the rule must mark; without any, it must mark nothing.

    Where the text begins with "<" it is read as HTML, and the brackets stand inside the page's text.
    """

    source: str

    @property
    def marked(self) -> bool:
        """Whether the rule must mark something in it."""
        return OPEN in self.source


class Described(Protocol):
    """What every rule tells about itself."""

    @property
    def id(self) -> str:
        """Name of what it finds, unique in its rule set ("already-subscriber"); never reused for something else."""

    @property
    def score(self) -> float:
        """How sure it is, in (0, 1]."""

    @property
    def examples(self) -> tuple[Example, ...]:
        """At least one that it marks and one that it leaves."""


@runtime_checkable
class Rule(Described, Protocol):
    """A rule that looks at the page alone."""

    def find(self, page: Page) -> Iterable[Hit]:
        """Spans of the page that are of the rule set's kind, in any order."""


@runtime_checkable
class ContextRule(Described, Protocol):
    """A rule that also sees the marks of all rules that look at the page alone. It sees them once; context rules don't see each other."""

    def extend(self, page: Page, marks: Sequence[Mark]) -> Iterable[Hit]:
        """Spans of the page that are of the rule set's kind, in any order."""


@dataclass(frozen=True, slots=True)
class PatternRule:
    """A rule that a table can say. `stripper.rules.match` runs all of them together; docs/writing-rules.md says what each key means."""

    id: str
    form: Form
    pattern: str = ""
    """RE2 expression over the folded text of one block, for `block` and `inline`; a table may give its alternatives as a list."""
    words: tuple[str, ...] = ()
    """The words of a `run`, or the markup words of `tokens`."""
    least: int = 3
    keywords: tuple[str, ...] = ()
    reach: Reach = "match"
    where: Where = "anywhere"
    max_chars: int = 0
    languages: tuple[str, ...] = ()
    score: float = 0.9
    examples: tuple[Example, ...] = ()
    line: int = 0


@dataclass(frozen=True, slots=True)
class RuleSet:
    """The rules about one kind of boilerplate, or one field."""

    name: str
    kind: Kind
    marks: str
    """What it marks, in a sentence or two."""
    why: str
    """Why that is boilerplate; stands beside every removed span."""
    misses: str
    """What it is known to miss."""
    rules: tuple[PatternRule | Rule | ContextRule, ...]
    file: str = ""


@dataclass(frozen=True, slots=True)
class Pack:
    """Rule sets that are published, versioned and used together."""

    name: str
    version: str
    hash: str
    """The first 12 hexadecimal digits of the SHA-256 of its files, names and contents, in order of their names."""
    sets: tuple[RuleSet, ...]

    @property
    def label(self) -> str:
        """Name, version and hash, as an Article names the pack."""
        return f"{self.name} {self.version} {self.hash}"
