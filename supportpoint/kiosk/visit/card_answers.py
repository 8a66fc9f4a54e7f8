"""Which answer a citizen card gives to a question that asks for one of its fields. Pure."""

from __future__ import annotations

from supportpoint.devices.citizen_card import CitizenCard
from supportpoint.forms.view import Question
from supportpoint.kiosk.visit.places import Commune, find_new_commune, fold, part_below_commune

SCAN = "scan"
#: Words by which a choice can mean a field's value, folded.
MEANINGS = {
    "male": frozenset({"male", "nam", "m", "1"}),
    "female": frozenset({"female", "nữ", "nu", "f", "2"}),
    "identity_card": frozenset({"can_cuoc", "identity_card", "thẻ căn cước"}),
    "in_province": frozenset({"dien_bien"}),
    "citizen_card": frozenset({"cccd", "citizen_card", "căn cước công dân"}),
}


def card_answer(question: Question, card: CitizenCard, communes: tuple[Commune, ...]) -> str:
    """Return the lexical answer, "" when the question asks for nothing of the card or it cannot say."""
    asked = question.attributes.get(SCAN, "")
    if asked == "sex":
        return _choice(question, MEANINGS[card.sex])
    if asked == "id_kind":
        return _choice(question, MEANINGS[card.kind]) if card.kind else ""
    commune = find_new_commune(communes, card.residence)
    if asked == "residence_where":
        return _choice(question, MEANINGS["in_province"]) if commune is not None else ""
    if asked == "residence" and question.choices:
        offered = {choice.value for choice in question.choices}
        return commune.code if commune is not None and commune.code in offered else ""
    texts = {
        "id_no": card.id_no,
        "full_name": card.full_name,
        "birth_date": card.birth_date.isoformat(),
        "residence": part_below_commune(communes, card.residence),
        "issue_date": card.issue_date.isoformat() if card.issue_date is not None else "",
        "old_id_no": card.old_id_no,
    }
    return texts.get(asked, "")


def _choice(question: Question, meanings: frozenset[str]) -> str:
    return next(
        (choice.value for choice in question.choices if {fold(choice.value), fold(choice.label)} & meanings),
        "",
    )
