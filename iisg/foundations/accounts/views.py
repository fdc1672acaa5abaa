"""Signing in to the demonstration as a role, by one click; outside of it there is no such address."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from iisg.foundations.access.doors import open_to_all
from iisg.foundations.accounts.forms import RoleChoice
from iisg.foundations.accounts.freshness import stamp
from iisg.foundations.accounts.models import User, demonstration_address

_SIGNS_IN = "allauth.account.auth_backends.AuthenticationBackend"


@open_to_all
@require_POST
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in as the demonstration account of a role; 404 wherever the house is no demonstration."""
    form = RoleChoice(request.POST)
    if not settings.DEMO or not form.is_valid():
        raise Http404
    accounts = User.objects.filter(is_demonstration=True, is_active=True)
    said = form.cleaned_data
    user = get_object_or_404(accounts, email=demonstration_address(said["role"], said["number"] or 1))
    login(request, user, backend=_SIGNS_IN)
    stamp(request, timezone.now())
    after = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(after, {request.get_host()}, request.is_secure()):
        after = settings.LOGIN_REDIRECT_URL
    return redirect(after)
