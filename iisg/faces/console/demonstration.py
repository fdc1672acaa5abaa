"""Loading the demonstration: public needs and actions, judged responses, relations and a round, all marked as such."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

from django.conf import settings
from django.db import transaction

from iisg.faces.console.demonstration_board import load_proposals, load_seats
from iisg.faces.console.demonstration_meetings import load_meetings
from iisg.faces.console.demonstration_membership import load_membership
from iisg.faces.console.register import day, enter_register, folder, lines
from iisg.foundations.access.actors import DEMONSTRATION
from iisg.foundations.access.roles import Role
from iisg.foundations.accounts.models import User, demonstration_address
from iisg.foundations.accounts.operations import enter_demonstration_role
from iisg.foundations.audit.models import Event
from iisg.foundations.audit.trail import record
from iisg.foundations.orgs.models import Organisation
from iisg.knowledge.actions import operations as actions
from iisg.knowledge.actions.models import Action
from iisg.knowledge.analysis.looking import look
from iisg.knowledge.cycles import operations as cycles
from iisg.knowledge.cycles.models import CycleKind
from iisg.knowledge.needs import operations as needs
from iisg.knowledge.needs.models import Measure, Need, Objective
from iisg.knowledge.needs.operations import FrameworkLine
from iisg.knowledge.responses import operations as responses
from iisg.office.pillars.models import Pillar

LOADED = "console.demonstration_loaded"
FRAMEWORK = "demonstration-2026"
ROUND = "annual-responses-2026-demonstration"

MADE_UP = "made up for the demonstration"
"""What the demonstration's answers rest on."""
ROLES = {
    Role.MEMBER_READER: "osce",
    Role.FOCAL_POINT: "marri",
    Role.NATIONAL_COORDINATOR: "north-macedonia",
    Role.BOARD_MEMBER: "albania",
    Role.ALTERNATE: "albania",
    Role.OBSERVER: "france",
    Role.SECRETARIAT: "",
    Role.ADMINISTRATOR: "",
    Role.APPLICANT: "",
}
"""Each role with the body it is shown for; roles, not invented people."""


def digest() -> str:
    """Fingerprint of all shipped files, to know whether they are loaded already."""
    found = hashlib.sha256()
    for path in sorted(folder().glob("*.csv")):
        found.update(path.name.encode() + path.read_bytes())
    return found.hexdigest()


def is_loaded() -> bool:
    """Whether exactly these files were the last to be loaded."""
    last = Event.objects.filter(name=LOADED).order_by("-number").first()
    return last is not None and last.facts.get("digest") == digest()


def load(at: datetime, tell: Callable[[str], None]) -> None:
    """Load everything; what is there already stays, loading twice changes nothing."""
    with transaction.atomic():
        tell("Partners, members and known organisations")
        enter_register(at)
        tell("Framework, needs and actions")
        _framework(at)
        for name in ("needs.csv", "actions.csv"):
            content = (folder() / name).read_bytes()
            imported = actions.receive_import(
                content, name, None, by=DEMONSTRATION, at=at, examine_later=False
            )
            imported = actions.examine_import(imported, by=DEMONSTRATION, at=at)
            actions.apply_import(imported, by=DEMONSTRATION, at=at)
        _placements(at)
        tell("Judged responses, relations and the demonstration round")
        _responses(at)
        search = responses.ask_for_search(by=DEMONSTRATION, at=at, look_later=False)
        look(search, at)
        _round(at)
        tell("One account for each role")
        _roles(at)
        tell("The Board's seats; possible partners and made-up steps towards membership")
        load_seats(at)
        load_membership(User.objects.filter(email=demonstration_address(Role.SECRETARIAT)).first(), at)
        tell("Made-up meetings and what is before the Board")
        load_meetings(at)
        load_proposals(at)
        record(LOADED, by=DEMONSTRATION, on="console.demonstration", at=at, digest=digest())


def _framework(at: datetime) -> None:
    stated = (
        FrameworkLine(r["pillar"], r["four_p"], r["objective"], r["measure_code"], r["measure"])
        for r in lines("framework.csv")
    )
    needs.enter_framework(
        FRAMEWORK,
        "Demonstration framework, compiled 2026",
        stated,
        by=DEMONSTRATION,
        at=at,
        valid_from=date(2026, 1, 1),
        source="Our own reading of public needs; not the template agreed by the Support Group.",
    )


def _placements(at: datetime) -> None:
    objectives = {
        (o.pillar_id, o.four_p, o.title): o for o in Objective.objects.filter(version__ref=FRAMEWORK)
    }
    measures = {
        (m.objective_id, m.code): m for m in Measure.objects.filter(objective__version__ref=FRAMEWORK)
    }
    known = {n.ref: n for n in Need.objects.all()}
    for row in lines("placements.csv"):
        objective = objectives[(row["pillar"], row["four_p"], row["objective"])]
        measure = measures[(objective.pk, row["measure_code"])]
        needs.place_need(known[row["need_ref"]], objective, measure, by=DEMONSTRATION, at=at)
    bodies = {o.ref: o for o in Organisation.objects.all()}
    for row in lines("needs_extra.csv"):
        needs.name_body(known[row["need_ref"]], bodies[row["body"]], by=DEMONSTRATION, at=at)
    by_code = {m.code: m for m in measures.values()}
    done = {a.ref: a for a in Action.objects.all()}
    for row in lines("action_measures.csv"):
        actions.place_action(
            done[row["action_ref"]], by_code[row["measure_code"]], row["reason"], by=DEMONSTRATION, at=at
        )


def _responses(at: datetime) -> None:
    known = {n.ref: n for n in Need.objects.all()}
    done = {a.ref: a for a in Action.objects.all()}
    for row in lines("responses.csv"):
        responses.judge_response(
            known[row["need_ref"]],
            done[row["action_ref"]],
            row["degree"],
            row["reason"],
            by=DEMONSTRATION,
            at=at,
            quantity=Decimal(row["quantity"]) if row["quantity"] else None,
        )
    for row in lines("relations.csv"):
        responses.relate_actions(
            done[row["from_ref"]],
            done[row["to_ref"]],
            row["relation"],
            row["reason"],
            by=DEMONSTRATION,
            at=at,
        )


def _round(at: datetime) -> None:
    rows = list(lines("round.csv"))
    cycle = cycles.open_cycle(
        ROUND,
        "Annual Response Mapping 2026 (demonstration)",
        CycleKind.RESPONSES,
        date.fromisoformat(rows[0]["asked_on"]),
        date.fromisoformat(rows[0]["due_on"]),
        by=DEMONSTRATION,
        at=at,
        is_demonstration=True,
    )
    bodies = {o.ref: o for o in Organisation.objects.all()}
    pillars = {p.pk: p for p in Pillar.objects.all()}
    for row in rows:
        asked = cycles.ask_member(
            cycle,
            bodies[row["organisation"]],
            pillars[row["pillar"]],
            date.fromisoformat(row["asked_on"]),
            by=DEMONSTRATION,
            at=at,
        )
        answered_on = day(row["answered_on"])
        if answered_on:
            cycles.note_answer(asked, answered_on, MADE_UP, by=DEMONSTRATION, at=at)


def _roles(at: datetime) -> None:
    if settings.MODE not in ("demo", "test"):
        return
    bodies = {o.ref: o for o in Organisation.objects.all()}
    for role, ref in ROLES.items():
        enter_demonstration_role(role, bodies.get(ref), by=DEMONSTRATION, at=at, valid_from=date(2026, 1, 1))
    enter_demonstration_role(
        Role.SECRETARIAT, None, by=DEMONSTRATION, at=at, valid_from=date(2026, 1, 1), number=2
    )
