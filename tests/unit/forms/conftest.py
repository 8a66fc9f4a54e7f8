"""Forms written by hand for the engine's tests."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from supportpoint.clock import FixedClock
from supportpoint.forms import FormDefinition, FormSession

HEAD = (
    '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"'
    ' xmlns:jr="http://openrosa.org/javarosa" xmlns:odk="http://www.opendatakit.org/xforms"'
    ' xmlns:sp="https://supportpoint.example/xforms/sp"><h:head><h:title>A form</h:title><model>'
)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime(2026, 11, 23, 3, 0, tzinfo=UTC))


@pytest.fixture
def xform() -> Callable[..., bytes]:
    """Return a function that writes a form: nodes of the instance, model parts, body parts."""

    def write(nodes: str, model: str = "", body: str = "", *, root: str = "", itext: str = "") -> bytes:
        return (
            f'{HEAD}{itext}<instance><data id="f" version="1" {root}>{nodes}'
            f"<meta><instanceID/></meta></data></instance>{model}</model></h:head>"
            f"<h:body>{body}</h:body></h:html>"
        ).encode()

    return write


@pytest.fixture
def start(xform, clock) -> Callable[..., FormSession]:
    """Return a function that loads a hand-written form and opens a session."""

    def begin(nodes: str, model: str = "", body: str = "", *, files=None, language=None, **kwargs: str):
        definition = FormDefinition.load(xform(nodes, model, body, **kwargs), files=files or {})
        return FormSession(definition, clock=clock, language=language, instance_id="id-1")

    return begin


@pytest.fixture
def reopen(clock) -> Callable[[FormSession], FormSession]:
    """Return a function that writes a session out and reads it back."""
    return lambda session: FormSession.from_xml(session.definition, session.to_xml(), clock=clock)
