"""What an agency reads with its key, a case or feedback without a sender, and how it answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass

from supportpoint.clock import Clock, make_uuid7
from supportpoint.content.shelf import Shelf
from supportpoint.errors import SupportPointError
from supportpoint.protocol import Act, CaseNews, Drop, Kind, encode
from supportpoint.records import SealedCase
from supportpoint.sealing.act import sign_act
from supportpoint.sealing.case import AttachedFile, Record, open_case, open_file
from supportpoint.sealing.compression import make_dictionary_id
from supportpoint.sealing.drops import OpenedDrops, open_drops
from supportpoint.sealing.envelope import Inner, read_header
from supportpoint.sealing.keys import SealKey, SignKey
from supportpoint.sealing.keyset import ACTIVE, AGENCY_PURPOSES, is_agency, read_keyset
from supportpoint.sealing.mailbox import make_box
from supportpoint.store.access import StoreAccess
from supportpoint.store.cabinet import Cabinet
from supportpoint.sync.submission import DICTIONARY_FILE, SUPPLEMENT

ANSWER = "answer"
"""What every act of an agency says it is: what was decided stands in the box alone."""


@dataclass(frozen=True, slots=True)
class Matter:
    """Something that an agency opened and may answer.

    Shape:  `id` is what an act names: the case, or the first drop of the feedback; `drops` counts those it
            came in, 0 for a case. `contents` are the plain files of feedback, in the order of `record.files`.
    """

    id: str
    inner: Inner
    record: Record
    drops: int = 0
    contents: tuple[bytes, ...] = ()


class Desk:
    """The cabinet of an agency, while somebody holds its keys. Nothing that was opened is kept."""

    def __init__(self, cabinet: Cabinet, shelf: Shelf, keys: Mapping[bytes, SealKey]) -> None:
        self._cabinet = cabinet
        self._shelf = shelf
        self._keys = keys

    def read_case(self, case_id: str) -> Matter:
        """Open one case.

        Errors: SP-803 not here; SP-401 to SP-403 as `open_case`; SP-405 the envelope names another case;
                SP-810 when its form is not one that only an agency reads.
        """
        opened = open_case(self._cabinet.load_case(case_id), self._keys, self._find_dictionary)
        if opened.header.case_id != case_id:
            raise SupportPointError("SP-405", reason="case id")
        self._check_form(opened.inner)
        return Matter(case_id, opened.inner, opened.record)

    def read_feedback(self) -> tuple[tuple[Matter, ...], int]:
        """Open all feedback that is whole, by id; return also how many drops stay closed.

        Those lack a part, were sealed to other keys or damaged, or hold a form that no agency reads.
        """
        drops = [drop for drop in map(self._load_drop, self._cabinet.list_drops()) if drop is not None]
        found = [one for one in open_drops(drops, self._keys, self._find_dictionary) if self._is_ours(one)]
        matters = (
            Matter(
                one.drop_ids[0],
                one.inner,
                one.feedback.record,
                drops=len(one.drop_ids),
                contents=one.feedback.contents,
            )
            for one in found
        )
        closed = len(self._cabinet.list_drops()) - sum(len(one.drop_ids) for one in found)
        return tuple(sorted(matters, key=lambda one: one.id)), closed

    def read(self, matter_id: str) -> Matter:
        """Open a case, or feedback by the id of its first drop. Errors: those of `read_case`."""
        if matter_id in self._cabinet.list_cases():
            return self.read_case(matter_id)
        matters, _ = self.read_feedback()
        for matter in matters:
            if matter.id == matter_id:
                return matter
        raise SupportPointError("SP-803", case=matter_id[:36])

    def open_files(self, matter: Matter) -> Iterator[tuple[AttachedFile, bytes]]:
        """Yield the files of a matter in clear. Errors: SP-803 for one still on its way; SP-401 to SP-403."""
        for position, file in enumerate(matter.record.files):
            if matter.drops:
                yield file, matter.contents[position]
            else:
                yield file, open_file(self._cabinet.load_file(file.sha256), self._keys)

    def _load_drop(self, sha256: bytes) -> Drop | None:
        envelope = self._cabinet.load_drop(sha256)
        with suppress(SupportPointError):
            return Drop(id=read_header(envelope).case_id, envelope=envelope)
        return None

    def _is_ours(self, opened: OpenedDrops) -> bool:
        with suppress(SupportPointError):
            self._check_form(opened.inner)
            return True
        return False

    def _check_form(self, inner: Inner) -> None:
        version = inner.form_version
        form = self._shelf.open_form(inner.form_id, int(version) if version.isdecimal() else 0)
        if inner.form_id != SUPPLEMENT and form.manifest.settings.get("purpose") not in AGENCY_PURPOSES:
            raise SupportPointError("SP-810", form=inner.form_id)

    def _find_dictionary(self, wanted: str) -> bytes:
        for manifest in self._shelf.list_forms():
            for version in self._shelf.list_versions(manifest.id):
                dictionary = self._shelf.open_form(manifest.id, version).files.get(DICTIONARY_FILE, b"")
                if dictionary and make_dictionary_id(dictionary) == wanted:
                    return dictionary
        raise SupportPointError("SP-605", dictionary=wanted)


def answer_matter(  # noqa: PLR0913, PLR0917 - one answer and where it goes
    access: StoreAccess, cabinet: Cabinet, matter: Matter, news: CaseNews, signer: SignKey, clock: Clock
) -> str:
    """Queue the agency's answer, signed, its box ready-made for the villager's receipt; return the act's id.

    Shape:  the act names the matter and its receipt's hash; what was decided is inside the box.
    Errors: SP-406 when `signer` is no agency's key in use; SP-202 not saved; SP-102.
    """
    identity = access(lambda store: store.get_identity())
    key = read_keyset(identity.keyset, identity.root_public).signer(signer.kid, "act")
    if key.status != ACTIVE or not is_agency(key.unit):
        raise SupportPointError("SP-406", unit=key.unit, status=key.status)
    rev = cabinet.get_rev(matter.id) + 1
    body = make_box(news, secret=matter.record.receipt_secret, signer=signer, epoch=identity.epoch, rev=rev)
    act = Act(
        id=str(make_uuid7(clock.now())),
        case_id=matter.id,
        decision=ANSWER,
        by_unit=key.unit,
        at=news.at,
        receipt_hash=body.receipt_hash,
        box=body.box,
        kid="",
    )
    sealed = SealedCase(
        kind=Kind.ACT,
        id=act.id,
        envelope=encode(sign_act(act, signer)),
        blobs=(),
        case_number="",
        receipt_hash=body.receipt_hash,
    )
    access(lambda store: store.queue_case(sealed))
    cabinet.note_rev(matter.id, rev)
    return act.id
