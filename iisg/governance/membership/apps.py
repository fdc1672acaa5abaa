"""Membership: from first contact to member, by the four routes of the methodology."""

from django.apps import AppConfig


class MembershipConfig(AppConfig):
    """Prospects, invitations, applications, cases, assessments, lists to the Board."""

    name = "iisg.governance.membership"
    label = "membership"

    def ready(self) -> None:
        """Make known the letters that membership writes and who may be told of its steps."""
        from iisg.governance.membership import circles, letter_kinds, receivers  # noqa: F401
