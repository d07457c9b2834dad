"""The command `stripper`: clean pages, explain one, clean whole folders and archives, and work on rules.

Exit codes: 0 all went well; 1 some files failed, the others are done; 2 wrong use; 130 a batch was stopped before its end.
"""

from __future__ import annotations

import click

from stripper import __version__
from stripper.cli.batch import batch
from stripper.cli.clean import clean
from stripper.cli.compare import compare
from stripper.cli.explain import explain
from stripper.cli.report import report
from stripper.cli.rules import rules
from stripper.cli.serve import serve


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="stripper")
def main() -> None:
    """Turn scraped pages, HTML or flat text, into their articles, and name everything that was left out.

    \b
    stripper clean page.html
    stripper explain page.html
    stripper batch pages/ -o articles.jsonl
    """


for command in (clean, explain, batch, compare, report, rules, serve):
    main.add_command(command)
