"""JSON lines: a document in every line that isn't blank."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from stripper.batch.amount import amount
from stripper.batch.document import Document, Reading
from stripper.batch.formats.fields import Spot, broken_row, columns, row_document
from stripper.batch.formats.streams import Line, lines
from stripper.batch.inputs import InputFile

_SLACK = 1 << 20
"""Bytes that a line may have beyond those of the largest document, for its other fields."""

_DECODER = json.JSONDecoder(strict=False)
"""Takes tabs and the like inside of strings, which many writers don't escape."""

_NOT_JSON = "not JSON: {}; expected an object"


def read_jsonl(file: InputFile, stream: BinaryIO, reading: Reading) -> Iterator[Document]:
    """The documents of `stream`, which is unpacked. What is wrong with a line is told in its document; damage of the stream is an InputError."""
    for line in lines(stream, reading.max_document + _SLACK):
        if line.content is None or line.content.strip():
            yield _document(file, line, reading)


def _document(file: InputFile, line: Line, reading: Reading) -> Document:
    spot = Spot(line.number, f"{file.name}:{line.number}", f"line {line.number}")
    if line.content is None:
        return broken_row(file, spot, f"the line is larger than {amount(reading.max_document + _SLACK)}")
    try:
        row = row_of(line.content)
        if reading.html_field and reading.text_field and (reading.html_field in row or reading.text_field in row):
            row = {reading.html_field: None, reading.text_field: None} | row  # many writers leave out what has no value
        return row_document(file, spot, row, columns(row.keys(), reading, "field"), reading)
    except (ValueError, LookupError) as error:
        return broken_row(file, spot, str(error))


def row_of(line: bytes) -> dict[str, Any]:
    """The object of a line. Raises ValueError with a reason for people."""
    try:
        row = _DECODER.decode(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise ValueError(_NOT_JSON.format(f"not UTF-8 at its byte {error.start + 1}")) from None
    except json.JSONDecodeError as error:
        raise ValueError(_NOT_JSON.format(f"{error.msg} at its character {min(error.pos, len(error.doc.rstrip())) + 1}")) from None
    except RecursionError:
        raise ValueError(_NOT_JSON.format("nested too deeply")) from None
    except ValueError:
        raise ValueError(_NOT_JSON.format("a number of too many digits")) from None
    if not isinstance(row, dict):
        raise ValueError(f"not an object but {_KINDS[type(row)]}; expected an object")
    return row


_KINDS = {list: "a list", str: "a text", int: "a number", float: "a number", bool: "true or false", type(None): "null"}
