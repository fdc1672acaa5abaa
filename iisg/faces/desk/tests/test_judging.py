"""Judging, looking for the other side, and taking back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.test import Client

from iisg.foundations.audit.trail import first_broken
from iisg.knowledge.actions.factories import make_action
from iisg.knowledge.needs.factories import make_need
from iisg.knowledge.needs.models import NeedState
from iisg.knowledge.responses.factories import make_response
from iisg.knowledge.responses.models import Degree, Response


def judge_address(need: object, action: object) -> str:
    """The judge page of a need and an action."""
    return f"/judge/?need={getattr(need, 'ref', '')}&action={getattr(action, 'ref', '')}"


def test_the_page_spells_out_what_each_choice_does(secretariat: Client) -> None:
    need = make_need("Thermal cameras", ("AL", "RS"))
    action = make_action("Delivery of thermal cameras", named=("AL",))
    comparison = secretariat.get(judge_address(need, action)).context["comparison"]
    changes = [one.changes for one in comparison.consequences]
    assert changes == [
        ["Albania: a gap → covered"],
        ["Albania: a gap → partly covered"],
        ["Nothing changes for any partner."],
    ]
    assert "does not reach Serbia" in comparison.unmoved
    assert comparison.need_title == "<mark>Thermal</mark> <mark>cameras</mark>"
    assert "<mark>cameras</mark>" in comparison.action_title


def test_the_page_says_why_nothing_would_change(secretariat: Client) -> None:
    need = make_need()
    reasons = {
        "a finished action": make_action(end_on=date(2025, 1, 1)),
        "has not begun": make_action(start_on=date(2090, 1, 1), end_on=None),
        "reaches none of the partners": make_action(named=("RS",)),
        "is not known": make_action(stage="", start_on=None, end_on=None),
        "was stopped": make_action(stage="suspended"),
    }
    for words, action in reasons.items():
        assert words in str(secretariat.get(judge_address(need, action)).context["comparison"].unmoved)


def test_a_quantity_counts_up_to_what_is_asked(secretariat: Client) -> None:
    need = make_need("Vehicles", quantity=Decimal(100), unit="vehicles")
    action = make_action()
    page = secretariat.get(judge_address(need, action))
    assert "answers it fully, with all 100 vehicles" in page.content.decode()
    refused = secretariat.post(judge_address(need, action), {"degree": "full", "reason": "Sent them."})
    assert refused.status_code == 200
    assert "must say how many are provided" in str(refused.context["form"].errors["quantity"])
    assert refused.context["form"]["reason"].value() == "Sent them."
    said = {"degree": "full", "quantity": "100", "reason": "Sent them."}
    assert secretariat.post(judge_address(need, action), said).status_code == 302
    assert Response.objects.get().quantity == 100


def test_a_judgement_needs_a_choice_and_a_reason(secretariat: Client) -> None:
    need, action = make_need(), make_action()
    refused = secretariat.post(judge_address(need, action), {"reason": "  "})
    page = refused.content.decode()
    assert {"degree", "reason"} == set(refused.context["form"].errors)
    assert "There is a problem" in page
    assert 'href="#id_degree_0"' in page
    assert not Response.objects.exists()


def test_a_draft_cannot_be_judged(secretariat: Client) -> None:
    need, action = make_need(state=NeedState.DRAFT), make_action()
    refused = secretariat.post(judge_address(need, action), {"degree": "partial", "reason": "Some of it."})
    assert "nothing can answer it yet" in str(refused.context["form"].non_field_errors())


def test_judging_again_replaces_and_keeps_the_old_one(secretariat: Client) -> None:
    need, action = make_need(), make_action()
    old = make_response(need, action, Degree.FULL)
    page = secretariat.get(judge_address(need, action))
    assert page.context["form"].initial["degree"] == Degree.FULL
    assert "Judged before" in page.content.decode()
    secretariat.post(judge_address(need, action), {"degree": "none", "reason": "Looked closer."})
    assert Response.objects.standing().get().degree == Degree.NONE
    record = secretariat.get(f"/needs/{need.ref}/")
    assert [one.pk for one in record.context["facts"].earlier] == [old.pk]
    assert first_broken() is None


def test_taking_back_opens_the_gap_again(secretariat: Client) -> None:
    need, action = make_need(), make_action()
    response = make_response(need, action)
    told = secretariat.post(f"/judge/take-back/{response.pk}/", follow=True)
    assert told.redirect_chain == [(f"/needs/{need.ref}/", 302)]
    assert "was taken back" in told.content.decode()
    assert str(told.context["facts"].answers[0].coverage.state) == "gap"
    assert Response.objects.count() == 1


def test_search_finds_both_ways_and_folds_letters(secretariat: Client) -> None:
    need = make_need("Border cameras")
    action = make_action("Obuka granične policije", title_language="bs")
    make_response(need, action, Degree.PARTIAL)
    hits = secretariat.get(f"/needs/{need.ref}/find/?q=granicne").context["hits"]
    assert [(hit.ref, hit.partners, hit.judged.degree) for hit in hits] == [
        (action.ref, "Albania", Degree.PARTIAL)
    ]
    hits = secretariat.get(f"/find-need/?action={action.ref}&q=CAMERAS").context["hits"]
    assert [hit.ref for hit in hits] == [need.ref]
    nothing = secretariat.get(f"/find-need/?action={action.ref}&q=zzz").content.decode()
    assert "Nothing holds all these words" in nothing
    blank = secretariat.get(f"/needs/{need.ref}/find/").content.decode()
    assert "Look for words" in blank


def test_what_others_wrote_is_never_markup(secretariat: Client) -> None:
    need = make_need("<script>cameras</script>")
    action = make_action("<b>cameras</b>", summary="<img src=x>cameras")
    for address in [judge_address(need, action), f"/needs/{need.ref}/", f"/actions/{action.ref}/", "/desk/"]:
        page = secretariat.get(address).content.decode()
        assert "<script>cameras" not in page
        assert "<b>cameras" not in page.replace("<mark>", "")
        assert "<img" not in page
