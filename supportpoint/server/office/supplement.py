"""The supplement builder: every thing that can be asked for, and what was picked."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict

from supportpoint.protocol import MissingThing
from supportpoint.server.office.answers import (
    is_answer,
    is_consent,
    kind_of,
    mask_number,
    photos_by_name,
)
from supportpoint.server.office.typed import read_text
from supportpoint.server.office.words import read_words, say
from supportpoint.server.registry.models import Case, CasePhoto

OTHER_LINES = 3


@dataclass(frozen=True, slots=True)
class Candidate:
    """One question of the form as a thing that can be asked for again. `key` names its fields.

    `display` is masked for private numbers, and empty for pictures and ticks.
    """

    key: str
    kind: str
    section: str
    label: str
    shown_as: str
    answered: bool
    display: str
    ref: str
    finding: str
    picked: bool
    reason: str
    note: str
    photo: CasePhoto | None = None


def list_reasons(kind: str, language: str) -> list[tuple[str, str]]:
    """Return (key, words) of the ready reasons for photos or answers."""
    prefix = f"reason_{kind}_"
    words = read_words(language)
    return [(key, words[key]) for key in read_words("vi") if key.startswith(prefix)]


def list_candidates(case: Case, posted: QueryDict | None = None) -> list[Candidate]:
    """Return the questions, photos first; what the machine found wrong is picked from the start."""
    found = {finding["ref"]: finding for finding in case.findings}
    given = QueryDict() if posted is None else posted
    photos = photos_by_name(case)
    made: list[Candidate] = []
    for section in case.outline:
        for row in section["rows"]:
            if not is_answer(row) or is_consent(row):
                continue
            key = f"q{len(made)}"
            shown_as = kind_of(row)
            kind = "photo" if shown_as == "photo" else "answer"
            finding = found.get(row["ref"])
            proposed = f"reason_{kind}_{'differs' if row['answered'] and kind == 'answer' else 'absent'}"
            made.append(
                Candidate(
                    key=key,
                    kind=kind,
                    section=section["title"],
                    label=row["label"],
                    shown_as=shown_as,
                    answered=row["answered"],
                    display=_write_display(row["display"], shown_as),
                    ref=row["ref"],
                    finding=finding["message"] or finding["code"] if finding else "",
                    picked=bool(finding) if posted is None else f"{key}-pick" in posted,
                    reason=proposed if finding and posted is None else given.get(f"{key}-reason", ""),
                    note=given.get(f"{key}-note", ""),
                    photo=photos.get(row["display"]) if kind == "photo" else None,
                )
            )
    return sorted(made, key=lambda one: one.kind != "photo")


def _write_display(display: str, shown_as: str) -> str:
    if shown_as == "private":
        return mask_number(display) if display else ""
    return display if shown_as == "words" else ""


def read_missing(case: Case, posted: QueryDict) -> tuple[MissingThing, ...]:
    """Return what was picked, in the order shown: the villager's words, so always Vietnamese.

    A thing without any reason is left out, see `lacks_reason`.
    """
    picked = [
        MissingThing(kind=one.kind, label=one.label, reason=_reason(posted, one.key), ref=one.ref)
        for one in list_candidates(case, posted)
        if one.picked and _reason(posted, one.key)
    ]
    for at in range(OTHER_LINES):
        label = read_text(posted, f"other{at}-label")
        reason = read_text(posted, f"other{at}-note")
        if label:
            default = say("reason_photo_absent")
            picked.append(MissingThing(kind="photo", label=label, reason=reason or default))
    return tuple(picked)


def lacks_reason(case: Case, posted: QueryDict) -> bool:
    """Return whether something was picked without saying why: nobody is sent away like that."""
    return any(one.picked and not _reason(posted, one.key) for one in list_candidates(case, posted))


def _reason(posted: QueryDict, key: str) -> str:
    ready = posted.get(f"{key}-reason", "")
    words = say(ready) if ready.startswith("reason_") and ready in read_words("vi") else ""
    note = read_text(posted, f"{key}-note")
    return " ".join(filter(None, (words, note)))
