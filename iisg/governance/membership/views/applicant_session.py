"""What a session remembers of an applicant: the form whose link was opened, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from iisg.foundations.access.permits import RuleRefused
from iisg.governance.membership.links import held
from iisg.governance.membership.models import Application

_HELD = "applicant_form"
_OF_OTHERS = ("membership.open-case", "membership.member")
Page = Callable[..., HttpResponseBase]


def hold(request: HttpRequest, form: Application) -> None:
    """From here on the session holds this form; its key is a new one, so that nobody has it from before."""
    request.session.cycle_key()
    request.session[_HELD] = [form.pk, form.nonce]


def let_go(request: HttpRequest) -> None:
    """Forget the form; whoever is signed in besides stays so."""
    if request.session.pop(_HELD, None) is not None:
        request.session.cycle_key()


def form_of(request: HttpRequest) -> Application | None:
    """The form that the session holds, as long as its link works."""
    known = request.session.get(_HELD)
    return held(known[0], known[1], timezone.now()) if known else None


def with_form(view: Page) -> Page:
    """Hand the view the form that the session holds; without one, a page that says what to do."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        form = form_of(request)
        return view(request, form, *args, **kwargs) if form is not None else void(request)

    return answer


def void(request: HttpRequest) -> HttpResponse:
    """A link that leads nowhere: what may have happened, and how to come to the form again."""
    return render(request, "membership/void_link.html", status=404)


def say_refusal(request: HttpRequest, refused: RuleRefused) -> None:
    """What a rule refuses stands on top of the next page; of other people's cases nothing is told."""
    for finding in refused.findings:
        if finding.code in _OF_OTHERS:
            words = _(
                "The register knows this body already, as a member or on its way to it. Write to the %(office)s, "
                "%(address)s."
            )
            messages.error(
                request, words % {"office": settings.OFFICE_NAME, "address": settings.DEFAULT_FROM_EMAIL}
            )
        else:
            messages.error(request, f"{finding.message} {finding.cure}".strip())


def sent(request: HttpRequest, *, files: bool = False) -> tuple[Any, ...]:
    """What was sent, for a form to be bound to; nothing where the page is only looked at."""
    if request.method != "POST":
        return ()
    return (request.POST, request.FILES) if files else (request.POST,)
