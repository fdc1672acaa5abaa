"""What the methodology leaves open about membership: periods with their defaults, shown as settings (rules.md 2)."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings


def invitation_life() -> timedelta:
    """How long an invitation waits for an answer before it lapses."""
    return timedelta(days=settings.MEMBERSHIP_INVITATION_DAYS)


def reminder_days() -> tuple[int, ...]:
    """How many days before it lapses an invitation is reminded of."""
    return tuple(settings.MEMBERSHIP_REMINDER_DAYS)


def focal_point_time() -> timedelta:
    """How long a new member has to name its focal points."""
    return timedelta(days=settings.FOCAL_POINT_DAYS)


def draft_life() -> timedelta:
    """After how long a form that nobody touched is erased."""
    return timedelta(days=settings.MEMBERSHIP_DRAFT_DAYS)


def link_life() -> timedelta:
    """How long an applicant's link still works once its case is closed."""
    return timedelta(days=settings.MEMBERSHIP_LINK_DAYS)


def form_life() -> timedelta:
    """How long the personal data of a form are kept once its case is closed."""
    return timedelta(days=settings.MEMBERSHIP_FORM_DAYS)
