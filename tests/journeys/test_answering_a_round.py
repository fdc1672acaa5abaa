"""A round is answered: by the Secretariat on a letter, by a focal point for its own, taken back with a reason."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from iisg.foundations.access.actors import CONSOLE
from iisg.foundations.access.roles import Role
from iisg.foundations.accounts.factories import make_person
from iisg.foundations.accounts.models import User
from iisg.foundations.audit.models import Event
from iisg.foundations.orgs.factories import make_organisation, make_partner
from iisg.foundations.orgs.models import Organisation
from iisg.knowledge.actions.factories import make_action
from iisg.knowledge.actions.operations import apply_import, examine_import, receive_import
from iisg.knowledge.cycles.factories import make_cycle, make_return
from iisg.knowledge.cycles.models import Return
from iisg.knowledge.needs.factories import make_measure, make_need, make_objective

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


class House:
    """MARRI was asked about border security and has not answered; two needs wait for it."""

    def __init__(self) -> None:
        make_partner("AL"), make_partner("ME")
        self.marri = make_organisation("Regional Centre", ref="marri", short_name="MARRI")
        self.cycle = make_cycle(date(2026, 9, 1), TODAY - timedelta(days=41))
        self.asked = make_return(self.cycle, self.marri, "WBBSi")
        measure = make_measure("BS-PRO-1", make_objective(pillar="WBBSi"))
        self.needs = [make_need(f"Cameras {n}", ("AL", "ME"), [measure]) for n in (1, 2)]
        self.page = f"/rounds/{self.cycle.ref}/"
        self.member = f"{self.page}marri/"

    def browser(self, role: Role, body: Organisation | None = None, pillar: str = "") -> Client:
        person: User = make_person(role, body)
        person.appointments.update(pillar=pillar)
        client = Client()
        client.force_login(person)
        return client

    def now(self) -> Return:
        return Return.objects.get(pk=self.asked.pk)


@pytest.fixture
def house() -> House:
    return House()


def text(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return " ".join(answer.content.decode().split())


def test_the_round_says_who_is_silent_and_how_many_needs_that_leaves_open(house: House) -> None:
    page = text(house.browser(Role.MEMBER_READER, make_partner("AL")), house.page)
    assert "Regional Centre" in page
    assert "41 days late" in page
    assert "2 needs not known" in page
    assert house.member in page


def test_the_secretariat_notes_an_answer_and_coverage_follows(house: House) -> None:
    office = house.browser(Role.SECRETARIAT)
    [duty] = [d for d, _due in office.get("/desk/").context["desk"].duties if d.what.startswith("Remind")]
    assert duty.href == house.member
    page = text(office, duty.href)
    assert "mailto:" in page
    assert "Dear colleagues" in page
    said = {
        "pillars": ["WBBSi"],
        "nothing": "no",
        "answered_on": "2026-10-01",
        "basis": "Mail of J. Doe, 1 October",
    }
    refused = office.post(f"{house.member}note/", said | {"basis": ""})
    assert "which letter, mail" in refused.content.decode()
    assert "2026-10-01" in refused.content.decode()
    assert office.post(f"{house.member}note/", said).status_code == 302
    asked = house.now()
    assert (asked.answered_on, asked.nothing_to_report) == (date(2026, 10, 1), False)
    assert "Mail of J. Doe" in text(office, house.member)
    assert not [d for d, _due in office.get("/desk/").context["desk"].duties if d.what.startswith("Remind")]
    assert office.get("/gaps/").context["lists"].counts["gap"] == 4
    assert Event.objects.filter(name="cycles.answer_noted").count() == 1


def test_a_day_that_cannot_be_is_refused_with_the_words_kept(house: House) -> None:
    office = house.browser(Role.SECRETARIAT)
    said = {"pillars": ["WBBSi"], "nothing": "yes", "basis": "Letter 17"}
    for day, words in (
        ("2026-08-01", "before the question"),
        (str(TODAY + timedelta(days=2)), "in the future"),
    ):
        page = office.post(f"{house.member}note/", said | {"answered_on": day}).content.decode()
        assert words in page
        assert "Letter 17" in page
    assert house.now().answered_on is None


def test_a_note_is_taken_back_with_a_reason(house: House) -> None:
    office = house.browser(Role.SECRETARIAT)
    said = {"pillars": ["WBBSi"], "nothing": "yes", "answered_on": "2026-10-01", "basis": "Letter 17"}
    office.post(f"{house.member}note/", said)
    assert "has nothing to report" in text(office, house.page)
    back = {"returned": str(house.asked.pk), "reason": ""}
    assert "Say why" in office.post(f"{house.member}take-back/", back).content.decode()
    office.post(f"{house.member}take-back/", back | {"reason": "The letter was about another pillar."})
    asked = house.now()
    assert (asked.answered_on, asked.nothing_to_report, asked.basis) == (None, False, "")
    event = Event.objects.get(name="cycles.answer_taken_back")
    assert event.facts["reason"] == "The letter was about another pillar."
    assert "41 days late" in text(office, house.page)


@pytest.mark.parametrize(
    ("nothing", "words"), [("no", "has told all it does"), ("yes", "has nothing to report")]
)
def test_a_focal_point_says_it_for_its_own_body(house: House, nothing: str, words: str) -> None:
    focal = house.browser(Role.FOCAL_POINT, house.marri, "WBBSi")
    page = text(focal, house.member)
    assert "We have told all we do" in page
    assert "We have nothing to report" in page
    assert focal.post(f"{house.member}say/", {"pillars": ["WBBSi"], "nothing": nothing}).status_code == 302
    asked = house.now()
    assert (asked.answered_on, asked.stated_by_member) == (TODAY, True)
    assert words in text(focal, house.page)
    assert "We have told all we do" not in text(focal, house.member)


def test_nobody_says_it_for_others(house: House) -> None:
    said = {"pillars": ["WBBSi"], "nothing": "no"}
    other = house.browser(Role.FOCAL_POINT, make_organisation("Other Centre"))
    assert "We have told all we do" not in text(other, house.member)
    other_pillar = house.browser(Role.FOCAL_POINT, house.marri, "WBCTi")
    for client in (other, other_pillar, house.browser(Role.SECRETARIAT)):
        answer = client.post(f"{house.member}say/", said)
        assert "You do not speak for Regional Centre on WBBSi" in answer.content.decode()
    assert house.browser(Role.MEMBER_READER, house.marri).post(f"{house.member}say/", said).status_code == 403
    assert house.browser(Role.FOCAL_POINT, house.marri).post(f"{house.member}note/", said).status_code == 403
    assert house.now().answered_on is None


def test_what_was_sent_in_is_never_taken_for_the_answer(house: House) -> None:
    focal = house.browser(Role.FOCAL_POINT, house.marri)
    before = [d.what for d, _due in focal.get("/desk/").context["desk"].duties]
    assert "Send in what Regional Centre does under WBBSi" in before
    make_action("Patrols", reporter=house.marri, recorded_at=timezone.now(), changed_at=timezone.now())
    found = {d.what: d for d, _due in focal.get("/desk/").context["desk"].duties}
    assert found["Is this everything for WBBSi?"].href == house.member
    assert "1 action" in found["Is this everything for WBBSi?"].why
    assert "Is this everything for WBBSi?" in text(focal, house.member)
    assert house.now().answered_on is None


def test_an_applied_file_asks_and_answers_nothing(house: House) -> None:
    content = (
        b"ref,title,donor,implementer,beneficiaries,start_date\nR-1,Patrols,,Regional Centre,AL,2026-01-01\n"
    )
    at = timezone.now()
    file = receive_import(content, "sent.csv", house.marri, by=CONSOLE, at=at, examine_later=False)
    file = apply_import(examine_import(file, by=CONSOLE, at=at), by=CONSOLE, at=at)
    page = text(house.browser(Role.FOCAL_POINT, house.marri), f"/imports/{file.pk}/")
    assert "Is this everything for WBBSi?" in page
    assert house.member in page
    assert house.now().answered_on is None


def test_no_gaps_here_says_whose_silence_is_why(house: House) -> None:
    page = text(house.browser(Role.MEMBER_READER, make_partner("AL")), "/gaps/?partner=AL&pillar=WBBSi")
    assert "No gaps here" in page
    assert "2 needs are not known</a> because this member has not answered:" in page
    assert f'href="{house.member}"' in page
    assert "list=not_known" in page


def test_the_waiting_line_leads_to_the_round(house: House) -> None:
    reader = house.browser(Role.MEMBER_READER, make_partner("AL"))
    assert house.member in text(reader, "/desk/")
    assert house.page in text(reader, "/coverage/")


def test_the_round_asks_as_much_for_one_member_as_for_many(
    house: House, django_assert_max_num_queries: object
) -> None:
    reader = house.browser(Role.SECRETARIAT)
    for number in range(30):
        make_return(house.cycle, make_organisation(f"Centre {number}"), "WBBSi")
    with django_assert_max_num_queries(30):  # type: ignore[operator]
        reader.get(house.page)
