"""The link by which a nominated person signs in for the first time and chooses a password."""

from __future__ import annotations

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.urls import reverse

from iisg.foundations.accounts.models import User


def first_sign_in_link(user: User) -> str:
    """A link that works once, until a password is chosen, for as long as PASSWORD_RESET_TIMEOUT says."""
    path = reverse(
        "account_reset_password_from_key",
        kwargs={"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)},
    )
    return f"{settings.HOUSE_ADDRESS}{path}"
