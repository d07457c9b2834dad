"""What may be asked of a job, the same for every engine, and how the job travels to the processes that do it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypedDict

import stripper
from stripper.batch.document import LONGEST, Cleaning
from stripper.batch.pool import Pool
from stripper.cleaner import Cleaner
from stripper.locate.second import DEFAULT, Engine
from stripper.types import Policy


class Options(TypedDict, total=False):
    """The options of `clean_batch` and of every engine's shell. All may be left out.

    Columns are given by their names. Without `html` and `text` the page stands in "html", if there is such a column, and else in "text"; with both,
    text counts where html has no value.
    """

    html: str
    """The column of HTML pages, str or bytes."""
    text: str
    """The column of flattened pages."""
    url: str
    """The column that says where pages come from; "url", if there is one of text."""
    id: str
    """A column that the output must have. It is passed on as all others are, but a job whose table lacks it ends at once."""
    crawled: str
    """The column that says when pages were fetched: timestamps, dates, or either in ISO 8601."""
    encoding: str
    """The column of charsets that came with pages given as bytes."""
    keep: bool
    """Whether the columns of pages stay in the output, too. Without it they are left out, since they are most of a table."""
    prefix: str
    """Stands before the names of new columns; for tables that have columns of these names already."""
    removed: bool
    """Whether there is a column of the removed spans."""
    large: bool
    """Whether new columns have Arrow's large types, which batches of more than 2 GiB need."""
    packs: Iterable[str | Path]
    policy: Policy
    engine: Engine
    """These three as for Cleaner. Paths are read in each process, so they must lead to the same files everywhere."""
    isolate: bool
    """Whether pages are cleaned in another process, one for each thread that cleans at the same time, so that a crash or a page that never ends costs
    its own row and nothing else."""
    timeout: float
    """Seconds that one page may take, 20 unless said otherwise; needs `isolate`."""
    memory: int
    """Bytes of memory that the process of its own may use, 1 GiB unless said otherwise; needs `isolate`."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The names of the columns that the job was told of."""

    html: str | None = None
    text: str | None = None
    url: str | None = None
    id: str | None = None
    crawled: str | None = None
    encoding: str | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """Options, checked. It pickles, and holds nothing but its description: what it needs is loaded once in each process that works at it."""

    columns: Columns
    cleaning: Cleaning
    isolate: bool = False
    keep: bool = False
    prefix: str = ""
    large: bool = False
    begun_with: tuple[str, ...] = ()
    """The version of stripper and the labels of the packs, where the job was begun in another process; () where any will do."""


_COLUMNS = tuple(field.name for field in dataclasses.fields(Columns))
_MOST = {"timeout": LONGEST, "memory": 1 << 62}
"""Seconds, and bytes, beyond which resource limits overflow in the process that is to clean."""
_KINDS: dict[str, tuple[type | tuple[type, ...], str]] = {
    **dict.fromkeys(_COLUMNS, (str, "the name of a column")),
    **dict.fromkeys(("keep", "removed", "large", "isolate"), (bool, "True or False")),
    "prefix": (str, "text"),
    "packs": ((str, Path, Iterable), "names and paths of packs"),
    "policy": (Policy, "a Policy"),
    "engine": (str, "the name of an engine"),
    "timeout": ((int, float), "seconds"),
    "memory": (int, "bytes, a whole number"),
}
"""What each option's values are, for Python and for people."""


def job(options: Mapping[str, Any]) -> Job:
    """The job that `options` (as in Options) describe; those that are None count as left out. Raises TypeError for unknown ones and wrong types, and
    ValueError for what can't be."""
    if unknown := sorted(set(options) - Options.__annotations__.keys()):
        raise TypeError(f"unknown option {', '.join(map(repr, unknown))}; there are {', '.join(Options.__annotations__)}")
    given = {name: _checked(name, value) for name, value in options.items() if value is not None}
    columns = Columns(**{name: given.pop(name, None) for name in _COLUMNS})
    isolate = given.get("isolate", False)
    sandbox = {name: given.pop(name) for name in _MOST if name in given}
    if sandbox and not isolate:
        raise ValueError(f"{' and '.join(sandbox)}: this limits a process of its own, so it needs isolate=True")
    for name, limit in sandbox.items():
        if not 0 < limit <= _MOST[name]:
            raise ValueError(f"{name} is {limit!r}, expected a limit above 0, and one that a machine can count to")
    cleaning = Cleaning(
        packs=_packs(given.get("packs", "core")),
        policy=given.get("policy", Policy()),
        engine=given.get("engine", DEFAULT),
        form="row",
        removed=given.get("removed", False),
        **({} if isolate else {"memory": 0}) | sandbox,
    )
    return Job(columns, cleaning, isolate, given.get("keep", False), given.get("prefix", ""), given.get("large", False))


def begun(options: Mapping[str, Any]) -> Job:
    """The same for engines with processes of their own: it loads the packs, so that what is wrong with them ends the job before it begins, and the
    job knows them, so that no process goes on with others. Raises PackError, PolicyError and WeightsError as Cleaner does, and WorkerError where
    pages are to be cleaned in another process and that can't be, for want of memory above all."""
    described = job(options)
    cleaning = described.cleaning
    if described.isolate:
        with Pool(cleaning, 1) as pool:
            packs = pool.packs
    else:
        packs = Cleaner(cleaning.packs, cleaning.policy, cleaning.engine).packs
    return dataclasses.replace(described, begun_with=beginning(packs))


def beginning(packs: tuple[str, ...]) -> tuple[str, ...]:
    """With what a job begins that has packs of these labels in this process."""
    return f"stripper {stripper.__version__}", *packs


def _checked(option: str, value: Any) -> Any:
    """Raises TypeError where a value is none that the option may have; else only a process that cleans would, perhaps long after."""
    kind, expected = _KINDS[option]
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        raise TypeError(f"{option} is {value!r}, expected {expected}")
    return value


def _packs(given: str | Path | Iterable[str | Path]) -> tuple[str | Path, ...]:
    """Packs as Cleaner takes them; paths lead to the same places from wherever other processes stand."""
    packs = (given,) if isinstance(given, str | Path) else tuple(given)
    if wrong := [pack for pack in packs if not isinstance(pack, str | Path)]:
        raise TypeError(f"packs holds {wrong[0]!r}, expected {_KINDS['packs'][1]}")
    return tuple(pack.absolute() if isinstance(pack, Path) else pack for pack in packs)
