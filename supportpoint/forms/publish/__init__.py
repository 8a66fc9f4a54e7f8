"""Province side only: an XLSForm becomes the files of a package. The one place that loads pyxform.

    report = inspect(path)  # an .xlsx workbook, or a folder of survey.csv, choices.csv, settings.csv
    report.faults, report.warnings, report.recordings
    built = build(path)     # BuiltForm: form.xml, lists, media, compression dictionary, title and settings

Signing is not done here: the command signs what `build` returns (content.package). Source: docs/packages.md
"""

from supportpoint.forms.publish.build import BuiltForm, build, build_report, check
from supportpoint.forms.publish.faults import Fault
from supportpoint.forms.publish.report import Report, inspect

__all__ = ["BuiltForm", "Fault", "Report", "build", "build_report", "check", "inspect"]
