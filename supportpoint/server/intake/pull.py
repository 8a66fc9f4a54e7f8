"""The other half of a sync: what the server holds of a device, and what is new for it."""

from __future__ import annotations

import msgspec
from django.db import connection

from supportpoint.protocol import MAX_HAVE_RANGES, Range, range_digest
from supportpoint.server.registry.lost_files import let_go_until

# Every received number, of first arrivals and later ones alike; some are named by both. All of it stands in
# indexes: with a column more, every item of the device is read.
RECEIVED_SQL = """
    SELECT incarnation, seq FROM registry_item WHERE device = %s
    UNION ALL
    SELECT incarnation, seq FROM registry_arrival WHERE device = %s AND verified
"""
# For a device from another epoch: after a restore an item may be known here whose attachments are
# not, so only what is whole counts as received. The rest is offered again and asked for anew.
WHOLE_SQL = """
    SELECT incarnation, seq, id AS item_id FROM registry_item WHERE device = %s AND status = 'complete'
    UNION
    SELECT sent.incarnation, sent.seq, sent.item_id FROM registry_arrival AS sent
    JOIN registry_item AS item ON item.id = sent.item_id AND item.status = 'complete'
    WHERE sent.device = %s AND sent.verified AND sent.held_code = ''
"""
# Runs without a gap, sorted by bytes whatever the database's language: devices conclude from the order.
HAVE_SQL = """
SELECT incarnation, MIN(seq), MAX(seq) FROM (
    SELECT incarnation, seq, seq - ROW_NUMBER() OVER (PARTITION BY incarnation ORDER BY seq) AS run FROM (
        SELECT DISTINCT incarnation, seq FROM ({received}) AS sends
    ) AS received
) AS numbered
GROUP BY incarnation, run ORDER BY incarnation{collation}, MIN(seq) LIMIT %s
"""
IDS_SQL = """
SELECT item_id FROM ({received}) AS received
WHERE incarnation = %s AND seq BETWEEN %s AND %s ORDER BY seq
"""
# All, those that lack something (few, in an index of their own) that the kiosk can still send, and items that
# another identity of this machine sealed: they are wrapped again, and known by their arrival.
COMPLETE_SQL = """
SELECT (SELECT COUNT(*) FROM registry_item WHERE device = %s),
(SELECT COUNT(*) FROM registry_item WHERE device = %s AND status = 'stored'
AND (lost_at IS NULL OR received_at > %s)),
(SELECT COUNT(DISTINCT sent.item_id) FROM registry_arrival AS sent
JOIN registry_item AS item ON item.id = sent.item_id AND item.status = 'complete'
WHERE sent.device = %s AND item.device <> sent.device AND sent.verified AND sent.held_code = '')
"""
BYTE_ORDER = {"postgresql": ' COLLATE "C"'}


def list_have(device_id: str, *, only_complete: bool) -> tuple[tuple[Range, ...], int]:
    """Return the received ranges of a device, sorted, and up to where they speak.

    Shape: at most 64 ranges; the number is 0 when they are all there are, otherwise the last
           sequence number of the last range, beyond which (in its incarnation, and in those sorted
           after it) nothing may be concluded. A device that comes from another epoch, or asks for a
           check, hears only of items that are complete here, each range with the digest of its item ids.
    """
    received = WHOLE_SQL if only_complete else RECEIVED_SQL
    sql = HAVE_SQL.format(received=received, collation=BYTE_ORDER.get(connection.vendor, ""))
    with connection.cursor() as cursor:
        cursor.execute(sql, [device_id, device_id, MAX_HAVE_RANGES + 1])
        rows = cursor.fetchall()
    ranges = [Range(incarnation=name, first=first, last=last) for name, first, last in rows]
    through = ranges[MAX_HAVE_RANGES - 1].last if len(ranges) > MAX_HAVE_RANGES else 0
    kept = ranges[:MAX_HAVE_RANGES]
    if only_complete:
        kept = [msgspec.structs.replace(one, digest=_digest(device_id, one)) for one in kept]
    return tuple(kept), through


def count_complete(device_id: str) -> int:
    """Return how many items of a device are complete here, whoever brought them first.

    One that lost a file which the kiosk may have let go of counts: asking would be in vain, pass after pass.
    """
    with connection.cursor() as cursor:
        cursor.execute(COMPLETE_SQL, [device_id, device_id, let_go_until(), device_id])
        own, lacking, moved = cursor.fetchone()
    return int(own) - int(lacking) + int(moved)


def _digest(device_id: str, one: Range) -> bytes:
    sql = IDS_SQL.format(received=WHOLE_SQL)
    with connection.cursor() as cursor:
        cursor.execute(sql, [device_id, device_id, one.incarnation, one.first, one.last])
        return range_digest(item_id for (item_id,) in cursor.fetchall())
