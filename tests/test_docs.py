"""The documentation does what it says: its code runs, its links lead somewhere, its generated pages are current.

A block of Python or a console session runs, and one of TOML or JSON is read, unless the HTML comment before it says `not run:` and why. A comment
`file: NAME` makes a block the content of a file. In Python, what `print(...)  # ` is followed by must be printed; in a console session the lines
after `$ command`, in which `...` stands for anything. A block called text is no code.
"""

from __future__ import annotations

import contextlib
import importlib.util
import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import click
import pytest
from markdown_it import MarkdownIt
from patience import PATIENCE

from stripper.cli import main
from stripper.rules.docs import measured, pages, write
from stripper.rules.load import load_packs
from stripper.rules.worth import CutWorth, RuleWorth, Worth, to_csv

ROOT = Path(__file__).parents[1]
ENGINES = sorted((ROOT / "docs" / "etl").glob("*.md"))
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")), *sorted((ROOT / "docs" / "api").glob("*.md")), *ENGINES]
QUICK = {"JAVA_TOOL_OPTIONS": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC", "RAY_USAGE_STATS_ENABLED": "0"}
"""What lets a small job start in half the time, and stay on this machine."""
PACKAGES = {"spark": "pyspark", "beam": "apache_beam", "arrow": "pyarrow"}
EXPECTED = re.compile(r"^\s*print\(.*\)  # (.+)$", re.M)
LINK = re.compile(r"\]\((?!https?:|mailto:)([^)\s]+)\)")

READERS = {"toml": tomllib.loads, "json": json.loads, "text": str}
"""What shows that a block is what its language says, of languages that don't run; others may not stand in a document."""


class Fenced(NamedTuple):
    """A fenced block: its language, its content, the comment before it and its line in the document."""

    language: str
    content: str
    comment: str
    line: int


def blocks(document: str) -> Iterator[Fenced]:
    before, opened, inside = "", None, []
    for number, line in enumerate(document.splitlines(), 1):
        if opened is None and (fence := re.match(r"(`{3,}|~{3,})(\w*)", line)):
            opened, language, start, inside = fence[1], fence[2], number, []
        elif opened is not None and line == opened:
            yield Fenced(language, "\n".join(inside) + "\n", before, start)
            opened, before = None, ""
        elif opened is not None:
            inside.append(line)
        elif line.strip():
            comment = re.fullmatch(r"<!-- (.*) -->", line.strip())
            before = comment[1] if comment else ""


def run_python(block: Fenced, names: dict[str, Any]) -> None:
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(block.content, f"block at line {block.line}", "exec", dont_inherit=True), names)
    expected = EXPECTED.findall(block.content)
    if expected:
        assert printed.getvalue().splitlines() == expected


def said_by(command: str, folder: Path, env: dict[str, str]) -> str:
    """What a command prints. Whatever it has started ends with it."""
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(["bash", "-c", command], cwd=folder, env=env, stdout=said, stderr=said, start_new_session=True)
        try:
            process.wait(PATIENCE)
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        said.seek(0)
        return said.read().decode("utf-8")


def run_console(block: Fenced, folder: Path) -> None:
    bin_folder = Path(sys.executable).parent
    env = {
        **os.environ,
        "PATH": f"{bin_folder}{os.pathsep}{os.environ['PATH']}",
        "COLUMNS": "100",
        "PYTHONPATH": str(ROOT),
        "LC_ALL": "C.UTF-8",
        **QUICK,
    }
    for session in re.split(r"^\$ ", block.content, flags=re.M)[1:]:
        command, _, expected = session.partition("\n")
        while command.endswith("\\"):
            more, _, expected = expected.partition("\n")
            command = command[:-1] + more.removeprefix(">")
        printed = "\n".join(line.rstrip() for line in said_by(command, folder, env).rstrip().splitlines())
        wanted = "\n".join(line.rstrip() for line in expected.rstrip().splitlines())
        pattern = ".*?".join(re.escape(part) for part in wanted.split("..."))
        assert re.fullmatch(pattern, printed, re.S), f"$ {command}\n{printed}\n--- expected ---\n{wanted}"


def named(document: Path) -> str:
    return document.relative_to(ROOT).as_posix()


def missing(document: Path) -> str:
    """What the engines of a page lack on this machine."""
    engines = [document.stem] if document in ENGINES else ["arrow"] if document.stem == "etl" else []
    for engine in engines:
        package = PACKAGES.get(engine, engine)
        if importlib.util.find_spec(package) is None:
            return f"{package} isn't installed; pip install 'scrape-stripper[{engine}]'"
    return "Spark needs Java, and there is none on this machine" if "spark" in engines and shutil.which("java") is None else ""


def takes_long(document: Path) -> bool:
    """Engines do, and so do many commands."""
    return document in ENGINES or document.read_text("utf-8").count("\n$ stripper ") > 10


@pytest.mark.parametrize("document", [pytest.param(path, marks=pytest.mark.slow) if takes_long(path) else path for path in DOCUMENTS], ids=named)
def test_code_runs(document: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if lacks := missing(document):
        pytest.skip(lacks)
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {"__name__": "__document__"}
    for block in blocks(document.read_text("utf-8")):
        kind, _, said = block.comment.partition(": ")
        if kind == "not run":
            assert said
        elif kind == "file":
            (tmp_path / said).parent.mkdir(exist_ok=True)
            (tmp_path / said).write_text(block.content, "utf-8")
        elif block.language == "python":
            run_python(block, names)
        elif block.language == "console":
            run_console(block, tmp_path)
        else:
            READERS[block.language](block.content)


def test_the_runner_sees_what_is_wrong(tmp_path: Path) -> None:
    with pytest.raises(AssertionError):
        run_python(Fenced("python", "print(1)  # 2\n", "", 1), {})
    with pytest.raises(AssertionError, match="expected"):
        run_console(Fenced("console", "$ echo one\ntwo\n", "", 1), tmp_path)
    run_console(Fenced("console", "$ echo one \\\n> two\none ...\n", "", 1), tmp_path)


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_no_block_of_code_hides_from_the_runner(document: Path) -> None:
    found = [token for token in MarkdownIt().parse(document.read_text("utf-8")) if token.type in ("code_block", "fence")]
    assert [token.content for token in found] == [block.content for block in blocks(document.read_text("utf-8"))]
    for token in found:
        assert token.info != "text" or not re.match(r"(\$|pip|python|make|stripper) ", token.content), "a command is no text"


def test_readme_has_the_example_and_the_two_commands() -> None:
    readme = list(blocks((ROOT / "README.md").read_text("utf-8")))
    example = next(b for b in readme if b.language == "python" and not b.comment)
    assert 5 <= len(example.content.strip().splitlines()) <= 12
    assert EXPECTED.search(example.content)
    commands = "".join(b.content for b in readme)
    assert "make demo" in commands
    assert "make test" in commands


@pytest.mark.parametrize("document", DOCUMENTS, ids=named)
def test_links_lead_somewhere(document: Path) -> None:
    for target in LINK.findall(document.read_text("utf-8")):
        path, _, anchor = target.partition("#")
        linked = document.parent / path if path else document
        assert linked.exists(), target
        if anchor:
            headings = re.findall(r"^#+ (.*)$", linked.read_text("utf-8"), re.M)
            assert anchor in [re.sub(r"[^\w -]", "", h.lower()).replace(" ", "-") for h in headings], target


def test_rule_pages_are_current(tmp_path: Path) -> None:
    (pack,) = load_packs(["core"])
    current = {path.name: path.read_text("utf-8") for path in (ROOT / "docs" / "rules").glob("*.md")}
    assert current == pages(pack, measured(ROOT / "docs" / "rules")), "run: stripper rules docs docs/rules"


@pytest.mark.parametrize("document", sorted((ROOT / "docs" / "rules").glob("*.md")), ids=named)
def test_rule_pages_hold_nothing_that_runs_but_examples(document: Path) -> None:
    for block in blocks(document.read_text("utf-8")):  # tests/rules/test_examples.py runs all examples
        assert block.language in ("text", "html") or block.comment.startswith("not run: "), block


def test_rule_pages_tell_what_was_measured_where_it_was(tmp_path: Path) -> None:
    (pack,) = load_packs(["core"])
    write(pack, tmp_path)
    assert not (tmp_path / "measured.md").exists()
    assert "fired on" not in (tmp_path / "share.md").read_text("utf-8")
    rules = [
        RuleWorth("share/follow-us", "share", "html", 0, 0, 0, 0, 0, "", 0, 0, 0),
        RuleWorth("share/share-label", "share", "html", 0, 0, 0, 0, 0, "", 0, 0, 0),
        RuleWorth("share/share-label", "share", "text", 12, 30, 400, 390, 100, "share/share-markup", 300, 297, 2),
    ]
    (tmp_path / "measured.csv").write_text(
        to_csv(Worth(("core 1 abc",), tuple(rules), (CutWorth("mills", "article", "text", 8, 1000, 4, 90, 45),))), "utf-8"
    )
    write(pack, tmp_path)
    page = (tmp_path / "share.md").read_text("utf-8")
    assert re.search(r"\| \[share-label\]\(#share-label\) .* 0 / 12, 0\.990 \|", page)
    assert re.search(r"\| \[share-markup\]\(#share-markup\) .* – \|", page)  # newer than the measurement
    said = (tmp_path / "measured.md").read_text("utf-8")
    assert "| flat text | mills | article | 8 | 1,000 | 4 | 4.00 | 500 | 0.500 |" in said
    assert "| [share/share-label](share.md#share-label) | share | 12 | 30 | 400 | 390 | 0.990 | 2 | 0.25 | share/share-markup |" in said
    assert "## Rule by rule, from HTML" not in said
    assert "Neither in HTML nor in flat text, on none of these pages: [share/follow-us](share.md#follow-us)." in said


def test_rule_pages_replace_only_their_own(tmp_path: Path) -> None:
    (pack,) = load_packs(["core"])
    write(pack, tmp_path)
    stale, own = tmp_path / "gone.md", tmp_path / "notes.md"
    stale.write_text((tmp_path / "index.md").read_text("utf-8"), "utf-8")
    own.write_text("Mine.\n", "utf-8")
    write(pack, tmp_path)
    assert not stale.exists()
    assert own.read_text("utf-8") == "Mine.\n"
    for rule_set in pack.sets:
        page = (tmp_path / f"{rule_set.name}.md").read_text("utf-8")
        assert all(f"### {rule.id}\n" in page for rule in rule_set.rules)


def test_every_option_is_described() -> None:
    said = (ROOT / "docs" / "cli.md").read_text("utf-8")
    for name, command in main.commands.items():
        assert f"## stripper {name}" in said
        for option in _options(command):
            assert f"`{option.opts[-1]}" in said, f"{name} {option.opts[-1]}"
        for part in command.commands if isinstance(command, click.Group) else ():
            assert f"`{name} {part}" in said


def _options(command: click.Command) -> Iterator[click.Option]:
    yield from (option for option in command.params if isinstance(option, click.Option))
    if isinstance(command, click.Group):
        for part in command.commands.values():
            yield from _options(part)


def test_architecture_names_every_room_and_nothing_that_is_gone() -> None:
    said = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    tree = next(b.content for b in blocks(said) if b.comment == "tree")
    named, folder = set(), ""
    for line in tree.splitlines()[1:]:
        name = line.split()[0] if line.strip() else ""
        depth = (len(line) - len(line.lstrip())) // 2
        parts = folder.split("/")[: depth - 1] if depth > 1 else []
        if name.endswith("/"):
            folder = "/".join([*parts, name.rstrip("/")])
            named.add(folder)
        elif name:
            named.add("/".join([*parts, name]))
    package = ROOT / "stripper"
    assert all((package / path).exists() for path in named), [path for path in named if not (package / path).exists()]
    rooms = {str(p.relative_to(package)) for p in package.rglob("*.py") if p.name != "__init__.py" and not {"core", "train"} & {*p.parts}}
    assert rooms <= named, sorted(rooms - named)
