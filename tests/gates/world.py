"""A small register in which every fact that is not for everybody carries a word found nowhere else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from types import MappingProxyType

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.utils import timezone

from iisg.foundations.access.actors import CONSOLE
from iisg.foundations.access.roles import Role
from iisg.foundations.accounts.factories import make_person
from iisg.foundations.accounts.models import User
from iisg.foundations.audit.trail import record
from iisg.foundations.orgs.factories import make_organisation, make_partner, make_partners
from iisg.foundations.orgs.models import Alias, AliasKind, Ground, Membership, Organisation, OrganisationKind
from iisg.knowledge.actions.factories import add_flow, add_party, make_action
from iisg.knowledge.actions.models import Action, Flow, Import, PartyRole
from iisg.knowledge.actions.operations import examine_import, receive_import
from iisg.knowledge.analysis.models import Export, ExportState
from iisg.knowledge.cycles.factories import make_cycle, make_return
from iisg.knowledge.cycles.models import Cycle
from iisg.knowledge.finding.keeping import index_everything
from iisg.knowledge.needs.factories import make_measure, make_need, make_objective
from iisg.knowledge.needs.models import FrameworkVersion, Measure, Need, NeedState
from iisg.knowledge.responses.factories import make_relation, make_response
from iisg.knowledge.responses.models import Relation, Response
from iisg.office.letters import operations
from iisg.office.letters.addressing import Addressee
from iisg.office.letters.models import Letter, LetterState
from iisg.office.pillars.factories import make_request
from iisg.office.pillars.links import nomination_token
from iisg.office.pillars.models import FocalPoint
from iisg.office.pillars.nominees import Nominee
from iisg.office.pillars.operations import nominate_focal_points
from tests.gates.board import BEFORE, DRAFT, BoardRoom, make_board_room
from tests.gates.cases import BEFORE_THE_BOARD, BOARD_ROOM, SECRET, Cases, make_cases
from tests.gates.gatherings import Gatherings, make_gatherings

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
PASSWORD = "a password of fifteen letters"
PUBLIC = "public"
NO_OFFICE = "no_office"
"""Somebody whose office in the Secretariat has ended and who never gave back the account."""
READERS = (PUBLIC, NO_OFFICE, *(role.value for role in Role))

_SECRETARIAT = frozenset({"secretariat"})
_REPORTERS = frozenset({"focal_point", "national_coordinator"}) | _SECRETARIAT
_MEMBERS = _REPORTERS | {"member_reader", "board_member", "alternate", "observer"}

MAY_SEE = MappingProxyType(
    {
        **dict.fromkeys(
            (
                "canaryneedtitle", "canaryneedoriginal", "canaryneednote", "canarycapability", "canarymetwhen",
                "canarydocument", "canarysourcebody", "canaryneedref", "canarydraft", "canarymeasure",
                "canaryobjective", "canarysummary", "canarymoney", "canarydates", "canarybeneficiary",
                "canarystage", "canaryassistance", "canaryflow", "canaryreporter", "canaryhidden", "canarysecret",
                "canarydonor", "canaryreason", "canaryreplaced", "canaryevidence", "canaryround", "canarylearnt",
                "717171", "canaryspeaker",
            ),
            _MEMBERS,
        ),
        "canarydeputy": _SECRETARIAT,
        **dict.fromkeys(("canaryownfile", "canaryownrow", "canaryownfinding", "canaryownname"), _REPORTERS),
        **dict.fromkeys(
            ("canaryotherfile", "canaryotherrow", "canaryotherfinding", "canaryothername"), _SECRETARIAT
        ),
        **dict.fromkeys(("canaryletter", "canaryenclosed", "canarywriter"), _SECRETARIAT),
        **dict.fromkeys(SECRET, _SECRETARIAT),
        BEFORE_THE_BOARD: BOARD_ROOM,
        DRAFT: _SECRETARIAT,
        BEFORE: BOARD_ROOM,
        **dict.fromkeys(("canaryboardmeeting", "canaryboarditem", "canaryboardpaper", "canarydelegate"), BOARD_ROOM),
        "canaryboardpoint": BOARD_ROOM,
        **dict.fromkeys(("canaryworkinggroup", "canarypillarmeeting"), _MEMBERS),
        **dict.fromkeys(("canaryconclusion", "canaryopening", "canarybriefing", "canarywaitingitem"), _SECRETARIAT),
        **dict.fromkeys(("canaryaddress", "canaryframework"), frozenset[str]()),
    }
)  # fmt: skip
"""Each word and who may meet it: needs and analysis stay with members, a file with its reporter (rules.md 7)."""
ON_NO_PAGE_YET = {"canaryaddress", "canaryframework"}
"""Words whose field no page shows to anybody so far; all others must be met by somebody who may."""


@dataclass(frozen=True, slots=True)
class World:
    """The records that addresses speak of, and who knocks: reader -> person (None for the public)."""

    people: dict[str, User | None]
    published: Action
    unpublished: Action
    named_in_secret: Organisation
    need: Need
    draft: Need
    response: Response
    flow: Flow
    own_file: Import
    other_file: Import
    written: Export
    others_written: Export
    others_key: Authenticator
    cases: Cases
    board: BoardRoom
    confirmation: str
    reset: str
    letter: Letter
    draft_letter: Letter
    naming: str
    speaker: FocalPoint
    gatherings: Gatherings


def make_public_part() -> Action:
    """What everybody may know: the partners, a donor, one published action, its members' fields still blank."""
    make_partners()
    make_organisation("European Commission", ref="european-commission", kind=OrganisationKind.EU_INSTITUTION)
    published = make_action("Cameras for the border", ("AL", "ME"), ref="ACT-PUBLIC", summary="")
    payer = make_organisation("Generous Donor", ref="generous-donor")
    Alias.objects.create(organisation=payer, name=payer.name, folded=payer.folded)
    add_party(published, payer, PartyRole.FUNDING)
    for ref in ("second-donor", "third-donor", "fourth-donor"):
        donor = make_organisation(ref.replace("-", " ").title(), ref=ref)
        Alias.objects.create(organisation=donor, name=donor.name, folded=donor.folded)
    Membership.objects.create(organisation=payer, ground=Ground.BOARD_APPROVAL)
    index_everything()
    return published


def make_readers() -> dict[str, User | None]:
    """One person for each role, all members' offices being Albania's; one whose office has ended; the public."""
    albania = make_partner("AL")
    without = {Role.APPLICANT, Role.SECRETARIAT, Role.ADMINISTRATOR}
    people = {role.value: make_person(role, None if role in without else albania) for role in Role}
    gone = make_person(Role.SECRETARIAT)
    gone.appointments.update(valid_to=date(2021, 1, 1))
    sealed = make_password(PASSWORD)
    for person in (*people.values(), gone):
        person.password = sealed
        person.save()
    return {PUBLIC: None, NO_OFFICE: gone, **people}


def add_members_part(published: Action) -> tuple[Action, Need, Need, Response]:
    """What stays with members: needs, framework, judgements, rounds, unpublished actions, and all but a few facts."""
    published.summary, published.money_note, published.date_note = (
        "canarysummary",
        "canarymoney",
        "canarydates",
    )
    published.other_beneficiaries, published.stage_printed = "canarybeneficiary", "canarystage"
    published.assistance_printed = "canaryassistance"
    published.reporter = _unconfirmed("canaryreporter")
    published.save()
    add_flow(published, Decimal("717171.00"), printed="canaryflow")
    payer = Organisation.objects.get(ref="generous-donor")
    Alias.objects.create(
        organisation=payer, name="canarylearnt", folded="canarylearnt", kind=AliasKind.LEARNT
    )
    objective = make_objective(title="canaryobjective")
    FrameworkVersion.objects.filter(pk=objective.version_id).update(source="canaryframework")
    measure = make_measure("BS-PRO-9", objective, "canarymeasure")
    published.placements.create(measure=measure, reason="made up")
    unpublished = make_action(
        "canaryhidden", ("AL", "ME"), ref="ACT-canarysecret", is_public=False, measures=[measure]
    )
    add_party(unpublished, _unconfirmed("canarydonor"), PartyRole.FUNDING)
    add_party(unpublished, Organisation.objects.get(ref="second-donor"), PartyRole.FUNDING)
    need = _need(measure)
    draft = make_need("canarydraft", ("ME",), [measure], state=NeedState.DRAFT)
    _judged(need, published, unpublished)
    relation = make_relation(unpublished, published)
    Relation.objects.filter(pk=relation.pk).update(evidence="canaryevidence")
    cycle = make_cycle(date(2026, 1, 1), date(2026, 2, 1))
    Cycle.objects.filter(pk=cycle.pk).update(title="canaryround")
    for code in ("AL", "ME"):
        make_return(cycle, make_partner(code))
    speakers = [
        Nominee("letters", "canaryspeaker", "speaker@example.invalid"),
        Nominee("letters", "canarydeputy", "deputy@example.invalid", is_deputy=True),
    ]
    nominate_focal_points(payer, speakers, "Letter", AT.date(), by=CONSOLE, at=timezone.now())
    return unpublished, need, draft, need.responses.standing().get(action=published)


def _need(measure: Measure) -> Need:
    return make_need(
        "canaryneedtitle",
        ("AL", "ME"),
        [measure],
        ref="NEED-canaryneedref",
        title_original="canaryneedoriginal",
        original_language="sq",
        notes="canaryneednote",
        capability="canarycapability",
        met_when="canarymetwhen",
        references="canarydocument",
        source_body="canarysourcebody",
    )


def _judged(need: Need, published: Action, unpublished: Action) -> None:
    """Two standing judgements and a replaced one, with the sealed event that quotes the reason."""
    make_response(need, published, "partial", reason="canaryreplaced", replaced_at=AT)
    make_response(need, published, "partial", reason="canaryreason")
    make_response(need, unpublished, "none", reason="It does something else.")
    officer = make_person(Role.SECRETARIAT)
    facts = {"action": unpublished.ref, "degree": "partial", "reason": "canaryreason"}
    record("responses.response_judged", by=officer, on=f"needs.need:{need.ref}", at=AT, **facts)


def add_file(owner: Organisation, whose: str) -> Import:
    """A file of a reporter, taken in and examined, each of its texts with the word of `whose` ("own", "other")."""
    rows = (
        "ref,title,donor,implementer,beneficiaries,start_date,assistance_type",
        f"B-1,canary{whose}row,,canary{whose}name,AL,2025-01-01,training",
        f"B-2,Joint patrols,,,canary{whose}finding,2025-01-01,training",
    )
    sender = make_person(Role.FOCAL_POINT, owner)
    content = "\n".join(rows).encode()
    name = f"canary{whose}file.csv"
    imported = receive_import(content, name, owner, by=sender, at=AT, examine_later=False)
    return examine_import(imported, by=sender, at=AT)


def fill_world(
    published: Action, people: dict[str, User | None], other_file: Import, own_file: Import
) -> World:
    """The rest of the house around what is there already."""
    unpublished, need, draft, response = add_members_part(published)
    another = make_person(Role.FOCAL_POINT, make_partner("RS"))
    another.email = "canaryaddress@example.invalid"
    another.save()
    index_everything()
    address = EmailAddress.objects.create(user=another, email=another.email, verified=False, primary=True)
    return World(
        people=people,
        published=published,
        unpublished=unpublished,
        named_in_secret=Organisation.objects.get(name="canarydonor"),
        need=need,
        draft=draft,
        response=response,
        flow=Flow.objects.get(printed="canaryflow"),
        own_file=own_file,
        other_file=other_file,
        written=_written_for(people["secretariat"]),
        others_written=_written_for(another),
        others_key=Authenticator.objects.create(user=another, type=Authenticator.Type.WEBAUTHN, data={}),
        cases=make_cases(AT),
        board=make_board_room(AT),
        confirmation=EmailConfirmationHMAC(address).key,
        letter=_letter(),
        draft_letter=Letter.objects.get(state=LetterState.DRAFT),
        naming=nomination_token(make_request(Organisation.objects.get(ref="generous-donor"), "WBCTi")),
        speaker=FocalPoint.objects.get(is_deputy=False),
        gatherings=make_gatherings(AT),
        reset=f"{user_pk_to_url_str(another)}-{default_token_generator.make_token(another)}",
    )


def _letter() -> Letter:
    """A letter of ours that was sent and answered, beside a draft with a file that names its own marking."""
    people, at = [Addressee("canaryletter office", postal="canaryletter street")], AT
    file = ("canaryenclosed.pdf", b"%PDF-1.7 TLP:GREEN canaryenclosed")
    letter = operations.draft_letter("canaryletter", "canaryletter", people, by=CONSOLE, at=at, files=[file])
    letter = operations.approve_letter(letter, by=CONSOLE, at=at)
    letter = operations.send_letter(letter, by=CONSOLE, at=at)
    operations.draft_letter("canaryletter", "canaryletter", people, by=CONSOLE, at=at, files=[file])
    operations.register_letter(
        "canaryletter", "canarywriter", at.date(), by=CONSOLE, at=at, in_reply_to=letter, files=(file,)
    )
    return letter


def _written_for(person: User | None) -> Export:
    """A large file that the worker has written for somebody."""
    assert person is not None
    now = timezone.now()
    return Export.objects.create(
        what="actions", form="csv", chosen="Words: canary", day=now.date(), records=1, asked_by=person, asked_at=now,
        state=ExportState.READY, written_at=now, name="iisg-actions.csv", content=b"TLP:GREEN canaryfile", size=20,
    )  # fmt: skip


def words_in(text: str) -> set[str]:
    """Those of the words that a text holds; the sum also as pages print it."""
    folded = text.lower().replace("717,171", "717171")
    return {word for word in MAY_SEE if word in folded}


def _unconfirmed(name: str) -> Organisation:
    return make_organisation(name, ref=f"body-{name}", kind=OrganisationKind.NOT_KNOWN, confirmed=False)
