"""The player: line after line, the next way where one fails, never two at once, silent when told."""

from __future__ import annotations

import os
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from supportpoint.devices.speaker import NoSpeaker, NoSpeech
from supportpoint.kiosk.voice import player as player_module
from supportpoint.kiosk.voice.chain import Line, Mark, Way
from supportpoint.kiosk.voice.chime import make_chime
from supportpoint.kiosk.voice.player import GAP_MS, Player
from tests.ears import Ears, Mouth, make_clip

SAY = Line("say", ((Way(text="xin chào"),),))


@pytest.fixture
def ears(qapp: object) -> Ears:
    return Ears()


@pytest.fixture
def player(ears: Ears) -> Player:
    return Player(ears, Mouth(ears))


def lines_of(player: Player) -> list[tuple[str, str]]:
    seen: list[tuple[str, str]] = []
    player.changed.connect(lambda: seen.append((player.line, player.mark.value)))
    return seen


def test_lines_come_one_by_one_with_a_gap(player: Player, ears: Ears, qtbot: Any):
    seen, ended = lines_of(player), []
    player.ended.connect(lambda: ended.append(perf_counter()))
    begun = perf_counter()
    player.play([SAY, Line("again", ((Way(text="chào"),),))])
    assert player.is_busy
    qtbot.waitUntil(lambda: bool(ended))
    assert ended[0] - begun >= GAP_MS / 1000
    assert ears.heard == ["xin chào", "chào"]
    assert [line for line, _ in seen] == ["say", "again", ""]
    assert not player.is_busy


def test_another_script_ends_the_first_and_tells_nobody(player: Player, ears: Ears, qtbot: Any):
    ended: list[bool] = []
    player.ended.connect(lambda: ended.append(True))
    player.play([SAY])
    player.play([SAY])
    assert ears.overlaps == 0
    qtbot.waitUntil(lambda: bool(ended))
    qtbot.wait(100)
    assert ended == [True]


def test_stopped_it_is_silent_and_says_nothing_more(player: Player, ears: Ears, qtbot: Any):
    player.play([SAY, SAY])
    player.stop()
    assert (ears.is_playing, player.is_busy, player.line) == (False, False, "")
    qtbot.wait(GAP_MS + 100)
    assert ears.heard == ["xin chào"]


def test_what_cannot_be_played_falls_to_the_next_way(player: Player, ears: Ears, qtbot: Any, tmp_path: Path):
    broken = make_clip(60)
    ears.broken |= {broken, b""}
    lost = tmp_path / "lost.opus"
    seen = lines_of(player)
    ways = (Way((lost,)), Way((broken,)), Way(text="chào", mark=Mark.MACHINE))
    player.play([Line("line", (ways,))])
    qtbot.waitUntil(lambda: not player.is_busy)
    assert ears.heard == [b"", broken, "chào"]
    assert seen[-2:] == [("line", "machine"), ("", "")]


def test_units_are_played_in_their_order_with_one_chime_a_script(player: Player, ears: Ears, qtbot: Any):
    one, two = make_clip(40, 3000), make_clip(40, 6000)
    line = Line("line", ((Way((one, two), mark=Mark.VIETNAMESE),),))
    player.play([line, line])
    qtbot.waitUntil(lambda: not player.is_busy)
    assert ears.heard == [make_chime(), one, two, one, two]


def test_without_devices_a_line_is_shown_for_a_while(qapp: object, qtbot: Any, monkeypatch: Any):
    monkeypatch.setattr(player_module, "SILENT_MS", (50, 100))
    player = Player(NoSpeaker(), NoSpeech())
    assert (player.has_speaker(), player.has_machine()) == (False, False)
    seen = lines_of(player)
    player.play([player.limit(SAY)])
    assert seen == [("say", "silent")]
    qtbot.waitUntil(lambda: not player.is_busy)
    player.play([SAY])
    assert player.mark is Mark.SILENT
    player.stop()
