"""`kill -9` before, and in the middle of, every call that changes a file: save, finish a draft, install.

Each number of a call is tried with the program started anew on the same prepared folder. What was promised
is there once, a draft is a draft or a queued case, a package is the old one or the new one.
CI takes a seeded sample; `SUPPORTPOINT_CHAOS_LONG=1` takes every call.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from supportpoint.content.shelf import Shelf
from supportpoint.errors import SupportPointError
from tests.chaos.crash.folders import check_whole, copy_of, fresh_copy, save_draft
from tests.chaos.crash.kills import SAMPLE, plan
from tests.chaos.crash.zygote import KILL, Ran, Watch, Zygote
from tests.conftest import FORM_ID, Point

pytestmark = [pytest.mark.chaos, pytest.mark.timeout(1200)]


@pytest.fixture
def tmp_path(memory_folder: Path) -> Path:
    return memory_folder


def kills(
    prepared: Path, do: Callable[[Path, Watch], Ran], rng: random.Random, sample: int = SAMPLE
) -> Iterator[tuple[Path, Ran, str]]:
    """Run `do` on a copy of a prepared folder for every call it makes, killed there."""
    calls = do(fresh_copy(prepared), Watch(str(copy_of(prepared)))).calls
    assert calls > 10
    struck = 0
    for number, is_torn in plan(calls, rng, sample):
        folder = fresh_copy(prepared)
        ran = do(folder, Watch(str(folder), KILL, at=number, is_torn=is_torn))
        assert ran.is_killed, (number, ran)
        struck += 1
        yield folder, ran, f"call {number} of {calls}{' torn' if is_torn else ''}"
    print(f"{struck} kills over {calls} calls")  # noqa: T201 - the figure of docs/reliability.md


def test_a_submit_killed_at_every_call_is_there_once_or_not_at_all(
    point: Point, zygote: Zygote, tmp_path: Path, seed: int
):
    rng = random.Random(seed)
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(rng.randbytes(60_000))
    words = point.submit_words("--attach", f"photo={photo}")
    assert zygote.command(*words, "--data", point.folder).status == 0
    before = check_whole(point, point.folder, "prepared")[0]

    def submit(folder: Path, watch: Watch) -> Ran:
        return zygote.command(*words, "--data", folder, watch=watch)

    for folder, ran, where in kills(point.folder, submit, rng):
        promised = ran.answer().get("case_id")
        assert promised is None, where  # the receipt is printed after the last call
        items, _ = check_whole(point, folder, where)
        assert before <= items, where
        assert len(items - before) <= 1, where
        again = zygote.command(*words, "--data", folder)
        assert again.status == 0, (where, again.err)
        assert again.answer()["case_id"] in check_whole(point, folder, where)[0], where


def check_finishing(point: Point, zygote: Zygote, rng: random.Random, session: str) -> None:
    draft_id = save_draft(point, rng)
    promised = 0

    def finish(folder: Path, watch: Watch) -> Ran:
        return zygote.run(
            f"tests.chaos.crash.sessions:{session}", str(folder), draft_id, FORM_ID, watch=watch
        )

    for folder, ran, where in kills(point.folder, finish, rng):
        items, drafts = check_whole(point, folder, where)
        assert (draft_id in items) != (draft_id in drafts), where
        if ran.answer():
            promised += 1
            assert draft_id in items, where
    assert promised  # closing the store comes after the receipt


def test_a_finished_draft_killed_at_every_call_is_draft_or_case(point: Point, zygote: Zygote, seed: int):
    check_finishing(point, zygote, random.Random(seed), "finish_draft")


def test_a_draft_deleted_before_its_case_is_queued_is_noticed(point: Point, zygote: Zygote, seed: int):
    with pytest.raises(AssertionError, match="call"):
        check_finishing(point, zygote, random.Random(seed), "finish_draft_in_two_steps")


def check_installing(point: Point, zygote: Zygote, seed: int, session: str) -> None:
    file = point.folder.with_name("two.spform")
    file.write_bytes(point.package(2, point.trust.publisher))

    def install(folder: Path, watch: Watch) -> Ran:
        words = ["forms", "install", str(file), "--data", str(folder)]
        return zygote.run(session, words, watch=watch)

    versions = set()
    for folder, ran, where in kills(point.folder, install, random.Random(seed), sample=100):
        shelf = Shelf(folder)
        [form] = shelf.list_forms()
        assert form.version in {1, 2}, where
        assert form.version == 2 or not ran.answer(), where
        assert shelf.open_form(FORM_ID, form.version).files["form.xml"], where
        assert not shelf.verify_all(point.trust.keyset()), where
        versions.add(form.version)
        assert zygote.command("forms", "install", file, "--data", folder).status == 0, where
        assert shelf.open_form(FORM_ID).manifest.version == 2, where
    assert versions == {1, 2}


def test_an_install_killed_at_every_call_leaves_the_old_package_or_the_new(
    point: Point, zygote: Zygote, seed: int
):
    check_installing(point, zygote, seed, "supportpoint.cli.program:main")


def test_a_package_written_in_place_is_noticed(point: Point, zygote: Zygote, seed: int):
    with pytest.raises((AssertionError, SupportPointError)):
        check_installing(point, zygote, seed, "tests.chaos.crash.sessions:command_writing_in_place")


def test_a_first_start_killed_at_every_call_starts_again(zygote: Zygote, tmp_path: Path, seed: int):
    prepared = tmp_path / "empty"
    prepared.mkdir()

    def start(folder: Path, watch: Watch) -> Ran:
        return zygote.run("tests.chaos.crash.sessions:start", str(folder), watch=watch)

    for folder, _, where in kills(prepared, start, random.Random(seed)):
        again = start(folder, Watch(str(folder)))
        assert again.status == 0, (where, again.err)
