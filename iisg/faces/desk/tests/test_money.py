"""The pages of money: who may see them, what they say of what is not known, and ways to the flows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from iisg.faces.desk.money_words import PLACE_WORDS
from iisg.foundations.access.actors import CONSOLE
from iisg.foundations.access.roles import Role
from iisg.foundations.orgs.factories import make_organisation, make_partner, make_partners
from iisg.knowledge.actions.factories import add_flow, add_party, make_action
from iisg.knowledge.actions.models import Action, ExchangeRate, Flow, PartyRole
from iisg.knowledge.actions.operations import enter_rates
from iisg.knowledge.actions.rate_files import StatedRate
from iisg.knowledge.analysis.engine.money.splits import SHARED
from iisg.knowledge.analysis.picture_words import sankey_words
from iisg.knowledge.needs.factories import make_need
from iisg.knowledge.responses.factories import make_relation, make_response
from iisg.knowledge.responses.models import RelationKind
from tests.growing import growing

SignIn = Callable[..., Client]
DAY = date(2024, 5, 2)


def paid(amount: int | None, currency: str = "EUR", named: Any = ("AL",), **facts: Any) -> Flow:
    """A committed sum of a donor from outside, for an action of its own."""
    action = make_action(named=named, **facts)
    donor = make_organisation()
    add_party(action, donor, PartyRole.FUNDING)
    add_party(action, make_organisation(), PartyRole.IMPLEMENTING)
    return add_flow(
        action, None if amount is None else Decimal(amount), currency, source=donor, happened_on=DAY
    )


def text(client: Client, address: str) -> str:
    """The words of a page, blanks in one."""
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


@pytest.mark.parametrize("address", ["/money/", "/money/figure/?measure=committed&line=net"])
def test_members_read_money_and_nobody_else(address: str, sign_in: SignIn) -> None:
    assert sign_in(Role.MEMBER_READER).get(address).status_code == 200
    assert sign_in(Role.APPLICANT).get(address).status_code == 403
    assert sign_in(Role.ADMINISTRATOR).get(address).status_code == 403
    assert Client().get(address).status_code == 302


def test_rates_and_reports_are_the_secretariats(sign_in: SignIn) -> None:
    flow = paid(1)
    reader = sign_in(Role.FOCAL_POINT)
    assert reader.get("/money/rates/").status_code == 403
    for address in (
        "/money/reports/tie/",
        f"/money/reports/{flow.pk}/choose/",
        f"/money/reports/{flow.pk}/untie/",
    ):
        assert reader.post(address).status_code == 403


def test_an_empty_house_says_what_the_page_is_for(reader: Client) -> None:
    assert "No action lies inside this boundary" in text(reader, "/money/")


def test_gross_and_net_stand_side_by_side_and_open_to_their_flows(reader: Client) -> None:
    make_partners()
    first, second = paid(2_500_000), paid(2_400_000)
    make_relation(second.action, first.action, RelationKind.SAME_AS)
    page = text(reader, "/money/")
    assert "EUR 4.9 m" in page
    assert "EUR 2.5 m" in page or "EUR 2.4 m" in page
    assert "Second records of the same action" in page
    figure = text(reader, "/money/figure/?measure=committed&line=gross")
    assert "EUR 4,900,000.00" in figure
    assert "version money-3" in figure
    assert first.action.ref in figure
    assert second.action.ref in figure
    left = text(reader, "/money/figure/?measure=committed&line=same_action")
    assert f"see {min(first.action.ref, second.action.ref)}" in left


def test_what_is_not_known_is_counted_as_unknown(reader: Client) -> None:
    paid(None)
    paid(5_000, "ALL")
    paid(7_000, "")
    paid(10)
    page = text(reader, "/money/")
    assert "known for 3 actions and not known for 1" in page
    assert "ALL 5,000.00</strong> in 1 sum: no exchange rate is known for the day" in page
    assert "no source states the currency" in page
    assert reader.get("/money/").context["found"].account.figure("committed", "net").eur == 10


def test_an_imported_rate_turns_the_sum_into_euro(reader: Client) -> None:
    flow = paid(10_050, "ALL")
    assert "Nothing is stated here" in text(reader, "/money/figure/?measure=committed&line=net")
    rate = StatedRate("ALL", date(2024, 5, 1), Decimal("100.5"), "Bank of Albania")
    enter_rates([rate], by=CONSOLE, at=flow.action.recorded_at)
    figure = text(reader, "/money/figure/?measure=committed&line=net")
    assert "ALL 10,050.00" in figure
    assert "100.5 ALL for one euro (Bank of Albania, 2024-05-01)" in figure
    assert "EUR 100.00" in figure


def test_the_boundary_narrows_by_partner_pillar_year_and_need(reader: Client) -> None:
    make_partners()
    need = make_need()
    mine = paid(100, pillars=("WBBSi",))
    paid(50, named=("ME",), pillars=("WBCTi",))
    paid(30, named=("AL", "ME"))
    make_response(need, mine.action)

    def net(query: str) -> Decimal:
        found: Decimal = reader.get(f"/money/{query}").context["found"].account.figure("committed", "net").eur
        return found

    assert net("") == 180
    assert net("?partner=AL") == 100
    assert net("?pillar=WBCTi") == 50
    assert [net("?year=2024"), net("?year=2023")] == [Decimal(180), Decimal(0)]
    assert [net("?year=2022-2024"), net("?year=2020+to+2023")] == [Decimal(180), Decimal(0)]
    assert "the six partners together, 2022–2024" in text(reader, "/money/?year=2022+–+2024")
    assert mine.action.ref in text(reader, "/money/figure/?measure=committed&line=net&year=2023-2025")
    assert net(f"?need={need.ref}") == 100
    page = text(reader, "/money/?partner=AL")
    assert "Not attributed" in page
    assert "Boundary: <strong>Albania</strong>" in page


def test_sectors_divide_what_counts_and_lead_to_their_flows(reader: Client) -> None:
    make_partners()
    paid(100, sectors="DAC:15210=60 DAC:15130=40")
    paid(30, sectors="DAC:15210 DAC:15130")
    assert "What is it for?" not in text(reader, "/money/?partner=ME")
    silent = paid(7)
    page = text(reader, "/money/")
    table = page.split("Net figures by sector", 1)[1].split("</table>", 1)[0]
    rows = [
        "15130 Legal and judicial",
        "15210 Security system",
        "Several sectors, not divided",
        "Sector not said",
    ]
    assert [table.index(row) for row in rows] == sorted(table.index(row) for row in rows)
    figure = text(reader, "/money/figure/?measure=committed&line=net&sector_of=15210")
    assert "EUR 60.00" in figure
    assert "of it only: 15210 Security system management and reform" in figure
    assert silent.action.ref not in figure
    account = reader.get("/money/?sector=15210").context["found"].account
    assert [account.figure("committed", name).eur for name in ("net", "unattributed", "unknown")] == [
        60,
        30,
        7,
    ]
    narrowed = text(reader, "/money/?sector=15210")
    assert "sector 15210 Security system management" in narrowed
    assert "Not attributed, committed" in narrowed
    assert "15210 Security system management and reform: 60 %" in text(reader, f"/actions/{first_ref()}/")


def first_ref() -> str:
    """The reference of the first action."""
    return Action.objects.order_by("pk")[0].ref


def test_what_is_told_at_second_hand_is_a_step_of_its_own(reader: Client) -> None:
    make_partners()
    paid(100)
    told = paid(60, second_hand=True)
    page = text(reader, "/money/")
    assert "Reported at second hand" in page
    account = reader.get("/money/").context["found"].account
    assert [account.figure("committed", name).eur for name in ("gross", "second_hand", "net")] == [
        160,
        60,
        100,
    ]
    assert told.action.ref in text(reader, "/money/figure/?measure=committed&line=second_hand")
    assert "its money is shown and not counted" in text(reader, f"/actions/{told.action.ref}/")


def test_a_choice_that_cannot_be_read_is_told_and_does_not_narrow(reader: Client) -> None:
    paid(100)
    page = text(reader, "/money/?year=abc&need=NOPE")
    assert "No need has the reference “NOPE”" in page
    assert "“abc” is no year. Write 2024, or the first and the last one: 2022-2026." in page
    assert "is no year" in text(reader, "/money/?year=2026-2022")
    assert "EUR 100" in page
    assert reader.get("/money/figure/?measure=committed&line=strange").status_code == 404
    assert reader.get("/money/figure/?measure=gold&line=net").status_code == 404


def test_partners_stand_in_alphabetical_order_and_kosovo_has_its_footnote(reader: Client) -> None:
    make_partners()
    paid(10, named=("RS",))
    paid(999, named=("XK",))
    page = text(reader, "/money/")
    table = page.split("Net figures by partner", 1)[1]
    places = [
        table.index(name)
        for name in ("Albania", "Bosnia", "Kosovo*", "Montenegro", "North Macedonia", "Serbia")
    ]
    assert places == sorted(places)
    assert "without prejudice to positions on status" in page


def test_the_page_of_an_action_shows_reports_and_what_counts(secretariat: Client) -> None:
    one, other = paid(1_000_000), paid(1_090_000, "USD")
    other.happened_on = DAY
    other.source = one.source
    other.save()
    make_relation(other.action, one.action, RelationKind.FUNDED_BY)
    address = f"/actions/{one.action.ref}/"
    page = text(secretariat, address)
    assert "Is this the same money?" in page
    assert "about the same amount in euro" in page
    said = {"report": one.pk, "other": other.pk, "chosen": one.pk, "reason": "The donor's own figure."}
    assert "counts" in text(secretariat, secretariat.post("/money/reports/tie/", said).headers["Location"])
    other.refresh_from_db()
    assert other.report_of_id == one.pk
    page = text(secretariat, address)
    assert "also reported as USD 1090000.00" in page
    assert "Is this the same money?" not in page
    assert "another report of EUR 1000000.00" in text(secretariat, f"/actions/{other.action.ref}/")
    secretariat.post(f"/money/reports/{other.pk}/choose/")
    one.refresh_from_db()
    assert one.report_of_id == other.pk
    secretariat.post(f"/money/reports/{one.pk}/untie/")
    one.refresh_from_db()
    assert one.report_of_id is None


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"chosen": ""}, "Choose which of the two reports counts."),
        ({"reason": ""}, "Say in a sentence why"),
        ({"chosen": "received"}, "never counted"),
    ],
)
def test_a_tie_that_cannot_be_is_told_on_the_page(
    secretariat: Client, change: dict[str, str], says: str
) -> None:
    one, other = paid(100), paid(100)
    Flow.objects.filter(pk=other.pk).update(state="incoming")
    said = {"report": one.pk, "other": other.pk, "chosen": one.pk, "reason": "Same."} | change
    said = {key: other.pk if value == "received" else value for key, value in said.items()}
    response = secretariat.post("/money/reports/tie/", said, follow=True)
    assert says in response.content.decode()
    assert not Flow.objects.exclude(report_of=None).exists()
    assert secretariat.post("/money/reports/tie/", {"report": "x"}).status_code == 404


def test_a_whole_tells_what_is_not_yet_contracted(reader: Client) -> None:
    whole, part = paid(1000), paid(300)
    make_relation(part.action, whole.action, RelationKind.PART_OF)
    assert "Not yet contracted: EUR 700.00" in text(reader, f"/actions/{whole.action.ref}/")
    assert "Parts of a whole that is counted" in text(reader, f"/actions/{part.action.ref}/")
    make_relation(paid(900).action, whole.action, RelationKind.PART_OF)
    assert "The parts state more than the whole" in text(reader, f"/actions/{whole.action.ref}/")


def test_a_file_of_rates_is_taken_in_and_its_faults_are_told(secretariat: Client) -> None:
    def send(content: bytes) -> str:
        file = SimpleUploadedFile("rates.csv", content)
        return " ".join(secretariat.post("/money/rates/", {"file": file}).content.decode().split())

    page = send(b"currency,date,rate,source\nALL,2024-05-01,100.5,Bank of Albania\nleke,2024-05-01,1,x\n")
    assert "Rates read: 1; new: 1; replaced: 0." in page
    assert "line 3, column A: &#x27;leke&#x27; is no code of a currency." in page
    assert "Bank of Albania" in page
    assert "needs columns for the currency and for the rate" in send(b"a,b\n1,2\n")
    assert "Choose a file." in secretariat.post("/money/rates/").content.decode()
    assert "larger than 5 MB" in send(b"x" * 5_000_001)


@pytest.mark.parametrize(
    "address",
    ["/money/", "/money/?partner=AL", "/money/figure/?measure=committed&line=net", "/money/rates/", "action"],
)
def test_fifty_actions_cost_as_many_queries_as_one(address: str, secretariat: Client) -> None:
    make_partners()
    first = paid(100)
    address = f"/actions/{first.action.ref}/" if address == "action" else address

    def grow(number: int) -> None:
        flow = paid(number)
        make_relation(flow.action, first.action, RelationKind.FUNDED_BY)
        Flow.objects.filter(pk=paid(number).pk).update(report_of=first)
        add_flow(first.action, Decimal(number), source=make_partner("AL"))
        ExchangeRate.objects.create(
            currency="ALL",
            day=date(2020, 1, number),
            per_euro=100,
            source="x",
            received_at=flow.action.recorded_at,
        )

    def queries() -> int:
        with CaptureQueriesContext(connection) as counted:
            secretariat.get(address)
        return len(counted)

    grow(1)
    secretariat.get(address)
    one = queries()
    with growing():
        for number in range(2, 31):
            grow(number)
    assert queries() == one


def test_money_of_several_partners_has_one_word_on_the_page_and_in_its_picture() -> None:
    assert str(PLACE_WORDS[SHARED]) == sankey_words().shared
