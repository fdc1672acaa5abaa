"""What an applicant agrees to, word by word; a version never changes, a new text is the next one."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

CONSENT_VERSION = 1
TEXTS = {
    1: _(
        "I agree that the IISG Secretariat keeps the names, offices, addresses and telephone numbers in this form, and "
        "the signed form itself, to check the form, to put the case to the Board and to write to the people named. The "
        "people named know that they are named here. What is personal in the form is erased two years after the case "
        "is closed, or earlier when the applicant asks for it once the case is closed."
    )
}
"""Version to its text."""
