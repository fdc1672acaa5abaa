"""The personal link by which a member names its focal points: signed, and void once its request has another nonce."""

from __future__ import annotations

from django.conf import settings
from django.core import signing
from django.urls import reverse

from iisg.foundations.access.actors import HouseActor
from iisg.foundations.access.roles import Can
from iisg.office.pillars.models import FocalPointRequest

_SALT = "iisg.pillars.nomination"


def nomination_token(asked: FocalPointRequest) -> str:
    """What the link carries."""
    return signing.dumps([asked.pk, asked.nonce], salt=_SALT)


def nomination_link(asked: FocalPointRequest) -> str:
    """The whole link as a letter prints it."""
    return f"{settings.HOUSE_ADDRESS}{reverse('name_focal_points', args=[nomination_token(asked)])}"


def request_of(token: str) -> FocalPointRequest | None:
    """The request that a link leads to; None where the link is wrong or void."""
    try:
        key, nonce = signing.loads(token, salt=_SALT)
    except (signing.BadSignature, ValueError):
        return None
    return FocalPointRequest.objects.select_related("organisation").filter(pk=key, nonce=nonce).first()


def member_by_link(asked: FocalPointRequest) -> HouseActor:
    """Who acts by that link: the member, no person; it may name focal points of that member and nothing else."""
    name = str(asked.organisation)[:160]
    return HouseActor(
        f"{name}, by its own link", frozenset({Can.NOMINATE}), frozenset({asked.organisation_id})
    )
