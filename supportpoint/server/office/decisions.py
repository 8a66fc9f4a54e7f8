"""Decisions of an agency: state, history, signed act and the villager's news, in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.contrib.auth.models import User

from supportpoint import protocol
from supportpoint.clock import local_day, make_uuid7
from supportpoint.errors import SupportPointError
from supportpoint.protocol import CaseNews, MissingThing, encode
from supportpoint.sealing.act import sign_act
from supportpoint.server.registry.keys import unit_key
from supportpoint.server.registry.locks import single_writer
from supportpoint.server.registry.mailboxes import publish_news
from supportpoint.server.registry.models import Act, Case, CaseEvent, CaseState, SupplementLine
from supportpoint.server.registry.moment import now, now_text
from supportpoint.server.registry.workdays import add_working_days

ACCEPT = "accept"
SUPPLEMENT = "supplement"
SUPPLEMENT_WORKING_DAYS = 7

OPEN = frozenset({CaseState.RECEIVED, CaseState.WORKING})
TRANSITIONS: dict[str, tuple[frozenset[CaseState], CaseState]] = {
    SUPPLEMENT: (OPEN, CaseState.NEED),
    ACCEPT: (OPEN | {CaseState.NEED}, CaseState.ACCEPTED),
}


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided. `missing` is the complete list of a supplement, in the order it is heard."""

    name: str
    missing: tuple[MissingThing, ...] = ()
    reason: str = ""
    facts: dict[str, int] = field(default_factory=dict)


def supplement_due_on() -> date:
    """Return the day by which a villager asked today should bring what is missing."""
    return add_working_days(local_day(now()), SUPPLEMENT_WORKING_DAYS)


def may(case: Case, decision: str) -> bool:
    """Return whether the state of the case allows a decision."""
    return case.state in TRANSITIONS[decision][0]


def ask_supplement(case: Case, user: User, missing: Sequence[MissingThing]) -> Act:
    """Ask the villager for several things at once. Errors: SP-807, SP-801 for an empty list, SP-103."""
    if not missing:
        raise SupportPointError("SP-801", reason="nothing asked")
    return decide(case, user, Decision(SUPPLEMENT, tuple(missing), facts={"things": len(missing)}))


def accept(case: Case, user: User) -> Act:
    """Accept the case. Errors: SP-807, SP-103."""
    return decide(case, user, Decision(ACCEPT))


def decide(case: Case, user: User, decision: Decision) -> Act:
    """Carry out a decision; the row is read again under the lock, so that two people cannot both decide.

    Errors: SP-807 when the state does not allow it, SP-103 when the commune's key is not here.
    """
    with single_writer():
        fresh = Case.objects.select_for_update(of=("self",)).select_related("commune").get(pk=case.pk)
        if not may(fresh, decision.name):
            raise SupportPointError("SP-807", state=fresh.state, decision=decision.name)
        fresh.state = TRANSITIONS[decision.name][1]
        fresh.closed_at = now() if fresh.state == CaseState.ACCEPTED else None
        fresh.save(update_fields=["state", "closed_at"])
        body = publish_news(fresh, _make_news(fresh, decision))
        act = _sign(fresh, decision, body)
        row = Act.objects.create(
            id=act.id, case=fresh, decision=decision.name, by=user, at=now(), wire=encode(act)
        )
        SupplementLine.objects.bulk_create(
            SupplementLine(
                act=row, position=at, kind=one.kind, label=one.label, reason=one.reason, ref=one.ref
            )
            for at, one in enumerate(decision.missing)
        )
        CaseEvent.objects.create(case=fresh, at=now(), what=decision.name, actor=user, facts=decision.facts)
    return row


def _make_news(case: Case, decision: Decision) -> CaseNews:
    asks = decision.name == SUPPLEMENT
    return CaseNews(
        case_number=case.number,
        state=case.state,
        at=now_text(),
        unit=case.commune.name,
        reason=decision.reason,
        missing=decision.missing,
        due_on=supplement_due_on().isoformat() if asks else "",
    )


def _sign(case: Case, decision: Decision, body: protocol.BoxBody) -> protocol.Act:
    act = protocol.Act(
        id=str(make_uuid7(now())),
        case_id=case.pk,
        decision=decision.name,
        by_unit=case.commune_id,
        at=now_text(),
        receipt_hash=body.receipt_hash,
        box=body.box,
        kid="",
    )
    return sign_act(act, unit_key(case.commune_id))
