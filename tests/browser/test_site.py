"""The documentation's search at file://, where browsers start no workers: docs/site/iframe-worker.js stands in for one."""

from __future__ import annotations

from pathlib import Path

STAND_IN = Path(__file__).parents[2] / "docs" / "site" / "iframe-worker.js"
PAGE = """<!doctype html><title>A page</title><body><p id="heard"></p><script src="stand-in.js"></script><script>
const worker = new Worker("echo.js");
worker.addEventListener("message", (event) => { heard.textContent += event.data; });
worker.postMessage("one");
worker.postMessage("two");
</script></body>"""
ECHO = """const ready = importScripts("shout.js");
self.addEventListener("message", async (event) => { await ready; self.postMessage(shout(event.data)); });"""
SHOUT = "function shout(said) { return `${said.toUpperCase()}! `; }"


def test_what_is_sent_comes_to_the_script_and_its_answers_come_back(watched, tmp_path: Path) -> None:
    files = {"page.html": PAGE, "echo.js": ECHO, "shout.js": SHOUT, "stand-in.js": STAND_IN.read_text("utf-8")}
    for name, content in files.items():
        (tmp_path / name).write_text(content, "utf-8")
    page, seen = watched((tmp_path / "page.html").as_uri())
    page.wait_for_function("heard.textContent === 'ONE! TWO! '")
    assert seen.said == []
    assert seen.failed == []
    assert page.evaluate("typeof shout") == "undefined"  # the script has a scope of its own
