"""Signed PDFs: really signed with certificates of a test's own authority, then whole, broken, foreign or hostile."""

from __future__ import annotations

import asyncio
import random
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from django.conf import LazySettings
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import copy_into_new_writer

from iisg.foundations.access.permits import RuleRefused
from iisg.governance.membership import annex, operations
from iisg.governance.membership.applicants import applicant
from iisg.governance.membership.factories import make_form
from iisg.governance.membership.models import SignatureKind
from iisg.governance.membership.signing.checking import look_at
from iisg.governance.membership.signing.validation import Check, trusted_roots, validate
from iisg.governance.membership.tests.issuing import Authority

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)
TODAY = NOW.date()


@pytest.fixture(scope="module")
def authority() -> Authority:
    """Whom the Secretariat trusts in these tests."""
    return Authority("Test Trust Services", NOW)


@pytest.fixture
def paper() -> bytes:
    """The paper of a form, as the house prints it."""
    form = make_form("Institute for Safety", at=NOW)
    return bytes(operations.print_form(form, by=applicant(form), at=NOW).content)


def looked(signed: bytes, paper: bytes, authority: Authority) -> Check:
    """What the check says when that authority is trusted."""
    return validate(signed, paper, NOW, [authority.pem])


@pytest.mark.parametrize("with_rsa", [False, True])
def test_a_signed_paper_counts_and_names_its_signer(
    authority: Authority, paper: bytes, with_rsa: bool
) -> None:
    check = looked(authority.sign(paper, with_rsa=with_rsa), paper, authority)
    assert (check.valid, check.intact, check.trusted, check.code) == (True, True, True, "")
    assert "A. Director" in check.signer
    assert "Test Trust Services" in check.issuer
    assert check.qualified
    assert check.signed_at.startswith(str(TODAY.year))


def test_two_people_may_sign_one_after_the_other(authority: Authority, paper: bytes) -> None:
    twice = authority.sign(authority.sign(paper), "B. Deputy", field="Another")
    assert looked(twice, paper, authority).valid


@pytest.mark.parametrize("part", [0.3, 0.7])
def test_one_changed_byte_is_refused_with_the_reason(authority: Authority, paper: bytes, part: float) -> None:
    signed = bytearray(authority.sign(paper))
    place = int(len(paper) * part)
    signed[place] ^= 1
    check = looked(bytes(signed), paper, authority)
    assert not check.valid
    assert check.code in ("changed", "unreadable")
    assert check.reason


def test_no_byte_of_the_paper_and_no_filling_of_the_signature_changes_unseen(
    authority: Authority, paper: bytes
) -> None:
    signed = authority.sign(paper)
    filling = signed.rindex(b"00000000>")
    chance = random.Random(7)
    spots = [filling, *(chance.randrange(len(paper)) for _try in range(40))]

    async def look(spot: int) -> bool:
        changed = bytearray(signed)
        changed[spot] ^= 1
        found = await look_at(bytes(changed), paper, [authority.pem], NOW)
        return bool(found.code)

    async def look_everywhere() -> list[int]:
        return [spot for spot in spots if not await look(spot)]

    assert asyncio.run(look_everywhere()) == []


def test_something_added_behind_the_signature_is_refused(authority: Authority, paper: bytes) -> None:
    writer = IncrementalPdfFileWriter(BytesIO(authority.sign(paper)))
    page = writer.root["/Pages"]["/Kids"][0]
    page["/Rotate"] = generic.NumberObject(180)
    writer.update_container(page)
    changed = BytesIO()
    writer.write(changed)
    check = looked(changed.getvalue(), paper, authority)
    assert (check.valid, check.code) == (False, "changed")


def test_an_unknown_issuer_is_refused_and_named(authority: Authority, paper: bytes) -> None:
    stranger = Authority("Nobody's Certificates", NOW)
    check = looked(stranger.sign(paper), paper, authority)
    assert (check.valid, check.intact, check.trusted, check.code) == (False, True, False, "unknown-root")
    assert "not on the Secretariat's list" in check.reason
    assert "Nobody's Certificates" in check.reason


def test_without_a_trust_list_nothing_is_trusted_and_that_is_said(
    authority: Authority, paper: bytes, settings: LazySettings
) -> None:
    settings.TRUST_LIST = None
    assert trusted_roots() == []
    check = validate(authority.sign(paper), paper, NOW)
    assert (check.valid, check.code) == (False, "no-trust-list")
    assert "no list of trusted issuers" in check.reason


def test_a_certificate_that_has_run_out_is_refused(authority: Authority, paper: bytes) -> None:
    check = looked(authority.sign(paper, days=10), paper, authority)
    assert (check.valid, check.code) == (False, "expired")


def test_a_signed_empty_form_or_another_forms_paper_does_not_pass(authority: Authority, paper: bytes) -> None:
    other = make_form("Institute for Safety", at=NOW)
    others = bytes(operations.print_form(other, by=applicant(other), at=NOW).content)
    for signed in (authority.sign(annex.empty_pdf(NOW)), authority.sign(others)):
        check = looked(signed, paper, authority)
        assert (check.valid, check.intact, check.trusted, check.code) == (False, True, True, "other-paper")


def test_another_document_behind_the_papers_bytes_does_not_pass(authority: Authority, paper: bytes) -> None:
    empty = annex.empty_pdf(NOW)
    padded = paper + b"\n" * (-len(paper) % 10)
    writer = copy_into_new_writer(PdfFileReader(BytesIO(empty)))
    other = BytesIO()
    other.write(padded)
    writer.write(other)
    hidden = other.getvalue()
    assert hidden.startswith(paper)
    check = looked(authority.sign(hidden), paper, authority)
    assert not check.valid
    assert check.code in ("other-paper", "unreadable")


def test_a_page_changed_before_it_was_signed_does_not_pass(authority: Authority, paper: bytes) -> None:
    writer = IncrementalPdfFileWriter(BytesIO(paper))
    page = writer.root["/Pages"]["/Kids"][0]
    page["/Contents"] = writer.add_object(generic.StreamObject(stream_data=b"q Q"))
    writer.update_container(page)
    changed = BytesIO()
    writer.write(changed)
    check = looked(authority.sign(changed.getvalue()), paper, authority)
    assert (check.valid, check.code) == (False, "other-paper")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"%PDF-1.7\nno pdf at all", "unreadable"),
        (b"%PDF-1.7\n" + b"1 0 obj\n<<" * 20_000, "unreadable"),
        (b"", "unreadable"),
    ],
)
def test_what_is_no_pdf_is_refused(content: bytes, code: str, authority: Authority, paper: bytes) -> None:
    assert looked(content, paper, authority).code == code
    assert looked(paper, paper, authority).code == "not-signed"


def test_a_file_that_takes_too_long_or_too_much_is_given_up(
    authority: Authority, paper: bytes, settings: LazySettings
) -> None:
    settings.SIGNATURE_SECONDS = 0.05
    assert looked(authority.sign(paper), paper, authority).code == "too-large"
    settings.SIGNATURE_SECONDS, settings.SIGNATURE_MEMORY_BYTES = 20, 16 * 1024 * 1024
    assert not looked(authority.sign(paper), paper, authority).valid


def test_the_trust_list_is_a_folder_of_pem_files(
    tmp_path: pytest.TempPathFactory, settings: LazySettings, authority: Authority, paper: bytes
) -> None:
    (tmp_path / "issuers.pem").write_bytes(Authority("Another", NOW).pem + authority.pem)  # type: ignore[operator]
    settings.TRUST_LIST = tmp_path
    assert validate(authority.sign(paper), paper, NOW).valid


def test_a_changed_answer_voids_the_paper_and_what_was_signed(authority: Authority) -> None:
    form = make_form("Institute for Safety", at=NOW)
    by = applicant(form)
    operations.sign_form(form, SignatureKind.QUALIFIED, "A. Director", "Director", TODAY, by=by, at=NOW)
    paper = operations.print_form(form, by=by, at=NOW)
    signed = authority.sign(bytes(paper.content))
    check = looked(signed, bytes(paper.content), authority)
    operations.sign_form(
        form, SignatureKind.QUALIFIED, "A. Director", "Director", TODAY,
        by=by, at=NOW, file_name="signed.pdf", content=signed, check=check.as_plain(),
    )  # fmt: skip
    form.refresh_from_db()
    assert form.signed_file is not None
    operations.write_answers(form, by=by, at=NOW, contact_phone="+32 2 000 00 00")
    form.refresh_from_db()
    assert form.signed_file is not None
    operations.write_answers(
        form, by=by, at=NOW, name="Institute for Security", focal_points=form.focal_points
    )
    form.refresh_from_db()
    assert {form.paper, form.signed_file} == {None}
    with pytest.raises(RuleRefused, match="changed after the form was signed"):
        operations.express_interest(form, by=by, at=NOW + timedelta(minutes=1))
    paper = operations.print_form(form, by=by, at=NOW)
    signed = authority.sign(bytes(paper.content))
    check = looked(signed, bytes(paper.content), authority)
    operations.sign_form(
        form, SignatureKind.QUALIFIED, "A. Director", "Director", TODAY,
        by=by, at=NOW, file_name="signed.pdf", content=signed, check=check.as_plain(),
    )  # fmt: skip
    assert operations.express_interest(form, by=by, at=NOW).ref


def test_a_check_of_another_file_does_not_count(authority: Authority) -> None:
    form = make_form("Institute for Safety", at=NOW)
    by = applicant(form)
    operations.sign_form(form, SignatureKind.QUALIFIED, "A. Director", "Director", TODAY, by=by, at=NOW)
    paper = bytes(operations.print_form(form, by=by, at=NOW).content)
    check = looked(authority.sign(paper), paper, authority)
    operations.sign_form(
        form, SignatureKind.QUALIFIED, "A. Director", "Director", TODAY,
        by=by, at=NOW, file_name="other.pdf", content=annex.empty_pdf(NOW), check=check.as_plain(),
    )  # fmt: skip
    with pytest.raises(RuleRefused):
        operations.express_interest(form, by=by, at=NOW)
