"""stripper turns a scraped page into its article, and names everything it leaves out."""

from stripper.article import Article, Part, Status
from stripper.cleaner import Cleaner, clean
from stripper.errors import Defect, PackError, PolicyError, ReadError, RuleError, StripperError, WeightsError
from stripper.types import Action, Hit, Kind, Mark, Outcome, Policy, Witness

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
