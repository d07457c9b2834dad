"""The rules' pages in docs/, written from the rules themselves: `stripper rules docs FOLDER`.

One page per rule set and an index; and where measured.csv lies in the folder (`stripper rules stats CORPUS... --csv FOLDER/measured.csv`), what the
rules turned out to be worth. Pages of rule sets that are gone are deleted; files that this program didn't write are left alone.
"""

from __future__ import annotations

import inspect
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path

from stripper.rules.base import ContextRule, Example, Pack, PatternRule, Rule, RuleSet
from stripper.rules.match import full_id
from stripper.rules.worth import CutWorth, Input, RuleWorth, Worth, from_csv, together

_GENERATED = "<!-- Written by `stripper rules docs`. Change the rule set, not this page. -->"
_MISSING = "–"


MEASURED = "measured.csv"
_INPUTS: tuple[tuple[Input, str], ...] = (("html", "HTML"), ("text", "flat text"))
_Worths = Mapping[str, Sequence[RuleWorth]]
"""What each rule, by its full id, is worth: from HTML, and from flat text."""


def pages(pack: Pack, worth: Worth | None = None) -> dict[str, str]:
    """File name -> Markdown, for every rule set of a pack, for the index, and for what was measured."""
    worths: dict[str, list[RuleWorth]] = defaultdict(list)
    for line in worth.rules if worth else ():
        worths[line.rule].append(line)
    found = {f"{rule_set.name}.md": _page(pack, rule_set, worths) for rule_set in pack.sets}
    return {"index.md": _index(pack, worth), **found, **({"measured.md": _measured(pack, worth)} if worth else {})}


def measured(folder: Path) -> Worth | None:
    """What was measured of the rules, as it lies beside their pages; None where it doesn't. Raises ValueError where it is something else."""
    file = folder / MEASURED
    return from_csv(file.read_text("utf-8")) if file.exists() else None


def write(pack: Pack, folder: Path) -> None:
    """Write a pack's pages into a folder, and delete the pages there of rule sets that the pack no longer has."""
    folder.mkdir(parents=True, exist_ok=True)
    current = pages(pack, measured(folder))
    for old in sorted(folder.glob("*.md")):
        if old.name not in current and old.read_text("utf-8").startswith(_GENERATED):
            old.unlink()
    for name, content in current.items():
        (folder / name).write_text(content, "utf-8")


def _index(pack: Pack, worth: Worth | None) -> str:
    rows = [(f"[{s.name}]({s.name}.md)", str(s.kind), str(len(s.rules)), _one_line(s.marks)) for s in sorted(pack.sets, key=lambda s: s.name)]
    count = sum(len(s.rules) for s in pack.sets)
    said = f"The pack `{pack.name}` holds {_counted(count, 'rule')} in {_counted(len(pack.sets), 'rule set')}."
    if worth:
        said += " What each of them is worth was [measured](measured.md)."
    return "\n\n".join([_GENERATED, f"# Rules of the pack {pack.name}", said, _table(("rule set", "kind", "rules", "marks"), rows)]) + "\n"


def _page(pack: Pack, rule_set: RuleSet, worths: _Worths) -> str:
    rules = sorted(rule_set.rules, key=lambda r: r.id)
    head: tuple[str, ...] = ("rule", "form", "reach", "where", "score", "languages")
    rows = [_row(r) for r in rules]
    if worths:
        head = (*head, "[fired on](measured.md)")
        rows = [(*row, _fired(worths.get(full_id(pack, rule_set, rule.id)))) for row, rule in zip(rows, rules, strict=True)]
    parts = [
        _GENERATED,
        f"# {rule_set.name}",
        f"{_counted(len(rules), 'rule')} of the kind `{rule_set.kind}`, in `{_file(rule_set)}`.",
        f"**What it marks.** {_one_line(rule_set.marks)}",
        f"**Why.** {_one_line(rule_set.why)}",
        f"**What it misses.** {_one_line(rule_set.misses)}",
        "## Rules",
        _table(head, rows),
        "## Examples",
        "What stands between ⟦ and ⟧ is marked; an example without them is left alone.",
        *(part for rule in rules for part in _examples(rule)),
    ]
    return "\n\n".join(parts) + "\n"


def _fired(lines: Sequence[RuleWorth] | None) -> str:
    """Pages on which a rule fired, in HTML and in flat text, and its precision on both; a rule that is newer than the measurement has neither."""
    if not lines:
        return _MISSING
    judged = sum(line.judged for line in lines)
    precision = f", {sum(line.outside for line in lines) / judged:.3f}" if judged else ""
    return " / ".join(str(line.pages) for line in lines) + precision


def _measured(pack: Pack, worth: Worth) -> str:
    return (
        "\n\n".join(
            [
                _GENERATED,
                "# What the rules are worth",
                f"Measured with {', '.join(f'`{label}`' for label in worth.packs)} on [the corpora](../data.md) by",
                "<!-- not run: the corpora lie elsewhere -->",
                f"```console\n$ stripper rules stats CORPUS... --csv docs/rules/{MEASURED}\n$ make rules\n```",
                _one_line(_HOW),
                "## How often they cut into the story",
                _table(_CUT_COLUMNS, list(_cut_rows(worth.cuts))),
                "## The same by kind of rule",
                _table(_KIND_COLUMNS, list(_kind_rows(worth))),
                *(part for form, said in _INPUTS for part in _rule_parts(pack, said, worth.of(form))),
                *_silent_parts(pack, worth),
            ]
        )
        + "\n"
    )


_HOW = """Each page is cleaned as HTML, and as flat text, which is its visible text, a block a line. A sentence of its gold body is *cut* where rules,
by their own word and not by the locator's, removed more than half of it at every place of the page where it stands; sentences of fewer than ten
characters aren't counted. *Other text* is what stands outside the gold body, in characters that aren't blank. A rule's precision is the share of the
characters it marked that stand outside; where a headline, a caption or an aside is left out of the gold, or a teaser says a sentence of the story
again, that counts for the rule or against it. Rules were written with these pages in view, so other pages will come out a little worse."""
_CUT_COLUMNS = ("input", "corpus", "pages of kind", "pages", "sentences", "cut", "per 1,000 sentences", "per 1,000 pages", "other text removed")
_KIND_COLUMNS = ("kind", *(f"{column}, {said}" for _, said in _INPUTS for column in ("characters removed", "sentences cut", "per 1,000 pages")))
_RULE_COLUMNS = ("rule", "kind", "pages", "spans", "characters", "removed", "precision", "cut", "shared", "most with")


def _cut_rows(cuts: Sequence[CutWorth]) -> Iterator[tuple[str, ...]]:
    for (form, corpus), lines in groupby(cuts, key=lambda cut: (cut.input, cut.corpus)):
        found = list(lines)
        for line in [*found, together(found)] if len(found) > 1 else found:
            rates = f"{line.per_1000_sentences:.2f}", f"{line.per_1000_pages:.0f}", f"{line.cleared:.3f}"
            yield dict(_INPUTS)[form], corpus, line.kind, f"{line.pages:,}", f"{line.sentences:,}", f"{line.cut:,}", *rates


def _kind_rows(worth: Worth) -> Iterator[tuple[str, ...]]:
    for kind in sorted({rule.kind for rule in worth.rules}):
        cells: list[str] = []
        for form, _ in _INPUTS:
            rules = [rule for rule in worth.of(form) if rule.kind == kind]
            cut, judged = sum(rule.cut for rule in rules), sum(line.pages for line in worth.cuts if line.input == form)
            cells += [f"{sum(rule.removed for rule in rules):,}", f"{cut:,}", f"{1000 * cut / judged:.0f}" if judged else _MISSING]
        yield kind, *cells


def _rule_parts(pack: Pack, said: str, rules: Iterable[RuleWorth]) -> Iterator[str]:
    """The rules that fired on one input."""
    rows = []
    for rule in rules:
        if rule.pages:
            precision = _MISSING if rule.precision is None else f"{rule.precision:.3f}"
            counts = [f"{count:,}" for count in (rule.pages, rule.spans, rule.marked, rule.removed)]
            shared = f"{rule.shared / rule.marked:.2f}" if rule.marked else _MISSING
            rows.append((_linked(pack, rule.rule), rule.kind, *counts, precision, f"{rule.cut:,}", shared, rule.partner))
    if rows:
        yield f"## Rule by rule, from {said}"
        yield _table(_RULE_COLUMNS, rows)


def _silent_parts(pack: Pack, worth: Worth) -> Iterator[str]:
    if worth.silent:
        yield "## Never fired"
        yield "Neither in HTML nor in flat text, on none of these pages: " + ", ".join(_linked(pack, rule) for rule in worth.silent) + "."


def _linked(pack: Pack, rule_id: str) -> str:
    """A rule's full id, leading to its place in the page of its set; without a link where the pack no longer has it."""
    for rule_set in pack.sets:
        for rule in rule_set.rules:
            if full_id(pack, rule_set, rule.id) == rule_id:
                return f"[{rule_id}]({rule_set.name}.md#{rule.id})"
    return rule_id


def _file(rule_set: RuleSet) -> str:
    return Path(rule_set.file).name if rule_set.file else f"{rule_set.name.replace('-', '_')}.py"


def _row(rule: PatternRule | Rule | ContextRule) -> tuple[str, ...]:
    name = f"[{rule.id}](#{rule.id})"
    if isinstance(rule, PatternRule):
        return name, rule.form, rule.reach, rule.where, f"{rule.score:g}", ", ".join(rule.languages) or _MISSING
    form = "Python, sees other marks" if isinstance(rule, ContextRule) else "Python"
    return name, form, _MISSING, _MISSING, f"{rule.score:g}", ", ".join(getattr(rule, "languages", ())) or _MISSING


def _examples(rule: PatternRule | Rule | ContextRule) -> Iterator[str]:
    yield f"### {rule.id}"
    if not isinstance(rule, PatternRule) and (said := _docstring(rule)):
        yield said
    yield _fenced(next(e for e in rule.examples if e.marked))
    yield _fenced(next(e for e in rule.examples if not e.marked))


def _docstring(rule: Rule | ContextRule) -> str:
    """The rule's own words on what it does; "" where a dataclass wrote them."""
    said = type(rule).__doc__ or ""
    return "" if said.startswith(f"{type(rule).__name__}(") else inspect.cleandoc(said)


def _fenced(example: Example) -> str:
    language = "html" if example.source.lstrip().startswith("<") else "text"
    fence = "~~~~~" if "```" in example.source else "```"
    return f"{fence}{language}\n{example.source.strip()}\n{fence}"


def _table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", r"\|") for cell in line) + " |" for line in lines)


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _one_line(said: str) -> str:
    return " ".join(said.split())
