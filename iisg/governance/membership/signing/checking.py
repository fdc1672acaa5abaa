"""Is a PDF signed, whole, by whom, is the issuer trusted, is it the paper that was printed? No Django here."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from asn1crypto import parser, pem, x509
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESIndeterminate
from pyhanko.sign.diff_analysis import DEFAULT_DIFF_POLICY, ModificationLevel, SuspiciousModification
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.validation import SignatureCoverageLevel, async_validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import PdfSignatureStatus
from pyhanko_certvalidator import ValidationContext

_QUALIFIED = "0.4.0.1862.1.1"
"""id-etsi-qcs-QcCompliance (EN 319 412-5): the certificate says of itself that it is a qualified one."""
_SIGNATURES = 8
"""More than that sign no form of ours; each costs its time."""


@dataclass(slots=True)
class Look:
    """What was found; `code` names why the signature does not count, "" where it does. Texts come from the file."""

    code: str = ""
    intact: bool = False
    trusted: bool = False
    signer: str = ""
    issuer: str = ""
    signed_at: str = ""
    qualified: bool = False
    ours: bool = False

    def as_plain(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)


async def look_at(signed: bytes, paper: bytes, roots: list[bytes], at: datetime) -> Look:
    """Validate every signature of `signed`, and that nothing but signatures was added to `paper`, byte by byte."""
    if signed == paper:
        return Look("not-signed", ours=True)
    try:
        reader = PdfFileReader(BytesIO(signed))
        if reader.encrypted:
            return Look("encrypted")
        signatures = reader.embedded_regular_signatures
    except (PdfError, ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError):
        return Look("unreadable")
    if not signatures:
        return Look("not-signed", ours=signed.startswith(paper))
    if len(signatures) > _SIGNATURES:
        return Look("too-many")
    trusted = [each for root in roots for each in _certificates(root)]
    found = Look("broken")
    for signature in signatures:
        found = await _validated(signature, trusted, at)
        if found.code:
            return found
    found.ours = _is_the_paper(reader, signed, paper)
    if not found.ours:
        found.code = "other-paper"
    return found


async def _validated(signature: EmbeddedPdfSignature, roots: list[x509.Certificate], at: datetime) -> Look:
    """One signature with the chain of its certificate; nothing is fetched from the network."""
    found = Look()
    try:
        context = ValidationContext(trust_roots=roots, allow_fetching=False, moment=at)
        status = await async_validate_pdf_signature(signature, context)
        certificate = status.signing_cert
        found.signer = certificate.subject.human_friendly[:300]
        found.issuer = certificate.issuer.human_friendly[:300]
        found.qualified = _says_qualified(certificate)
    except (
        PdfError, SignatureValidationError, ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError,
    ):  # fmt: skip
        found.code = "broken"
        return found
    moment = status.signer_reported_dt or signature.self_reported_timestamp
    found.signed_at = moment.isoformat() if moment else ""
    found.intact = (
        status.intact and status.valid and _nothing_added(status) and _nothing_hidden(signature.pkcs7_content)
    )
    found.trusted = status.trusted
    found.code = _fault(status, found, bool(roots))
    return found


def _nothing_added(status: PdfSignatureStatus) -> bool:
    """What came after a signature is another signature, or what archives add to one."""
    covers = status.coverage
    if covers == SignatureCoverageLevel.ENTIRE_FILE:
        return True
    level = status.modification_level
    fills = level is not None and level <= ModificationLevel.FORM_FILLING
    return covers == SignatureCoverageLevel.ENTIRE_REVISION and fills and status.docmdp_ok is True


def _nothing_hidden(content: bytes) -> bool:
    """Behind the signature its place is filled with zeros; no signature covers what stands there."""
    return not any(content[parser.peek(content) :])


def _fault(status: PdfSignatureStatus, found: Look, any_roots: bool) -> str:
    if not found.intact:
        return "changed"
    if not any_roots:
        return "no-trust-list"
    if status.revoked:
        return "revoked"
    if not status.trusted:
        return "expired" if _is_out_of_date(status) else "unknown-root"
    return "" if status.bottom_line else "broken"


def _is_out_of_date(status: PdfSignatureStatus) -> bool:
    return status.trust_problem_indic in (
        AdESIndeterminate.OUT_OF_BOUNDS_NO_POE,
        AdESIndeterminate.OUT_OF_BOUNDS_NOT_REVOKED,
    )


def _is_the_paper(reader: PdfFileReader, signed: bytes, paper: bytes) -> bool:
    """The file begins with the paper, the paper is one of its revisions, and later ones add only signatures.

    A whole other document behind the paper's bytes would have revisions of its own.
    """
    if not signed.startswith(paper):
        return False
    try:
        printed = PdfFileReader(BytesIO(paper))
        revision = printed.xrefs.total_revisions - 1
        if (
            reader.xrefs.total_revisions <= revision + 1
            or reader.xrefs.get_startxref_for_revision(revision) != printed.last_startxref
        ):
            return False
        added = DEFAULT_DIFF_POLICY.review_file(reader, revision, doc_mdp=MDPPerm.FILL_FORMS)
    except (PdfError, ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError):
        return False
    return (
        not isinstance(added, SuspiciousModification)
        and added.modification_level <= ModificationLevel.FORM_FILLING
    )


def _says_qualified(certificate: x509.Certificate) -> bool:
    for extension in certificate["tbs_certificate"]["extensions"]:
        if extension["extn_id"].native == "qc_statements":
            statements = extension["extn_value"].parsed
            return any(each["statement_id"].dotted == _QUALIFIED for each in statements)
    return False


def _certificates(content: bytes) -> list[x509.Certificate]:
    """Every certificate of a PEM file."""
    return [x509.Certificate.load(der) for _name, _headers, der in pem.unarmor(content, multiple=True)]
