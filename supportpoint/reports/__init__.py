"""Rows in, document out. No Qt, no Django, no network; a document is returned as bytes.

    session = FormSession.from_xml(definition, xml, clock=clock, language="vi")
    fields = read_fields(session)              # {field id of the sheet: Field}, and rows of repeats
    pdf = make_form_paper(session)             # the official paper of the form, filled from the answers

`fields`, `labels` and `words` are pure; only `typesetting` loads typst. The layouts are data:
`assets/papers/<form id>.typ` on top of `assets/papers/official.typ`.
"""
