"""Every form travels the whole road: published, walked, sealed, sent, opened, checked again, shown, printed.

One server and one kiosk for all forms. The walks of `tests/form_walks.py` reach every question; what
an agency alone may read is opened with the agency's key, as its own machine would.
"""

from __future__ import annotations

import csv
import hashlib
import html
import os
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from supportpoint.clock import FixedClock, SystemClock, local_day
from supportpoint.config import shipped_dir
from supportpoint.content.package import Manifest, Package, write_package
from supportpoint.errors import SupportPointError
from supportpoint.forms import FormDefinition, FormSession, publish
from supportpoint.forms.publish.dictionary import train_dictionary
from supportpoint.protocol import Drop
from supportpoint.records import Attachment
from supportpoint.reports.paper import list_papers, make_form_paper
from supportpoint.sealing.case import open_case, open_file
from supportpoint.sealing.compression import make_dictionary_id
from supportpoint.sealing.drops import PURPOSE, OpenedDrops, open_drops
from supportpoint.sealing.envelope import read_header
from supportpoint.sealing.keys import SealKey, SignKey
from supportpoint.sealing.keyset import read_keyset
from supportpoint.store.access import DirectAccess
from supportpoint.sync.submission import DICTIONARY_FILE, submit_case
from tests.form_walks import Covering, Walk, cover_form, list_paths
from tests.integration.conftest import ServerProcess
from tests.integration.test_server_office import Browser
from tests.integration.test_sync_road import Kiosk

FORMS = shipped_dir("assets") / "forms"
NAMES = sorted(path.parent.name for path in FORMS.glob("*/survey.csv"))


def read_settings(name: str) -> dict[str, str]:
    with (FORMS / name / "settings.csv").open(encoding="utf-8", newline="") as stream:
        return next(csv.DictReader(stream))


SEED = int(os.environ.get("SUPPORTPOINT_WALK_SEED", "20261123"))
PURPOSES = {name: read_settings(name)["purpose"] for name in NAMES}
AGENCIES = {"legal_aid": "legal-aid-centre", "protected": "inspectorate"}
OF_AGENCIES = [name for name in NAMES if PURPOSES[name] in AGENCIES]
ORDINARY = [name for name in NAMES if name not in OF_AGENCIES]
BEYOND_COMMUNE = {"agency", "inspectorate", "legal_aid_centre", "supervision_board", "province"}
OFFICIAL = {"birth-registration", "birth-linked", "marriage", "death", "marital-status", "residence"} | {
    *("legal-aid", "poor-household")
}
PATIENCE_S = 120
FEW_WALKS = 20  # the whole training is for publishing in earnest; the road is the same
MONTHS_LATER = timedelta(days=60)  # a kiosk may be without a link for weeks
LAST_YEAR = 2026
STOPPED = "the form ends here: nobody is registered before the age of marriage"
OTHER_LINE = "new_line" if local_day(SystemClock().now()).year <= LAST_YEAR else "old_line"
# (form, path) → why no submission can be asked this
NEVER = {
    ("marriage", "/data/m/too_young"): STOPPED,
    ("marriage", "/data/m/age_stop"): STOPPED,
    ("marriage", "/data/f/too_young"): STOPPED,
    ("marriage", "/data/f/age_stop"): STOPPED,
    ("poor-household", f"/data/start_here/{OTHER_LINE}"): "one standard until 2026, another from 2027 on",
}


@dataclass(slots=True)
class Travel:
    """One form on the road."""

    package: Package
    definition: FormDefinition
    covering: Covering
    receipts: dict[str, str] = field(default_factory=dict)

    @property
    def purpose(self) -> str:
        return self.package.manifest.settings["purpose"]

    @property
    def route(self) -> str:
        return self.package.manifest.settings["route"]

    def dictionary(self, dictionary_id: str) -> bytes:
        found = self.package.files[DICTIONARY_FILE]
        assert make_dictionary_id(found) == dictionary_id
        return found

    def reread(self, xml: bytes, later: timedelta = timedelta()) -> FormSession:
        clock = FixedClock(SystemClock().now() + later)
        return FormSession.from_xml(self.definition, xml, clock=clock, language="vi")


@dataclass(slots=True)
class Road:
    """The server, the kiosk and every form that could be published; the others with what is wrong."""

    server: ServerProcess
    kiosk: Kiosk
    travels: dict[str, Travel] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)

    def travel(self, form: str) -> Travel:
        assert form in self.travels, self.faults.get(form)
        return self.travels[form]

    def drops(self) -> list[Drop]:
        found = self.server.rows("SELECT drop_id, envelope FROM registry_sealeddrop")
        return [Drop(id=drop_id, envelope=bytes(envelope)) for drop_id, envelope in found]

    def agency(self, purpose: str) -> SealKey:
        name = f"{purpose}/{AGENCIES[purpose]}.seal.key"
        return SealKey((self.server.data.parent / "agencies" / name).read_bytes())

    def feedback(self) -> dict[str, OpenedDrops]:
        """Everything that came as drops, as the inspectorate reads it, by case id."""
        key = self.agency(PURPOSE)
        found = [travel.package.files[DICTIONARY_FILE] for travel in self.travels.values()]
        dictionaries = {make_dictionary_id(content): content for content in found}
        opened = open_drops(self.drops(), {key.kid: key}, dictionaries.__getitem__)
        return {one.feedback.case_id: one for one in opened}

    def opening(self, walk: Walk) -> str:
        sql = "SELECT opening, opening_code FROM registry_item WHERE id = ?"
        [(state, code)] = self.server.rows(sql, walk.instance_id)
        return f"{state} {code}".strip()


def content_of(name: str) -> bytes:
    return b"\xff\xd8\xff\xe0 made up " + hashlib.sha256(name.encode()).digest() + b"\xff\xd9"


def publish_all(road: Road) -> None:
    """Check, build and sign every form; hand all packages to the server in one go."""
    publisher = SignKey((road.server.data / "keys" / "publisher.key").read_bytes())
    paths = []
    for name in NAMES:
        try:
            built = publish.build(FORMS / name)
        except SupportPointError as error:
            road.faults[name] = str(error)
            continue
        manifest = Manifest(
            kind="form", id=built.form_id, version=built.version, title=built.title, settings=built.settings
        )
        path = road.server.data.parent / f"{name}.spform"
        agency = AGENCIES.get(PURPOSES[name])
        key = f"{PURPOSES[name]}/{agency}.forms.key"
        signer = SignKey((road.server.data.parent / "agencies" / key).read_bytes()) if agency else publisher
        path.write_bytes(write_package(manifest, built.files, signer))
        paths.append(str(path))
    road.server.command("publish", *paths)


def walk_all(road: Road, pool: ThreadPoolExecutor) -> None:
    """Walk every form as the kiosk got it, submit and send; the opener works meanwhile."""
    clock = SystemClock()
    for name in sorted({*NAMES} - {*road.faults}):
        package = road.kiosk.shelf.open_form(name)
        others = {file: content for file, content in package.files.items() if file != DICTIONARY_FILE}
        definition = FormDefinition.load(others.pop("form.xml"), files=others)
        beyond = frozenset(path for form, path in NEVER if form == name)
        covering = cover_form(definition, seed=SEED, now=clock.now(), beyond=beyond)
        travel = Travel(package, definition, covering)
        road.travels[name] = travel
        for walk in travel.covering.walks:
            files = [Attachment(file, content_of(file)) for file in walk.files]
            done = submit_case(
                DirectAccess(road.kiosk.store),
                package=package,
                xml=walk.xml,
                attachments=files,
                case_id=walk.instance_id,
                clock=clock,
            )
            travel.receipts[walk.instance_id] = done.case_number
        road.kiosk.sync(pool)


def send_all(road: Road, pool: ThreadPoolExecutor) -> None:
    """Send what is left, and wait until the opener has seen everything."""
    until = time.monotonic() + PATIENCE_S
    road.kiosk.store._opened.db.execute("UPDATE sealed_drop SET wait_s = 0")
    while road.kiosk.store.counts().waiting or road.kiosk.store.count_drops().waiting:
        assert time.monotonic() < until, road.kiosk.store.counts()
        road.kiosk.sync(pool)
    waiting = (
        "SELECT (SELECT count(*) FROM registry_item WHERE opening = 'waiting')"
        " + (SELECT count(*) FROM registry_casephoto WHERE stored_name = '' AND opening_code = '')"
    )
    while road.server.rows(waiting) != [(0,)]:
        assert time.monotonic() < until, road.server.rows(
            "SELECT opening, opening_code, count(*) FROM registry_item GROUP BY 1, 2"
        )
        time.sleep(0.2)


@pytest.fixture(scope="module")
def road(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Road]:
    """All forms, sent and opened. The agencies have taken their keys away before anything arrives."""
    folder = tmp_path_factory.mktemp("every-form")
    server = ServerProcess(folder / "data", "", opener=True)
    server.init = server.command("init")
    (server.data / "agencies").rename(folder / "agencies")
    try:
        server.start()
        road = Road(server, Kiosk(folder / "kiosk", server))
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(
                import_module("supportpoint.forms.publish.build"),
                "train_dictionary",
                partial(train_dictionary, walks=FEW_WALKS),
            )
            publish_all(road)
        road.kiosk.sync()
        with ThreadPoolExecutor(2) as pool:
            walk_all(road, pool)
            send_all(road, pool)
        yield road
        road.kiosk.store.close()
    finally:
        server.kill()


@pytest.fixture(scope="module")
def province_staff(road: Road) -> Browser:
    return Browser(road.server, "tinh", "11")


@pytest.fixture(scope="module")
def commune_staff(road: Road) -> Browser:
    return Browser(road.server, "xa", "03316")


@pytest.fixture(params=NAMES)
def travel(request: pytest.FixtureRequest, road: Road) -> Travel:
    return road.travel(request.param)


@pytest.fixture
def ordinary(request: pytest.FixtureRequest, road: Road) -> Travel:
    return road.travel(request.param)


def test_every_question_was_asked_in_a_submission_that_stands(travel: Travel) -> None:
    form = travel.definition.form_id
    left = list_paths(travel.definition) - travel.covering.asked
    unexplained = {path for path in left if (form, path) not in NEVER}
    assert not unexplained, (SEED, travel.covering.tried, travel.covering.problems.most_common(5))
    explained = {path: reason for (name, path), reason in NEVER.items() if name == form}
    assert explained.keys() <= left, "a reason that is no longer needed"
    assert all(path in travel.covering.seen for path, reason in explained.items() if reason == STOPPED)


def test_every_question_was_answered_in_a_submission_that_stands(travel: Travel) -> None:
    assert travel.covering.answerable <= travel.covering.answered, (SEED, travel.covering.tried)


def test_every_choice_was_taken_in_a_submission_that_stands(travel: Travel) -> None:
    assert travel.covering.offered <= travel.covering.chosen, (SEED, travel.covering.tried)


def test_no_answer_changes_who_can_read_it(road: Road, travel: Travel) -> None:
    """Every choice of the form was taken in these submissions; all name the readers of its purpose."""
    identity = road.kiosk.store.get_identity()
    keyset = read_keyset(identity.keyset, identity.root_public)
    readers = tuple(key.kid for key in keyset.recipients(travel.purpose, identity.commune_code))
    if travel.purpose == PURPOSE:
        assert all(read_header(drop.envelope).kids == readers for drop in road.drops())
        return
    for walk in travel.covering.walks:
        [(envelope,)] = road.server.rows("SELECT envelope FROM registry_item WHERE id = ?", walk.instance_id)
        assert read_header(bytes(envelope)).kids == readers


def test_a_submission_says_the_same_when_it_is_read_months_later(travel: Travel) -> None:
    for walk in travel.covering.walks:
        later = travel.reread(walk.xml, MONTHS_LATER)
        assert later.validate() == ()
        assert later.to_xml() == walk.xml


@pytest.mark.parametrize("ordinary", ORDINARY, indirect=True)
def test_the_opener_reads_every_submission_as_the_kiosk_did(road: Road, ordinary: Travel) -> None:
    for walk in ordinary.covering.walks:
        assert road.opening(walk) == "opened"
        sql = "SELECT xml, findings, route, masked_name FROM registry_case WHERE id = ?"
        [(xml, findings, route, masked)] = road.server.rows(sql, walk.instance_id)
        assert bytes(xml) == walk.xml
        assert findings == "[]"
        assert route == ordinary.route
        assert not masked or "••" in masked
        assert ordinary.reread(walk.xml).to_xml() == walk.xml


@pytest.mark.parametrize("ordinary", ORDINARY, indirect=True)
def test_every_file_arrives_whole(road: Road, ordinary: Travel) -> None:
    sql = "SELECT name, stored_name FROM registry_casephoto WHERE case_id = ? ORDER BY position"
    for walk in ordinary.covering.walks:
        rows = road.server.rows(sql, walk.instance_id)
        assert [name for name, _ in rows] == list(walk.files)
        for name, stored in rows:
            path = next(road.server.data.rglob(Path(stored).name))
            assert path.read_bytes() == content_of(name)


def test_the_office_shows_each_case_to_whom_its_form_sends_it(
    travel: Travel, province_staff: Browser, commune_staff: Browser
) -> None:
    is_ordinary = travel.purpose not in AGENCIES
    for at, walk in enumerate(travel.covering.walks):
        page = province_staff.get(f"/office/cases/{walk.instance_id}")
        assert page.status_code == (200 if is_ordinary else 404)
        if is_ordinary:
            assert travel.receipts[walk.instance_id] in page.text_plain
            assert html.unescape(travel.definition.title("vi")) in page.text_plain
        if at == 0:
            seen = commune_staff.get(f"/office/cases/{walk.instance_id}").status_code == 200
            assert seen == (is_ordinary and travel.route not in BEYOND_COMMUNE)


@pytest.mark.parametrize("form", [name for name in OF_AGENCIES if PURPOSES[name] == PURPOSE])
def test_protected_feedback_is_no_item_and_whole_at_its_agency(road: Road, form: str) -> None:
    travel, feedback = road.travel(form), road.feedback()
    for walk in travel.covering.walks:
        assert road.server.rows("SELECT 1 FROM registry_item WHERE id = ?", walk.instance_id) == []
        found = feedback[walk.instance_id].feedback
        assert (found.record.xml, found.record.case_number) == (walk.xml, travel.receipts[walk.instance_id])
        assert found.contents == tuple(content_of(name) for name in walk.files)


@pytest.mark.parametrize("form", [name for name in OF_AGENCIES if PURPOSES[name] != PURPOSE])
def test_only_the_agency_opens_what_is_for_it(road: Road, form: str) -> None:
    travel, agency = road.travel(form), road.agency(PURPOSES[form])
    keys = road.server.data / "keys"
    held = [SealKey((keys / name).read_bytes()) for name in ("intake.key", "units/03316.seal.key")]
    for walk in travel.covering.walks:
        assert road.opening(walk) == "agency"
        assert road.server.rows("SELECT 1 FROM registry_case WHERE id = ?", walk.instance_id) == []
        [(stored,)] = road.server.rows("SELECT envelope FROM registry_item WHERE id = ?", walk.instance_id)
        with pytest.raises(SupportPointError, match="SP-402"):
            open_case(bytes(stored), {key.kid: key for key in held}, travel.dictionary)
        opened = open_case(bytes(stored), {agency.kid: agency}, travel.dictionary)
        assert opened.record.xml == walk.xml
        assert opened.record.case_number == travel.receipts[walk.instance_id]
        session = travel.reread(opened.record.xml)
        assert (session.validate(), session.to_xml()) == ((), walk.xml)
        for file in opened.record.files:
            sql = "SELECT stored_name FROM registry_blob WHERE sha256 = ?"
            [(name,)] = road.server.rows(sql, file.sha256)
            blob = next(road.server.data.rglob(Path(name).name)).read_bytes()
            assert open_file(blob, {agency.kid: agency}) == content_of(file.name)


def test_the_forms_with_an_official_layout_have_their_paper() -> None:
    assert set(list_papers()) >= OFFICIAL
    assert set(list_papers()) <= set(NAMES)


@pytest.mark.parametrize("form", list_papers())
def test_its_paper_can_be_printed(road: Road, form: str) -> None:
    travel = road.travel(form)
    papers = [make_form_paper(travel.reread(walk.xml), office="Xã Nà Tấu") for walk in travel.covering.walks]
    assert all(paper.startswith(b"%PDF-") and paper.rstrip().endswith(b"%%EOF") for paper in papers)
    assert len(set(papers)) > 1, "other answers make another paper"


def test_nothing_is_held_and_the_counts_agree(road: Road, capsys: Any) -> None:
    walks = {name: len(travel.covering.walks) for name, travel in road.travels.items()}
    status = road.server.command("status")
    for_agencies = sum(count for name, count in walks.items() if road.travels[name].purpose in AGENCIES)
    assert status["held"] == status["waiting"] == status["duplicates"] == 0
    dropped = sum(count for name, count in walks.items() if road.travels[name].purpose == PURPOSE)
    assert (status["for_agencies"], len(road.feedback())) == (for_agencies - dropped, dropped)
    assert status["cases"] == sum(walks.values()) - for_agencies
    with capsys.disabled():
        sys.stdout.write(
            f"\n{'form':24}{'purpose':10}{'route':18}{'questions':>10}{'choices':>8}{'walks':>6}{'sent':>5}\n"
        )
        for name, travel in sorted(road.travels.items()):
            questions = len(list_paths(travel.definition))
            sys.stdout.write(
                f"{name:24}{travel.purpose:10}{travel.route:18}{questions:10}"
                f"{len(travel.covering.chosen):8}{travel.covering.tried:6}{walks[name]:5}\n"
            )
