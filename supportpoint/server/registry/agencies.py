"""What is kept for agencies: which of it is whose, told from the clear headers alone."""

from __future__ import annotations

from collections.abc import Iterator

from supportpoint.errors import SupportPointError
from supportpoint.sealing.envelope import read_header
from supportpoint.server.registry.keys import kids_of
from supportpoint.server.registry.models import Item, Opening


def is_sealed_to(envelope: bytes, kids: frozenset[bytes]) -> bool:
    """Return whether one of these keys is among the readers of an envelope."""
    try:
        return not kids.isdisjoint(read_header(envelope).kids)
    except SupportPointError:
        return False


def list_items(agency: str, after: str = "") -> Iterator[Item]:
    """Yield what was sealed to an agency, by id, from the one after `after` on. Errors: SP-103, SP-406."""
    kids = kids_of(agency)
    kept = Item.objects.filter(opening=Opening.AGENCY, pk__gt=after).order_by("pk")
    return (item for item in kept.iterator(200) if is_sealed_to(bytes(item.envelope), kids))


def get_item(agency: str, case_id: str) -> Item:
    """Return one item that was sealed to an agency. Errors: SP-803 when it holds none of that id."""
    item = Item.objects.filter(pk=case_id, opening=Opening.AGENCY).first()
    if item is None or not is_sealed_to(bytes(item.envelope), kids_of(agency)):
        raise SupportPointError("SP-803", case=case_id)
    return item
