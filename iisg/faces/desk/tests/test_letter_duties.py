"""What the Secretariat should do about letters, and that each duty leads to exactly those."""

from __future__ import annotations

from datetime import date

from django.test import Client

from iisg.faces.desk.duties import Duty
from iisg.foundations.access.actors import HOUSE
from iisg.office.letters import operations
from iisg.office.letters.addressing import Addressee
from iisg.office.letters.effects import Fate, Posted
from iisg.office.letters.models import Delivery
from iisg.office.letters.tests.made_up import ANA, EMBASSY, NOW, draft, incoming, sent


def duties(client: Client) -> dict[str, Duty]:
    """Duties about letters, by their words."""
    found = client.get("/desk/").context["desk"].duties
    return {duty.what: duty for duty, _due in found if duty.href.startswith("/letters/")}


def refused(*people: Addressee) -> None:
    """A letter that the mail server refuses."""
    for person in sent(*people).recipients.all():
        delivery = Delivery.objects.get(recipient=person)
        operations.take_up_delivery(delivery, by=HOUSE, at=NOW)
        operations.note_outcome(delivery, Posted(Fate.NEVER, "550"), by=HOUSE, at=NOW)


def test_without_letters_there_is_no_duty_about_them(secretariat: Client) -> None:
    sent(ANA)
    assert duties(secretariat) == {}


def test_each_duty_counts_exactly_what_its_list_shows(secretariat: Client) -> None:
    refused(ANA, Addressee("Second", "second@ministry.example"))
    refused(ANA)
    sent(EMBASSY, answer_due_on=date(2020, 1, 1))
    incoming(answer_due_on=date(2020, 1, 1))
    incoming(answer_due_on=date(2999, 1, 1))
    for _each in range(3):
        draft(ANA)
    found = duties(secretariat)
    assert list(found) == [
        "2 letters did not arrive",
        "1 letter waits to be posted",
        "2 answers overdue",
        "3 drafts wait for approval",
    ]
    for words, duty in found.items():
        lines = secretariat.get(duty.href).context["lines"]
        assert len(lines) == int(words.split()[0]), words


def test_members_have_no_duties_about_letters(reader: Client) -> None:
    draft(ANA)
    assert duties(reader) == {}
    assert "/letters/" not in reader.get("/desk/").content.decode()
