"""The rules' pages in docs/, written from the rules themselves: `python -m stripper.rules.docs FOLDER [PACK]`.

One page per rule set and an index. Pages of rule sets that are gone are deleted; files that this program didn't write are left alone.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from stripper.rules.base import ContextRule, Example, Pack, PatternRule, Rule, RuleSet
from stripper.rules.load import load_packs

_GENERATED = "<!-- Written by `python -m stripper.rules.docs`. Change the rule set, not this page. -->"
_MISSING = "–"


def pages(pack: Pack) -> dict[str, str]:
    """File name -> Markdown, for every rule set of a pack and for the index."""
    found = {f"{rule_set.name}.md": _page(rule_set) for rule_set in pack.sets}
    return {"index.md": _index(pack), **found}


def write(pack: Pack, folder: Path) -> None:
    """Write a pack's pages into a folder, and delete the pages there of rule sets that the pack no longer has."""
    folder.mkdir(parents=True, exist_ok=True)
    current = pages(pack)
    for old in sorted(folder.glob("*.md")):
        if old.name not in current and old.read_text("utf-8").startswith(_GENERATED):
            old.unlink()
    for name, content in current.items():
        (folder / name).write_text(content, "utf-8")


def _index(pack: Pack) -> str:
    rows = [(f"[{s.name}]({s.name}.md)", str(s.kind), str(len(s.rules)), _one_line(s.marks)) for s in sorted(pack.sets, key=lambda s: s.name)]
    count = sum(len(s.rules) for s in pack.sets)
    said = f"The pack `{pack.name}` holds {_counted(count, 'rule')} in {_counted(len(pack.sets), 'rule set')}."
    return "\n\n".join([_GENERATED, f"# Rules of the pack {pack.name}", said, _table(("rule set", "kind", "rules", "marks"), rows)]) + "\n"


def _page(rule_set: RuleSet) -> str:
    rules = sorted(rule_set.rules, key=lambda r: r.id)
    parts = [
        _GENERATED,
        f"# {rule_set.name}",
        f"{_counted(len(rules), 'rule')} of the kind `{rule_set.kind}`, in `{_file(rule_set)}`.",
        f"**What it marks.** {_one_line(rule_set.marks)}",
        f"**Why.** {_one_line(rule_set.why)}",
        f"**What it misses.** {_one_line(rule_set.misses)}",
        "## Rules",
        _table(("rule", "form", "reach", "where", "score", "languages"), [_row(r) for r in rules]),
        "## Examples",
        "What stands between ⟦ and ⟧ is marked; an example without them is left alone.",
        *(part for rule in rules for part in _examples(rule)),
    ]
    return "\n\n".join(parts) + "\n"


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


def main(arguments: list[str]) -> int:
    """The command: 0 where the pages were written, 2 for wrong use."""
    if len(arguments) not in (1, 2) or arguments[0].startswith("-"):
        print("usage: python -m stripper.rules.docs FOLDER [PACK]", file=sys.stderr)
        return 2
    (pack,) = load_packs([arguments[1] if len(arguments) == 2 else "core"])
    write(pack, Path(arguments[0]))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
