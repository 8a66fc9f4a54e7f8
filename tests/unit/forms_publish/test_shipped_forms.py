"""Every form that is shipped can be published, and survives the way through a spreadsheet."""

from __future__ import annotations

import pytest

from supportpoint.config import shipped_dir
from supportpoint.forms.publish import inspect
from supportpoint.forms.publish.assemble import write_xlsx

FORMS = sorted(
    path for path in (shipped_dir("assets") / "forms").iterdir() if (path / "survey.csv").is_file()
)
#: Recordings are made in the villages, after the words are settled.
EXPECTED = {"recordings"}


@pytest.mark.parametrize("folder", FORMS, ids=lambda path: path.name)
def test_a_shipped_form_has_no_faults_as_tables_and_as_workbook(folder, tmp_path):
    report = inspect(folder)
    assert report.faults == ()
    assert [warning for warning in report.warnings if warning.code not in EXPECTED] == []
    assert report.workbook.settings()["form_id"] == folder.name
    write_xlsx(folder, tmp_path / "form.xlsx")
    again = inspect(tmp_path / "form.xlsx")
    assert again.faults == ()
    assert again.xform == report.xform
