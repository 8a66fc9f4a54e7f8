"""FormDefinition.list_questions: the questions of a form before anybody answers."""

from supportpoint.forms import FormDefinition, QuestionType

ITEXT = (
    '<itext><translation lang="vi" default="true()"><text id="h"><value>Chụp</value>'
    '<value form="guidance">Giấy chứng sinh</value></text></translation>'
    '<translation lang="en"><text id="h"><value>Take it</value>'
    '<value form="guidance">Birth certificate of the hospital</value></text></translation></itext>'
)
BINDS = (
    '<bind nodeset="/data/a" type="string" relevant="false()"/>'
    '<bind nodeset="/data/b" type="binary" required="/data/a = 1" sp:art="slip"/>'
)
BODY = (
    '<input ref="/data/a"><label>Name <output value="/data/b"/>?</label></input>'
    '<upload ref="/data/b" mediatype="image/*"><label>Paper</label><hint ref="jr:itext(\'h\')"/></upload>'
    '<group ref="/data/r"><repeat nodeset="/data/r"><input ref="/data/r/c"><label>C</label></input>'
    "</repeat></group>"
)


def list_all(xform, language):
    form = xform("<a/><b/><r><c/></r>", BINDS, BODY, itext=ITEXT)
    return FormDefinition.load(form).list_questions(language)


def test_relevant_or_not_and_outside_repeats_only(xform):
    assert [question.ref for question in list_all(xform, "vi")] == ["/data/a", "/data/b"]


def test_required_when_some_rule_can_require_it(xform):
    assert [question.required for question in list_all(xform, "vi")] == [False, True]


def test_texts_in_the_language_without_outputs(xform):
    name, paper = list_all(xform, "en")
    assert name.label == "Name ?"
    assert (paper.type, paper.label, paper.hint) == (QuestionType.IMAGE, "Paper", "Take it")
    assert paper.guidance == "Birth certificate of the hospital"
    assert paper.attributes == {"art": "slip"}


def test_an_unknown_language_reads_as_the_default(xform):
    assert list_all(xform, "xx")[1].guidance == "Giấy chứng sinh"
