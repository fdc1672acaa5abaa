"""The program of the process that looks at one foreign PDF: reads its order, answers in one line of JSON, ends."""

from __future__ import annotations

import asyncio
import importlib
import json
import logging
import sys
from base64 import b64decode
from datetime import datetime

from iisg.foundations.core.confinement import close_the_doors, limit_means

from .checking import Look, look_at

_FETCHED_LATE = (
    "cryptography.hazmat.backends.openssl.backend", "encodings.idna", "lxml.etree", "pyhanko.pdf_utils.crypt.pdfmac",
    "pyhanko.pdf_utils.filters", "pyhanko.pdf_utils.metadata.xmp_xml", "pyhanko.sign.validation.pdf_embedded",
    "pyhanko_certvalidator.validate",
)  # fmt: skip
"""What the libraries import only when they need it; behind closed doors nothing can be imported any more."""


def main() -> None:
    """Give up every means that reading does not need, then look at the file."""
    logging.disable(logging.CRITICAL)
    order = json.loads(sys.stdin.buffer.readline())
    limit_means(order["memory"], order["seconds"])
    loop = asyncio.new_event_loop()
    signed = sys.stdin.buffer.read(order["signed"])
    paper = sys.stdin.buffer.read(order["paper"])
    for module in _FETCHED_LATE:
        importlib.import_module(module)
    roots = [b64decode(root) for root in order["roots"]]
    close_the_doors()
    try:
        found = loop.run_until_complete(look_at(signed, paper, roots, datetime.fromisoformat(order["at"])))
    except (MemoryError, RecursionError):
        found = Look("too-large")
    print(json.dumps(found.as_plain()))  # noqa: T201 - the answer
