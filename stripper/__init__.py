"""stripper turns a scraped page into its article, and names everything it leaves out."""

from typing import TYPE_CHECKING, Any

from stripper.article import Article, Part, Status
from stripper.errors import Defect, PackError, PolicyError, ReadError, RuleError, StripperError, WeightsError
from stripper.types import Action, Hit, Kind, Mark, Outcome, Policy, Witness

if TYPE_CHECKING:
    from stripper.cleaner import Cleaner, clean

__version__ = "0.1.0"

__all__ = [
    "Action",
    "Article",
    "Cleaner",
    "Defect",
    "Hit",
    "Kind",
    "Mark",
    "Outcome",
    "PackError",
    "Part",
    "Policy",
    "PolicyError",
    "ReadError",
    "RuleError",
    "Status",
    "StripperError",
    "WeightsError",
    "Witness",
    "clean",
]


def __getattr__(name: str) -> Any:
    """`Cleaner` and `clean` on first use: they bring the parser, RE2 and numpy, which a program that only handles articles never needs."""
    if name not in ("Cleaner", "clean"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import stripper.cleaner

    found = globals()[name] = getattr(stripper.cleaner, name)
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
