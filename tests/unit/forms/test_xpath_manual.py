"""The feature table of docs/forms.md says what is true."""

from pathlib import Path

import pytest

from supportpoint.errors import SupportPointError
from supportpoint.forms import FormDefinition

ROWS = dict(
    tuple(cell.strip() for cell in line.strip("|").split("|"))
    for line in (Path(__file__).parents[3] / "docs" / "forms.md")
    .read_text(encoding="utf-8")
    .partition("## What forms may contain")[2]
    .partition("## Functions")[0]
    .splitlines()
    if line.startswith("| ")
)
VIDEO = '<upload ref="/data/q" mediatype="video/*"/>'


def state_of(feature):
    return next(state for name, state in ROWS.items() if feature in name)


@pytest.mark.parametrize(
    ("feature", "what", "model", "body"),
    [
        ("video", "video", "", VIDEO),
        ("rank", "rank", '<bind nodeset="/data/q" type="rank"/>', '<rank ref="/data/q"/>'),
        ("geopoint", "geopoint", '<bind nodeset="/data/q" type="geopoint"/>', '<input ref="/data/q"/>'),
        ("geotrace", "geotrace", '<bind nodeset="/data/q" type="geotrace"/>', '<input ref="/data/q"/>'),
        ("geoshape", "geoshape", '<bind nodeset="/data/q" type="geoshape"/>', '<input ref="/data/q"/>'),
        ("setgeopoint", "setgeopoint", '<setgeopoint ref="/data/q" event="odk-instance-first-load"/>', ""),
        ("recordaudio", "recordaudio", '<recordaudio ref="/data/q" event="odk-instance-load"/>', ""),
    ],
)
def test_what_is_poorer_is_listed(xform, feature, what, model, body):
    form = FormDefinition.load(xform("<q/>", model, body))
    assert state_of(feature).startswith("poorer")
    assert ("/data/q", what) in form.unsupported


@pytest.mark.parametrize(
    ("feature", "model"),
    [
        ("another event", '<setvalue ref="/data/q" event="odk-instance-load" value="1"/>'),
        ("last saved record", '<instance id="l" src="jr://instance/last-saved"/>'),
        ("a file that is missing", '<instance id="l" src="jr://file-csv/none.csv"/>'),
        ("a list that nothing declares", '<bind nodeset="/data/q" calculate="count(instance(\'x\')/root)"/>'),
        ("a function not listed", '<bind nodeset="/data/q" calculate="frobnicate()"/>'),
        ("wrong number of arguments", '<bind nodeset="/data/q" calculate="if(1)"/>'),
        ("bad syntax", '<bind nodeset="/data/q" calculate="1 +"/>'),
        ("deeper than 200", f'<bind nodeset="/data/q" calculate="{"(" * 201}1{")" * 201}"/>'),
        ("in a circle", '<bind nodeset="/data/q" calculate="/data/q + 1"/>'),
    ],
)
def test_what_is_refused_has_its_code(xform, feature, model):
    with pytest.raises(SupportPointError) as caught:
        FormDefinition.load(xform("<q/>", model))
    assert state_of(feature) == f"refused, {caught.value.code}"
