"""Whom the house writes to about focal points: a member's correspondence, and whoever the request went to."""

from __future__ import annotations

from datetime import date

from iisg.foundations.orgs.models import Contact, Organisation
from iisg.office.letters.addressing import Addressee, without_doubles
from iisg.office.pillars.models import CORRESPONDENCE, FocalPoint, FocalPointRequest


def correspondents(organisation: Organisation, day: date) -> list[Addressee]:
    """Its focal points for correspondence with their deputies, else its address; nobody where neither is known."""
    points = FocalPoint.objects.on(day).filter(organisation=organisation, purpose=CORRESPONDENCE)
    found = [
        Addressee(point.name, point.email, organisation_key=organisation.pk)
        for point in points.order_by("is_deputy", "pk")
    ] or [
        Addressee(each.name, each.email, each.salutation, each.postal, organisation.pk)
        for each in Contact.objects.on(day).filter(organisation=organisation)
    ]
    return without_doubles(found)


def addressees_of(asked: FocalPointRequest, day: date) -> list[Addressee]:
    """Those to whom the request's letter went; where there was none, the member's correspondence of the day."""
    letter = asked.letter
    told = letter.recipients.filter(is_copy=False) if letter else ()
    language = letter.language if letter else ""
    return [
        Addressee(each.name, each.email, each.salutation, each.postal, asked.organisation_id, language)
        for each in told
    ] or correspondents(asked.organisation, day)
