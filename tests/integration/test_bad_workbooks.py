"""What is wrong with a workbook is said in the clerk's words, with the cell, soon and without much memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from supportpoint.errors import SupportPointError
from supportpoint.forms import FormDefinition
from tests.integration.bad_workbooks import BOMB, CASES, EXTERNAL
from tests.unit.forms_publish.conftest import FormFolder

MAX_CPU_S = 2.0
MAX_RSS_BYTES = 200_000_000
#: A process keeps the peak of the one it was forked from, so a small one stands between the test and it.
LAUNCHER = """
import json, resource, subprocess, sys
status = subprocess.run(sys.argv[1:]).returncode
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([status, used.ru_utime + used.ru_stime, used.ru_maxrss]))
"""


@pytest.mark.parametrize("name", CASES)
def test_a_bad_workbook_is_refused_in_time_and_in_little_memory(name, tmp_path, record_property):
    make, code, cell = CASES[name]
    path = make(FormFolder(tmp_path / "form"))
    environment = os.environ | {"LC_ALL": "vi_VN.UTF-8", "PYTHONUTF8": "1"}
    line = [sys.executable, "-c", LAUNCHER, sys.executable, "-m", "supportpoint", "forms", "check", str(path)]
    done = subprocess.run(line, capture_output=True, text=True, env=environment, check=False)
    said, words = done.stdout.splitlines(), done.stderr
    status, cpu_s, rss_kib = json.loads(said.pop())
    record_property("cpu_s", round(cpu_s, 2))
    record_property("rss_mb", round(rss_kib * 1024 / 1e6))
    assert status == 2, words
    assert words.count("\n") == 1, "one line of plain words, no traceback"
    if code.startswith("SP-"):
        assert words.startswith(code)
    else:
        assert [line for line in said if line.startswith(f"Lỗi: {cell}") and f" {code} " in line], said[:9]
        assert words.startswith("SP-312")
    assert cpu_s < MAX_CPU_S
    assert rss_kib * 1024 < MAX_RSS_BYTES


@pytest.mark.parametrize("prolog", [BOMB, EXTERNAL])
def test_an_xform_with_entities_is_refused(prolog):
    xform = f'<?xml version="1.0"?>{prolog}<h:html xmlns:h="http://www.w3.org/1999/xhtml">&a;</h:html>'
    with pytest.raises(SupportPointError, match=r"SP-301 .*entities"):
        FormDefinition.load(xform.encode())
