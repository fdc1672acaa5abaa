"""What stands on whose desk, from real records."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from django.test import Client
from django.utils import timezone

from iisg.faces.desk.tests.conftest import SignIn
from iisg.foundations.access.roles import Role
from iisg.foundations.orgs.factories import make_organisation, make_partner
from iisg.knowledge.actions.factories import add_party, make_action
from iisg.knowledge.actions.models import Import, ImportState, PartyRole
from iisg.knowledge.cycles.factories import make_cycle, make_return
from iisg.knowledge.needs.factories import make_need
from iisg.knowledge.needs.models import Priority
from iisg.knowledge.responses.factories import make_response


def duties(client: Client) -> list[str]:
    """What stands under "What you should do", in order."""
    return [duty.what for duty, _due in client.get("/desk/").context["desk"].duties]


def make_import(**facts: object) -> Import:
    """A file that was examined and waits for a person."""
    wanted: dict[str, object] = {
        "file_name": "actions.csv",
        "digest": "0" * 64,
        "size": 1,
        "content": b"x",
        "state": ImportState.EXAMINED,
        "received_at": datetime(2026, 11, 1, tzinfo=UTC),
    }
    return Import.objects.create(**(wanted | facts))


def test_an_empty_house_leaves_the_desk_empty_and_says_so(secretariat: Client) -> None:
    page = secretariat.get("/desk/").content.decode()
    assert "Nothing waits for you" in page
    assert "No need is recorded yet" in page
    assert "Nothing has been recorded yet" in page


def test_the_secretariat_sees_everything_that_waits(secretariat: Client) -> None:
    member = make_organisation("Border Centre")
    make_organisation("Found in a file", confirmed=False)
    make_import()
    late = make_cycle(date(2025, 9, 1), date(2025, 10, 15))
    make_return(late, member, "WBCTi")
    urgent = make_need("Cameras at the crossing points", priority=Priority.HIGH)
    likely = make_action("Cameras at the crossing points")
    followed = make_need("Something else")
    make_response(followed, make_action("Old answer"), follow_up_on=date(2026, 1, 1))
    found = duties(secretariat)
    assert found[0] == "Remind Border Centre: no answer on WBCTi"
    assert found[1].startswith("One year on: did")
    assert {
        "Look at what actions.csv would change, then apply it",
        "Confirm 1 organisation that an import or a form named",
        f"Find an answer to {urgent.ref}: {urgent.title}",
        f"Judge whether {likely.ref} answers {urgent.ref}",
        "Look for answers to 1 need: a gap, and nothing judged yet",
    } <= set(found)


def test_each_duty_leads_to_a_page(secretariat: Client) -> None:
    make_return(make_cycle(date(2025, 9, 1), date(2025, 10, 15)), make_organisation())
    make_organisation("Found in a file", confirmed=False)
    make_need("Cameras at the crossing points", priority=Priority.HIGH)
    make_action("Cameras at the crossing points")
    for duty, _due in secretariat.get("/desk/").context["desk"].duties:
        assert secretariat.get(duty.href).status_code == 200, duty.what


def test_a_judged_suggestion_leaves_the_desk(secretariat: Client) -> None:
    need = make_need("Cameras at the crossing points")
    action = make_action("Cameras at the crossing points")
    duty = f"Judge whether {action.ref} answers {need.ref}"
    assert duty in duties(secretariat)
    make_response(need, action, "none")
    assert duty not in duties(secretariat)


def test_a_focal_point_sees_its_own_and_nobody_elses(sign_in: SignIn) -> None:
    own, other = make_organisation("Own Centre"), make_organisation("Other Centre")
    client = sign_in(Role.FOCAL_POINT, own)
    cycle = make_cycle(due_on=timezone.localdate() + timedelta(days=10))
    make_return(cycle, own)
    make_return(cycle, other)
    ended = make_action("Ended", end_on=date(2025, 1, 1))
    dateless = make_action("Dateless", end_on=None, end_printed="", start_on=None)
    for action in (ended, dateless):
        add_party(action, own, PartyRole.IMPLEMENTING)
    make_action("Somebody else's", end_on=date(2025, 1, 1))
    make_import(reporter=own)
    make_import(reporter=other, file_name="other.csv")
    desk = client.get("/desk/").context["desk"]
    assert [duty.what for duty, _due in desk.duties] == [
        "Send in what Own Centre does under WBBSi",
        "Look at what actions.csv would change, then apply it",
        f"Confirm that {ended.ref} has ended",
        f"Say when {dateless.ref} starts and ends",
    ]
    assert desk.duties[0][1].how_far == "in 10 days"
    assert [wait.who for wait in desk.waits] == ["Other Centre"]


def test_a_national_coordinator_completes_the_partners_needs(sign_in: SignIn) -> None:
    client = sign_in(Role.NATIONAL_COORDINATOR, make_partner("MK"))
    make_need(partners=("MK",))
    make_need(partners=("AL",))
    assert duties(client) == ["Complete 1 need before it can be submitted"]


def test_a_board_member_sees_coverage_and_news(sign_in: SignIn) -> None:
    client = sign_in(Role.BOARD_MEMBER)
    need = make_need("Cameras")
    make_response(need, make_action("Delivery"))
    desk = client.get("/desk/").context["desk"]
    assert desk.duties == []
    assert desk.totals["covered"] == 1
    assert {item.ref for item in desk.news} >= {need.ref}
    assert any("answers it fully" in str(item.word) for item in desk.news)


def test_an_administrator_sees_people_and_deeds_but_no_records(sign_in: SignIn, secretariat: Client) -> None:
    need, action = make_need("Canary need"), make_action("Canary action")
    said = {"degree": "full", "reason": "Canary reason"}
    secretariat.post(f"/judge/?need={need.ref}&action={action.ref}", said)
    page = sign_in(Role.ADMINISTRATOR).get("/desk/").content.decode()
    assert "A response was judged" in page
    assert "Canary" not in page
    assert need.ref not in page


def test_an_applicant_is_told_what_is_open(sign_in: SignIn) -> None:
    page = sign_in(Role.APPLICANT).get("/desk/").content.decode()
    assert "not a member yet" in page
    assert "/projects/" in page
