"""The paper is given its place for an electronic signature before it leaves the house."""

from __future__ import annotations

from io import BytesIO

from pyhanko.pdf_utils.generic import NumberObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec, append_signature_field

BOX = (71, 68, 298, 125)
"""Points from the lower left corner of the last page, where the paper keeps a frame free (typst/annex.typ)."""

_SIGNED_AND_ONLY_APPENDED_TO = 3
"""Flags of ISO 32000-1, table 219: a program that signs leaves what is there as it is and adds to the end."""


def with_place_to_sign(pdf: bytes, words: str) -> bytes:
    """The PDF of the house with an empty signature field; `words` say aloud what the field is for."""
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    append_signature_field(writer, SigFieldSpec("Signature", on_page=-1, box=BOX, readable_field_name=words))
    form = writer.root["/AcroForm"]
    form["/SigFlags"] = NumberObject(_SIGNED_AND_ONLY_APPENDED_TO)
    writer.update_container(form)
    made = BytesIO()
    writer.write(made)
    return made.getvalue()
