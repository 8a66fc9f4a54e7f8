"""A speaker and a machine's voice that keep what they were asked to play and say; waiting for both; a form
with recordings of its own."""

from __future__ import annotations

import struct
from pathlib import Path
from time import perf_counter
from typing import Any

from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest

from supportpoint.content.package import Manifest, write_package
from supportpoint.content.shelf import Shelf
from supportpoint.devices.fake_sound import FakeSpeaker
from supportpoint.devices.opus import RATE_HZ, OpusWriter
from supportpoint.kiosk.words.packs import message_id

WORD_MS = 30
SPOKEN_FORM = """<?xml version="1.0"?>
<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"
  xmlns:jr="http://openrosa.org/javarosa" xmlns:sp="https://supportpoint.example/xforms/sp">
 <h:head><h:title>Nghe</h:title><model>
  <itext><translation lang="Tiếng Việt (vi)" default="true()">
   <text id="ask"><value>Trời hôm nay thế nào?</value><value form="audio">jr://audio/ask.opus</value></text>
   <text id="sun"><value>Nắng</value><value form="audio">jr://audio/sun.opus</value></text>
   <text id="rain"><value>Mưa</value></text>
   <text id="who"><value>Người kể là <output value="/data/name"/>?</value></text>
  </translation></itext>
  <instance><data id="spoken" version="1"><name/><sky/><again/><meta><instanceID/></meta></data></instance>
  <bind nodeset="/data/name" type="string" required="true()"/>
  <bind nodeset="/data/sky" type="string" required="true()"/>
  <bind nodeset="/data/again" type="string" required="true()"/>
  <bind nodeset="/data/meta/instanceID" type="string" jr:preload="uid"/>
 </model></h:head>
 <h:body>
  <input ref="/data/name"><label>Tên ai?</label></input>
  <select1 ref="/data/sky"><label ref="jr:itext('ask')"/>
   <item><label ref="jr:itext('sun')"/><value>sun</value></item>
   <item><label ref="jr:itext('rain')"/><value>rain</value></item></select1>
  <input ref="/data/again"><label ref="jr:itext('who')"/></input>
 </h:body></h:html>
"""


class Ears(FakeSpeaker):
    """Hears everything: `heard` holds clips as bytes and machine speech as text, in order.

    A text takes 30 ms a word. `overlaps` counts what began before the last ended, `cut_short` what was
    stopped.
    """

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[bytes | str] = []
        self.overlaps = self.cut_short = 0
        self.broken: set[bytes] = set()

    def play(self, clip: bytes, on_end: Any) -> None:
        self.heard.append(clip)
        if clip in self.broken:
            on_end(False)
            return
        super().play(clip, on_end)

    def wait(self, duration_ms: int, on_end: Any) -> None:
        self.overlaps += self.is_playing
        super().wait(duration_ms, on_end)

    def stop(self) -> None:
        self.cut_short += self.is_playing
        super().stop()

    @property
    def texts(self) -> list[str]:
        """What the machine said."""
        return [one for one in self.heard if isinstance(one, str)]


class Mouth:
    """The machine's voice, heard by `ears`."""

    is_there = True
    is_fake = True
    pace = 1.0

    def __init__(self, ears: Ears) -> None:
        self.ears = ears

    def say(self, text: str, on_end: Any) -> None:
        self.ears.heard.append(text)
        self.ears.wait(WORD_MS * len(text.split()), on_end)

    def stop(self) -> None:
        self.ears.stop()

    def set_volume(self, share: float) -> None:
        del share

    def set_pace(self, share: float) -> None:
        self.pace = share


def make_clip(duration_ms: int, level: int = 8000) -> bytes:
    """Return a tone as Ogg Opus; another level is another clip."""
    count = RATE_HZ * duration_ms // 1000
    wave = (level if place // 27 % 2 else -level for place in range(count))
    writer = OpusWriter()
    writer.write(b"".join(struct.pack("<h", value) for value in wave))
    return writer.close()


def write_pack(folder: Path, language: str, words: dict[str, str], clips: dict[str, bytes]) -> Path:
    """Write a language pack below a data folder: translations by Vietnamese, recordings by id."""
    pack = folder / "packs" / language
    (pack / "audio").mkdir(parents=True)
    (pack / "pack.json").write_text(f'{{"language": "{language}", "name": "{language}"}}', encoding="utf-8")
    for name, clip in clips.items():
        (pack / "audio" / f"{name}.opus").write_bytes(clip)
    if words:
        rows = "".join(f'{message_id(source)},"{source}","{said}"\n' for source, said in words.items())
        (pack / "words.csv").write_text("id,vietnamese,translation\n" + rows, encoding="utf-8")
    return pack


def put_spoken_form(point: Any, purpose: str = "ordinary") -> dict[str, bytes]:
    """Install the form of recordings; return its clips by file name."""
    clips = {"media/ask.opus": make_clip(200), "media/sun.opus": make_clip(200, 5000)}
    settings = {"purpose": purpose, "section": "papers", "art": "papers", "route": "commune_office"}
    manifest = Manifest(kind="form", id="spoken", version=1, title={"vi": "Nghe"}, settings=settings)
    package = write_package(manifest, {"form.xml": SPOKEN_FORM.encode(), **clips}, point.trust.publisher)
    Shelf(point.folder).install(package, point.trust.keyset())
    return clips


def open_form(person: Any, form: str) -> None:
    person.wait_until(lambda: form in [one.id for one in person.app.parts.service.forms], form)
    person.views.services.open(form)
    person.wait_until(lambda: person.page in {"preparation", "door"}, form)
    if person.page == "door":
        person.tap("card_screen")
    else:
        person.views.preparation.start()
    person.wait_for_page("question")


def voice_of(person: Any) -> Any:
    return person.views.shell.voice


def wait_for_silence(person: Any) -> None:
    """Wait until what begins by itself has begun and ended."""
    voice = voice_of(person)
    person.wait_until(lambda: not voice._settle.isActive() and not voice.property("speaking"), "silence")


def wait_for_words(person: Any, ears: Ears, words: str) -> None:
    person.wait_until(lambda: words in ears.texts, f"«{words}»")


def touch_nothing(person: Any) -> float:
    """Touch a bare place of the page; return how long the press took to be handled, in ms."""
    window, place = person.app.window, QPoint(700, 660)
    begun = perf_counter()
    QTest.touchEvent(window, person._touch).press(0, place, window).commit()
    passed_ms = (perf_counter() - begun) * 1000
    QTest.touchEvent(window, person._touch).release(0, place, window).commit()
    return passed_ms
