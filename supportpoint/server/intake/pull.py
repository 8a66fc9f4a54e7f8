"""The other half of a sync: what the server holds of a device, and what is new for it."""

from __future__ import annotations

import msgspec
from django.db import connection

from supportpoint.protocol import MAX_HAVE_RANGES, Range, range_digest

# Runs without a gap, over first arrivals and later ones alike. UNION drops what both name.
# Sorted by bytes whatever the database's language, because devices conclude from the order.
HAVE_SQL = """
SELECT incarnation, MIN(seq), MAX(seq) FROM (
    SELECT incarnation, seq, seq - ROW_NUMBER() OVER (PARTITION BY incarnation ORDER BY seq) AS run FROM (
        SELECT incarnation, seq FROM registry_item WHERE device = %s
        UNION
        SELECT incarnation, seq FROM registry_arrival WHERE device = %s AND verified
    ) AS received
) AS numbered
GROUP BY incarnation, run ORDER BY incarnation{collation}, MIN(seq) LIMIT %s
"""
BYTE_ORDER = {"postgresql": ' COLLATE "C"'}


IDS_SQL = """
SELECT seq, item_id FROM (
    SELECT seq, id AS item_id FROM registry_item WHERE device = %s AND incarnation = %s
    UNION
    SELECT seq, item_id FROM registry_arrival WHERE device = %s AND incarnation = %s AND verified
) AS received
WHERE seq BETWEEN %s AND %s ORDER BY seq
"""


def list_have(device_id: str, *, with_digests: bool) -> tuple[tuple[Range, ...], int]:
    """Return the received ranges of a device, sorted, and up to where they speak.

    Shape: at most 64 ranges; the number is 0 when they are all there are, otherwise the last
           sequence number of the last range, beyond which (in its incarnation, and in those sorted
           after it) nothing may be concluded. Digests are for devices that come from another epoch.
    """
    sql = HAVE_SQL.format(collation=BYTE_ORDER.get(connection.vendor, ""))
    with connection.cursor() as cursor:
        cursor.execute(sql, [device_id, device_id, MAX_HAVE_RANGES + 1])
        rows = cursor.fetchall()
    ranges = [Range(incarnation=name, first=first, last=last) for name, first, last in rows]
    through = ranges[MAX_HAVE_RANGES - 1].last if len(ranges) > MAX_HAVE_RANGES else 0
    kept = ranges[:MAX_HAVE_RANGES]
    if with_digests:
        kept = [msgspec.structs.replace(one, digest=_digest(device_id, one)) for one in kept]
    return tuple(kept), through


def _digest(device_id: str, one: Range) -> bytes:
    name = one.incarnation
    with connection.cursor() as cursor:
        cursor.execute(IDS_SQL, [device_id, name, device_id, name, one.first, one.last])
        return range_digest(item_id for _, item_id in cursor.fetchall())
