"""A province that was set up before cases had receivers: its cases, history and its guard stay."""

from __future__ import annotations

import json
import os
import subprocess
import sys

OLD = "0002"
SCRIPT = """
import json, sys
from pathlib import Path
from supportpoint.server.startup import use_data_dir
use_data_dir(Path(sys.argv[1]), tls=False)
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

call_command("migrate", "auth", interactive=False, verbosity=0)
call_command("migrate", "registry", sys.argv[2], interactive=False, verbosity=0)
day, nil = "2026-01-01 00:00:00+00:00", b"0"
rows = {
    "unit": {"code": "03316", "kind": "commune", "name": "x", "province_code": "11"},
    "item": {"id": "i1", "kind": "case", "device": "d", "incarnation": "n", "seq": 1, "identity": nil,
             "envelope": nil, "signature": nil, "carrier": "d", "status": "complete", "opening": "opened",
             "opening_code": "", "received_at": day, "province_code": "11"},
    "case": {"id": "i1", "item_id": "i1", "number": "n", "commune_id": "03316", "province_code": "11",
             "state": "received", "form_id": "f", "form_version": "1", "category": "ordinary",
             "service": "s", "masked_name": "m", "xml": nil, "outline": "[]", "findings": "[]",
             "receipt_secret": nil, "receipt_hash": nil, "box_rev": 0, "submitted_on": "2026-01-01",
             "received_at": day},
    "caseevent": {"case_id": "i1", "at": day, "what": "arrived", "facts": "{}"},
}
with connection.cursor() as cursor:
    for table, row in rows.items():
        names, marks = ", ".join(row), ", ".join(["%s"] * len(row))
        cursor.execute(f"INSERT INTO registry_{table} ({names}) VALUES ({marks})", list(row.values()))
call_command("migrate", interactive=False, verbosity=0)
from supportpoint.server.registry.models import Case
case = Case.objects.get()
refused = 0
for statement in ("UPDATE registry_caseevent SET what = 'x'", "DELETE FROM registry_caseevent"):
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    except DatabaseError:
        refused += 1
print(json.dumps([case.pk, case.route, [event.what for event in case.events.all()], refused]))
"""


def test_cases_of_an_older_server_are_for_the_commune_office(make_database_url, tmp_path):
    env = os.environ | {"SUPPORTPOINT_DATABASE_URL": make_database_url()}
    env.pop("DJANGO_SETTINGS_MODULE", None)
    line = [sys.executable, "-c", SCRIPT, str(tmp_path / "data"), OLD]
    done = subprocess.run(line, env=env, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == ["i1", "commune_office", ["arrived"], 2]
