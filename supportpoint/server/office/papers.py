"""The official paper of a case, filled from its answers, to be printed and signed."""

from __future__ import annotations

import logging
from functools import lru_cache

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from supportpoint.errors import SupportPointError
from supportpoint.forms import FormDefinition, FormSession
from supportpoint.reports.paper import has_paper, make_form_paper
from supportpoint.server.office.scope import get_case, staff_page
from supportpoint.server.office.views import show_case
from supportpoint.server.registry.bundles import DICTIONARY, get_form
from supportpoint.server.registry.models import Case
from supportpoint.server.registry.moment import CLOCK

log = logging.getLogger(__name__)

FORM_FILE = "form.xml"
FAULT = 500


@staff_page
@require_GET
def paper_view(request: HttpRequest, case_id: str) -> HttpResponse:
    """Hand the paper to those who may see the case. Only the case number names the file."""
    case = get_case(request.user, case_id)
    if not has_paper(case.form_id):
        raise Http404
    try:
        content = make_case_paper(case)
    except SupportPointError as error:
        log.warning("no paper for case %s: %s", case.pk, error.code)
        return show_case(request, case, "paper_failed", FAULT)
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{case.number}.pdf"'
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "no-store"
    return response


def make_case_paper(case: Case) -> bytes:
    """Return the paper of a case as PDF, as its own form version reads the answers.

    Errors: SP-804 form version not published here; SP-309, SP-310 answers; SP-610, SP-611 paper.
    """
    definition = _definition(case.form_id, case.form_version)
    session = FormSession.from_xml(definition, bytes(case.xml), clock=CLOCK, language="vi")
    return make_form_paper(session, office=case.commune.name, number=case.number)


@lru_cache(maxsize=16)
def _definition(form_id: str, form_version: str) -> FormDefinition:
    files = get_form(form_id, form_version).files
    others = {name: content for name, content in files.items() if name not in {FORM_FILE, DICTIONARY}}
    return FormDefinition.load(files[FORM_FILE], files=others)
