"""From a sealed item to a case: one transaction for the case, its history and the villager's news."""

from __future__ import annotations

import logging

from django.db import DataError, IntegrityError

from supportpoint.errors import SupportPointError
from supportpoint.protocol import CaseNews, Kind
from supportpoint.sealing.case import OpenedCase, open_case
from supportpoint.sealing.envelope import read_header
from supportpoint.sealing.receipt import check_case_number, receipt_hash
from supportpoint.server.opener.additions import note_addition
from supportpoint.server.opener.checking import CheckedCase, check_submission
from supportpoint.server.registry.bundles import get_dictionary
from supportpoint.server.registry.keys import agency_kids, intake_keys
from supportpoint.server.registry.locks import single_writer
from supportpoint.server.registry.mailboxes import publish_news
from supportpoint.server.registry.models import (
    COMMUNE,
    Case,
    CaseEvent,
    CasePhoto,
    CaseState,
    Item,
    Opening,
    Unit,
)
from supportpoint.server.registry.moment import now, now_text
from supportpoint.server.registry.workdays import due_on

log = logging.getLogger(__name__)

BATCH = 20
ENGINE_FAULTS = (
    ArithmeticError,
    AttributeError,
    DataError,
    LookupError,
    RecursionError,
    SyntaxError,
    TypeError,
    ValueError,
)


def open_waiting() -> int:
    """Open the cases that wait, oldest first; return how many left the queue.

    A case appears as soon as its answers are here; its photos follow. What is sealed past us to an
    agency is kept for it and left alone. Other kinds, supplements too, stay for a later version.
    """
    waiting = Item.objects.filter(opening=Opening.WAITING, kind=Kind.CASE).order_by("received_at")
    items = list(waiting[:BATCH])
    for item in items:
        try:
            if is_for_agency(item):
                keep_for_agency(item)
            else:
                open_item(item)
        except SupportPointError as error:
            hold(item, error.code)
        except ENGINE_FAULTS as error:  # one strange submission must not stop those behind it
            hold(item, "SP-310")
            log.warning("item %s made the engine fail: %s", item.pk, type(error).__name__)
    return len(items)


def is_for_agency(item: Item) -> bool:
    """Tell from the clear header alone whether only agencies can open this. Errors: SP-401."""
    kids = set(read_header(bytes(item.envelope)).kids)
    return bool(kids) and kids <= agency_kids()


def keep_for_agency(item: Item) -> None:
    """Count an item as its agency's; nothing else of it is known here, nor said in a log."""
    Item.objects.filter(pk=item.pk, opening=Opening.WAITING).update(opening=Opening.AGENCY)


def hold(item: Item, code: str) -> None:
    """Set an item aside for a person; nothing of it is lost."""
    Item.objects.filter(pk=item.pk).update(opening=Opening.HELD, opening_code=code)
    log.warning("item %s is held with %s", item.pk, code)


def open_item(item: Item) -> None:
    """Open one item and make its case.

    Errors: SP-401 to SP-403 envelope; SP-804 form version; SP-309, SP-310 answers; SP-803 unknown
            commune; SP-407 case number; SP-405 the envelope names another case; SP-808 its receipt
            belongs to another case; SP-810 its form is for an agency.
    """
    opened = open_case(bytes(item.envelope), intake_keys(), get_dictionary)
    if opened.header.case_id != item.pk:
        raise SupportPointError("SP-405", reason="case id")
    commune = Unit.objects.filter(pk=opened.inner.commune, kind=COMMUNE).first()
    if commune is None:
        raise SupportPointError("SP-803", commune=opened.inner.commune)
    checked = check_submission(opened.inner.form_id, opened.inner.form_version, opened.record.xml)
    try:
        with single_writer():
            taken = Item.objects.filter(pk=item.pk, opening=Opening.WAITING).update(opening=Opening.OPENED)
            if taken:
                _store(item, opened, commune, checked)
    except IntegrityError as error:
        raise SupportPointError("SP-808", item=item.pk) from error


def _store(item: Item, opened: OpenedCase, commune: Unit, checked: CheckedCase) -> None:
    record, inner = opened.record, opened.inner
    case = Case.objects.create(
        id=item.pk,
        item=item,
        number=check_case_number(record.case_number),
        commune=commune,
        province_code=item.province_code,
        form_id=inner.form_id,
        form_version=inner.form_version,
        category=inner.category,
        route=checked.route[:32],
        service=checked.service[:200],
        masked_name=checked.masked_name[:120],
        xml=record.xml,
        outline=checked.outline,
        findings=checked.findings,
        receipt_secret=record.receipt_secret,
        receipt_hash=receipt_hash(record.receipt_secret),
        submitted_on=record.submitted_on[:10],
        received_at=item.received_at,
        due_on=due_on(item.received_at, checked.deadline),
    )
    _list_photos(case, opened, checked)
    facts = {"device": item.device, "findings": len(checked.findings)}
    CaseEvent.objects.create(case=case, at=item.received_at, what="arrived", facts=facts)
    news = CaseNews(
        case_number=case.number,
        state=CaseState.RECEIVED,
        at=now_text(),
        unit=commune.name,
        due_on=case.due_on.isoformat() if case.due_on else "",
    )
    publish_news(case, news)
    CaseEvent.objects.create(case=case, at=now(), what="opened", facts={"form": inner.form_version})
    if checked.adds_to:
        note_addition(case, checked.adds_to)


def _list_photos(case: Case, opened: OpenedCase, checked: CheckedCase) -> None:
    labels = {
        row["display"]: row["label"]
        for section in checked.outline
        for row in section["rows"]
        if row["type"] in {"image", "audio", "file"}
    }
    CasePhoto.objects.bulk_create(
        CasePhoto(
            case=case,
            position=position,
            name=file.name[:120],
            label=labels.get(file.name, "")[:300],
            media_type=file.media_type[:64],
            blob_sha256=file.sha256,
        )
        for position, file in enumerate(opened.record.files)
    )
