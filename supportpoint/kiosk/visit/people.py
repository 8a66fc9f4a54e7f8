"""The people whom a form knows already, and what of them a later block of questions can take over. Pure.

A person is a group with an answered question that carries `sp:scan` full_name; the group's other answers
belong to that person, except those of a person deeper inside it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from supportpoint.forms.view import Page, Question, QuestionType
from supportpoint.kiosk.visit.lexical import lexical
from supportpoint.kiosk.visit.places import Commune, find_new_commune, fold, part_below_commune

SCAN = "scan"
NAME, NUMBER, RESIDENCE = "full_name", "id_no", "residence"
#: An old number and the day of birth may be given in part; a type that wants all of it gets nothing.
WHOLE_DATE_LENGTH = len("2026-11-23")


@dataclass(frozen=True, slots=True)
class Person:
    """One person of the form. `group` is the address of their questions, up to the last stroke."""

    group: str
    section: str
    name: str = field(repr=False)
    answers: tuple[Question, ...] = field(repr=False)

    def find(self, asked: str) -> Question | None:
        """Return the answer to what a scan field means, the first where several are; None without one."""
        return next((one for one in self.answers if one.attributes.get(SCAN) == asked), None)


@dataclass(slots=True)
class Reuse:
    """Who was taken over into one group of questions, and which of them had their turn."""

    person: Person
    done: set[str] = field(default_factory=set)


def group_of(ref: str) -> str:
    """Return the address of the group a question stands in: "/data/mother/scan" gives "/data/mother/"."""
    return ref.rpartition("/")[0] + "/"


def list_people(pages: Iterable[Page]) -> tuple[Person, ...]:
    """Return the people that have a name, in the order of the form."""
    asked = [(page.section, question) for page in pages for question in page.questions]
    groups = {group_of(question.ref) for _, question in asked if question.attributes.get(SCAN) == NAME}
    sections: dict[str, str] = {}
    answers: dict[str, list[Question]] = {}
    for section, question in asked:
        group = _innermost(question.ref, groups)
        if group and lexical(question.value):
            sections.setdefault(group, section)
            answers.setdefault(group, []).append(question)
    return tuple(
        Person(group, sections[group], _name(found), tuple(found))
        for group, found in answers.items()
        if _name(found)
    )


def list_others(pages: Iterable[Page], ref: str) -> tuple[Person, ...]:
    """Return whom the block of questions around `ref` may take over: each human once, never itself."""
    here = group_of(ref)
    people = list_people(pages)
    own = next((_identity(person) for person in people if person.group == here), None)
    others = {_identity(person): person for person in reversed(people)}
    if own is not None:
        others.pop(own, None)
    return tuple(sorted(others.values(), key=people.index))


def reused_answer(question: Question, person: Person, group: str, communes: tuple[Commune, ...]) -> str:
    """Return the lexical answer of a question of `group`, taken over from a person; "" when there is none.

    Questions that carry `sp:scan` take what has the same meaning. A question beside one of those in a
    group of its own (where an address is, before the commune is asked) takes the one of the same name.
    An address in the words of the old districts gives today's commune only when that is certain.
    """
    if question.readonly:
        return ""
    if question.attributes.get(SCAN) == RESIDENCE:
        return _residence(question, person, communes)
    if SCAN in question.attributes:
        return _by_meaning(question, person)
    place = question.ref.removeprefix(group)
    if "/" not in place or question.ref == place:
        return ""
    return _by_place(question, person, place)


def _by_meaning(question: Question, person: Person) -> str:
    asked = question.attributes[SCAN]
    same = [one for one in person.answers if one.attributes.get(SCAN) == asked]
    same.sort(key=lambda one: one.type is not question.type)
    return next((found for one in same if (found := _fit(question, one))), "")


def _residence(question: Question, person: Person, communes: tuple[Commune, ...]) -> str:
    """Return the commune for a choice, what lies below it for a text; one is never written as the other."""
    known = [one for one in person.answers if one.attributes.get(SCAN) == RESIDENCE]
    written = next((lexical(one.value) for one in known if not one.choices), "")
    if not question.choices:
        return part_below_commune(communes, written)
    chosen = next((_fit(question, one) for one in known if one.choices), "")
    commune = find_new_commune(communes, written)
    offered = {choice.value for choice in question.choices}
    return chosen or (commune.code if commune is not None and commune.code in offered else "")


def _by_place(question: Question, person: Person, place: str) -> str:
    beside = {group_of(one.ref) for one in person.answers if SCAN in one.attributes} - {person.group}
    for one in person.answers:
        if one.ref == person.group + place and group_of(one.ref) in beside and one.type is question.type:
            return _fit(question, one)
    return ""


def _fit(question: Question, source: Question) -> str:
    """Return the answer of `source` as `question` could hold it, "" when it could not."""
    value = lexical(source.value)
    if question.type is QuestionType.SELECT_ONE:
        return _fit_choice(question, source, value)
    if question.type is QuestionType.DATE:
        return value if len(value) == WHOLE_DATE_LENGTH and value.count("-") == 2 else ""
    if question.type is QuestionType.INTEGER:
        return value if value.isdecimal() else ""
    if question.type is not QuestionType.TEXT:
        return value if question.type is source.type else ""
    return (source.display or value) if source.choices else value


def _fit_choice(question: Question, source: Question, value: str) -> str:
    offered = [choice.value for choice in question.choices]
    if value in offered:
        return value
    label = fold(source.display)
    return next((one.value for one in question.choices if label and fold(one.label) == label), "")


def _innermost(ref: str, groups: set[str]) -> str:
    return max((group for group in groups if ref.startswith(group)), key=len, default="")


def _name(answers: Iterable[Question]) -> str:
    return next((lexical(one.value) for one in answers if one.attributes.get(SCAN) == NAME), "")


def _identity(person: Person) -> str:
    """Return what makes a human the same: the number where there is one, else name and day of birth."""
    number, birth = person.find(NUMBER), person.find("birth_date")
    if number is not None:
        return lexical(number.value)
    return f"{fold(person.name)} {lexical(birth.value) if birth is not None else ''}"
