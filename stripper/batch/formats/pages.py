"""A file that is a page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, Literal

from stripper.batch.amount import amount
from stripper.batch.document import Document, Place, Reading
from stripper.batch.formats.streams import limited
from stripper.batch.inputs import InputFile
from stripper.errors import InputError

AS: dict[str | None, Literal["html", "text"]] = {"html": "html", "text": "text"}


def read_page(file: InputFile, stream: BinaryIO, reading: Reading) -> Iterator[Document]:
    """The only document of `stream`, which is unpacked. Raises InputError where it is too large or damaged."""
    content = limited(stream, reading.max_document)
    if content is None:
        raise InputError(file.name, "", f"larger than {amount(reading.max_document)}")
    yield Document(file.id, file.name, Place(), content, as_=AS.get(file.format), target=file.target)
