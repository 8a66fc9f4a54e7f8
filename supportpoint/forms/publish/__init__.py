"""Province side only: an XLSForm becomes the files of a package. The one place that loads pyxform.

    faults = check(path)   # an .xlsx workbook, or a folder of survey.csv, choices.csv, settings.csv
    built = build(path)    # BuiltForm: form.xml, lists, compression dictionary, title and settings

Signing is not done here: the command signs what `build` returns (content.package). Source: docs/packages.md
"""

from supportpoint.forms.publish.build import BuiltForm, build, check
from supportpoint.forms.publish.faults import Fault

__all__ = ["BuiltForm", "Fault", "build", "check"]
