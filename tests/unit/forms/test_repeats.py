"""Repeats: added and removed by hand, counted, nested, and what expressions see in them."""

import pytest

from supportpoint.errors import SupportPointError
from supportpoint.forms import PageKind

WITNESS = (
    '<group ref="/data/w"><label>Witness</label>'
    '<repeat nodeset="/data/w"><input ref="/data/w/n"/></repeat></group>'
)


def names(session) -> list[object]:
    count = next(page.repeat_count for page in session.pages() if page.kind is PageKind.REPEAT)
    return [session.value(f"/data/w[{place}]/n") for place in range(1, count + 1)]


@pytest.fixture
def witnesses(start):
    return start('<w jr:template=""><n/></w><w><n/></w>', "", WITNESS)


def test_add_and_remove(witnesses):
    assert witnesses.answer("/data/w/n", "A").refs == {"/data/w[1]/n"}
    assert witnesses.add_repeat("/data/w").pages
    witnesses.answer("/data/w[2]/n", "B")
    witnesses.add_repeat("/data/w[1]")
    witnesses.answer("/data/w[3]/n", "C")
    assert names(witnesses) == ["A", "B", "C"]
    witnesses.remove_repeat("/data/w[2]")
    assert names(witnesses) == ["A", "C"]


def test_the_page_that_asks_for_another(witnesses):
    kinds = [page.kind for page in witnesses.pages()]
    assert kinds == [PageKind.QUESTION, PageKind.REPEAT]
    page = witnesses.page(1)
    assert (page.ref, page.repeat_count, page.can_add, page.can_remove) == ("/data/w", 1, True, True)
    assert witnesses.page_index("/data/w") == 1
    witnesses.remove_repeat("/data/w[1]")
    assert [(page.kind, page.can_remove) for page in witnesses.pages()] == [(PageKind.REPEAT, False)]


def test_sections_are_named_by_the_repeat(witnesses):
    assert {page.section for page in witnesses.pages()} == {"Witness"}


@pytest.mark.parametrize("ref", ["/data/n", "/data/w/n", "/data/x", "/data"])
def test_only_repeats_can_be_added(witnesses, ref):
    with pytest.raises(SupportPointError) as caught:
        witnesses.add_repeat(ref)
    assert caught.value.code == "SP-305"


def test_an_instance_that_is_not_there(witnesses):
    with pytest.raises(SupportPointError):
        witnesses.remove_repeat("/data/w[2]")


def test_a_counted_repeat_follows_its_count(start):
    session = start(
        '<count/><w jr:template=""><n/></w><w><n/></w>',
        '<bind nodeset="/data/count" type="int"/>',
        '<input ref="/data/count"/><repeat nodeset="/data/w" jr:count="/data/count">'
        '<input ref="/data/w/n"/></repeat>',
    )
    assert session.page_count() == 1
    session.answer("/data/count", 3)
    assert [page.ref for page in session.pages()] == ["/data/count", *(f"/data/w[{n}]/n" for n in (1, 2, 3))]
    session.answer("/data/w[1]/n", "kept")
    session.answer("/data/count", 1)
    assert session.page_count() == 2
    assert session.value("/data/w[1]/n") == "kept"
    with pytest.raises(SupportPointError):
        session.add_repeat("/data/w")


def test_a_count_that_grows_with_its_own_answers(start):
    session = start(
        "<more/><w><n/><again/></w>",
        '<bind nodeset="/data/w/again" required="true()"/><bind nodeset="/data/more" type="int" '
        "calculate=\"if(count(/data/w) = 0 or indexed-repeat(/data/w/again, /data/w, count(/data/w)) = 'yes',"
        ' count(/data/w) + 1, count(/data/w))"/>',
        '<repeat nodeset="/data/w" jr:count="/data/more">'
        '<input ref="/data/w/n"/><input ref="/data/w/again"/></repeat>',
    )
    assert session.page_count() == 2
    session.answer("/data/w[1]/again", "yes")
    assert session.page_count() == 4
    session.answer("/data/w[2]/again", "no")
    assert session.page_count() == 4


def test_expressions_see_their_own_instance(start):
    session = start(
        "<total/><w><n/><double/><place/><all/><share/></w>",
        '<bind nodeset="/data/w/n" type="int"/>'
        '<bind nodeset="/data/w/double" type="int" calculate="/data/w/n * 2"/>'
        '<bind nodeset="/data/w/place" type="int" calculate="position(..)"/>'
        '<bind nodeset="/data/w/all" type="int" calculate="count(/data/w)"/>'
        '<bind nodeset="/data/w/share" type="decimal" calculate="../n div /data/total"/>'
        '<bind nodeset="/data/total" type="int" calculate="sum(/data/w/n)"/>',
        '<repeat nodeset="/data/w"><input ref="/data/w/n"/></repeat>',
    )
    session.add_repeat("/data/w")
    session.answer("/data/w[1]/n", 1)
    session.answer("/data/w[2]/n", 3)
    assert [session.value(f"/data/w[{n}]/double") for n in (1, 2)] == [2, 6]
    assert [session.value(f"/data/w[{n}]/place") for n in (1, 2)] == [1, 2]
    assert [session.value(f"/data/w[{n}]/all") for n in (1, 2)] == [2, 2]
    assert [str(session.value(f"/data/w[{n}]/share")) for n in (1, 2)] == ["0.25", "0.75"]
    session.remove_repeat("/data/w[1]")
    assert session.value("/data/w[1]/place") == 1
    assert session.value("/data/total") == 3


def test_a_running_total_over_earlier_instances(start):
    session = start(
        "<w><n/><sum/></w>",
        '<bind nodeset="/data/w/n" type="int"/><bind nodeset="/data/w/sum" type="int" '
        'calculate="../n + if(position(..) = 1, 0, '
        'indexed-repeat(/data/w/sum, /data/w, position(..) - 1))"/>',
        '<repeat nodeset="/data/w"><input ref="/data/w/n"/></repeat>',
    )
    for place in (1, 2, 3):
        if place > 1:
            session.add_repeat("/data/w")
        session.answer(f"/data/w[{place}]/n", place)
    assert session.value("/data/w[3]/sum") == 6
    session.answer("/data/w[1]/n", 10)
    assert session.value("/data/w[3]/sum") == 15


def test_repeats_in_repeats(start):
    session = start(
        '<h jr:template=""><c jr:template=""><n/></c><many/></h>',
        '<bind nodeset="/data/h/many" type="int" calculate="count(../c)"/>',
        '<repeat nodeset="/data/h"><repeat nodeset="/data/h/c"><input ref="/data/h/c/n"/></repeat></repeat>',
    )
    session.add_repeat("/data/h")
    session.add_repeat("/data/h")
    session.add_repeat("/data/h[2]/c")
    session.add_repeat("/data/h[2]/c")
    session.answer("/data/h[2]/c[2]/n", "x")
    assert [session.value(f"/data/h[{n}]/many") for n in (1, 2)] == [0, 2]
    assert session.value("/data/h[2]/c[2]/n") == "x"


def test_a_repeat_that_is_not_relevant_is_not_offered(start):
    session = start(
        '<ask/><w jr:template=""><n/></w>',
        '<bind nodeset="/data/w" relevant="/data/ask = \'yes\'"/>',
        f'<input ref="/data/ask"/>{WITNESS}',
    )
    assert session.page_count() == 1
    session.answer("/data/ask", "yes")
    assert session.page_count() == 2


def test_a_count_beside_a_nested_repeat(start):
    session = start(
        '<h jr:template=""><many/><c jr:template=""><n/></c></h>',
        '<bind nodeset="/data/h/many" type="int"/>',
        '<repeat nodeset="/data/h"><input ref="/data/h/many"/>'
        '<repeat nodeset="/data/h/c" jr:count=" ../many "><input ref="/data/h/c/n"/></repeat></repeat>',
    )
    session.add_repeat("/data/h")
    session.add_repeat("/data/h")
    session.answer("/data/h[2]/many", 2)
    refs = [page.ref for page in session.pages()]
    assert refs == ["/data/h[1]/many", "/data/h[2]/many", "/data/h[2]/c[1]/n", "/data/h[2]/c[2]/n", "/data/h"]


def test_choices_made_of_answers(start):
    session = start(
        "<w><id/><n/></w><head/>",
        "",
        '<repeat nodeset="/data/w"><input ref="/data/w/id"/><input ref="/data/w/n"/></repeat>'
        '<select1 ref="/data/head">'
        '<itemset nodeset="/data/w[n != \'\']"><value ref="id"/><label ref="n"/></itemset>'
        "</select1>",
    )
    session.add_repeat("/data/w")
    for place, name in ((1, "Mai"), (2, "Lan")):
        session.answer(f"/data/w[{place}]/id", f"p{place}")
        assert "/data/head" in session.answer(f"/data/w[{place}]/n", name).refs
    question = session.page(session.page_count() - 1).questions[0]
    assert [(choice.value, choice.label) for choice in question.choices] == [("p1", "Mai"), ("p2", "Lan")]
    session.answer("/data/head", "p2")
    assert session.outline()[-1].rows[-1].display == "Lan"
    session.answer("/data/w[2]/id", "p9")
    assert session.value("/data/head") is None
