"""`stripper serve`."""

from __future__ import annotations

from pathlib import Path

import click

from stripper.cli.sources import pack_of, wrong_use
from stripper.errors import ExtraError, PackError

_PORT = 8765


@click.command(short_help="Write rules beside the pages that they shall mark.")
@click.argument("folder", metavar="[FOLDER]", default=".", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--pack", "packs", metavar="NAME|PATH", multiple=True, help="A rule pack beside core; one that lies in FOLDER is opened. Repeatable.")
@click.option("--port", metavar="N", type=click.IntRange(0, 65535), default=_PORT, show_default=True, help="The port; 0 takes any that is free.")
def serve(folder: Path, packs: tuple[str, ...], port: int) -> None:
    """Open a workbench for rules on the pages and packs of FOLDER, in a browser on this machine.

    It shows a page explained, and beside it a rule pack: what is edited there is checked and tried at once, on this page and on all pages of FOLDER.
    Prints the address to open, which holds a token without which nothing is answered; Ctrl-C ends it. Other machines can't reach it, and no file
    outside of FOLDER is read or written.

    \b
    Examples:
      stripper serve
      stripper serve pages/
      stripper serve pages/ --pack pages/lumi.toml
    """
    with wrong_use(ExtraError):
        from stripper.workbench.bench import Bench
        from stripper.workbench.folder import name_in
        from stripper.workbench.server import open_door
        from stripper.workbench.server import serve as answer

    specs = [pack_of(spec) for spec in packs]
    try:
        door = open_door(port)
    except OSError as error:
        raise click.UsageError(f"can't listen on port {port}: {error.strerror or error}; --port names another one") from None
    with door.socket, wrong_use(PackError):
        bench = Bench(folder, list(dict.fromkeys(["core", *specs])))
        opened = next(filter(None, (name_in(bench.root, spec) for spec in specs if isinstance(spec, Path))), "")
        click.echo(f"The workbench for {bench.root} is at\n\n  {door.address}\n\nCtrl-C ends it.")
        answer(bench, door, opened)
