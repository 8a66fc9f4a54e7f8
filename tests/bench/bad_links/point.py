"""A province and a support point that is enrolled there, with cases sealed and nothing sent yet."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import zstandard

from supportpoint.clock import SystemClock, make_uuid7
from supportpoint.content.shelf import Shelf
from supportpoint.forms import FormDefinition
from supportpoint.forms.publish.walks import walk_form
from supportpoint.protocol import encode
from supportpoint.records import Attachment
from supportpoint.store.access import DirectAccess
from supportpoint.store.keys import load_or_make_keys
from supportpoint.store.store import Store
from supportpoint.sync.submission import submit_case

ROOT = Path(__file__).resolve().parents[3]
FORM = "birth-registration"
COMMUNE = "03316"
PHOTO_BYTES = 152_500
"""Of a photo, unless the load is the usual one: then the photos fill it up to the usual limit."""
USUAL = (200, 20)
USUAL_LIMIT_BYTES = 3_117_699
SEED = 77


@dataclass(frozen=True)
class Load:
    """What is to travel. Bytes: the limit, and the means of an answer and of its signed item."""

    limit_bytes: int
    answer_bytes: float
    item_bytes: float


def prepare(kept: Path, folder: Path, answers: int, photos: int, host: str) -> Load:
    """Put a fresh copy of province and support point into `folder`; make them in `kept` when they lack."""
    facts = kept / f"load-{answers}-{photos}.json"
    if not facts.exists():
        shutil.rmtree(kept, ignore_errors=True)
        kept.mkdir(parents=True)
        load = _make(kept, answers, photos, host)
        facts.write_text(json.dumps(asdict(load)), encoding="utf-8")
    for name in ("server", "point"):
        shutil.copytree(kept / name, folder / name)
    return Load(**json.loads(facts.read_text(encoding="utf-8")))


def _make(kept: Path, answers: int, photos: int, host: str) -> Load:
    server, point = kept / "server", kept / "point"
    _run("server", "init", "--host-name", host, "--data", server)
    sys.path.insert(0, str(ROOT / "build_scripts"))
    from packages import build_forms, sign_forms  # noqa: PLC0415 -- a script, found by its folder

    forms = build_forms([ROOT / "assets" / "forms" / FORM])
    publisher = server / "keys" / "publisher.key"
    (package,) = sign_forms(forms, publisher, server / "agencies", kept / "packages")
    _run("server", "publish", package, "--data", server)
    _enroll(server, point, host)
    return _submit(point, answers, photos)


def _enroll(server: Path, point: Path, host: str) -> None:
    """Enrol and fetch the form on this machine, then name the address that the link leads to."""
    port = 18_443
    line = [sys.executable, "-m", "supportpoint", "server", "run", "--no-opener", "--port", str(port)]
    running = subprocess.Popen([*line, "--data", str(server)], stderr=subprocess.DEVNULL)
    try:
        code = _run("server", "code", "--commune", COMMUNE, "--data", server)["code"]
        words = ("enroll", "--code", code, "--ca", server / "tls" / "ca.pem", "--data", point)
        for attempt in range(30):
            try:
                _run(*words, "--server", f"https://127.0.0.1:{port}")
                break
            except subprocess.CalledProcessError:
                if attempt == 29:
                    raise
        _run("sync", "--data", point)
    finally:
        running.terminate()
        running.wait(30)
    clock = SystemClock()
    with Store.open(point, clock, load_or_make_keys(point)) as store:
        identity = store.get_identity()
        fields = {name: getattr(identity, name) for name in identity.__dataclass_fields__}
        store.save_identity(type(identity)(**fields | {"server_url": f"https://{host}:8443"}))


def make_plain(folder: Path, answers: int, photos: int) -> Load:
    """Write the same answers and photos as plain files: answer-N.xml, photo-N.bin."""
    sys.path.insert(0, str(ROOT / "build_scripts"))
    from packages import build_forms  # noqa: PLC0415 -- a script, found by its folder

    (form,) = build_forms([ROOT / "assets" / "forms" / FORM])
    texts, pictures, best = _invent(form.files, answers, photos)
    folder.mkdir(parents=True)
    for number, xml in enumerate(texts):
        (folder / f"answer-{number:04}.xml").write_bytes(xml)
    for number, picture in enumerate(pictures):
        (folder / f"photo-{number:04}.bin").write_bytes(picture)
    limit = best + sum(map(len, pictures))
    return Load(limit_bytes=limit, answer_bytes=sum(map(len, texts)) / answers, item_bytes=0)


def _invent(files: Mapping[str, bytes], answers: int, photos: int) -> tuple[list[bytes], list[bytes], int]:
    """Return invented answers, photos that do not compress, and what the answers need at best."""
    chance = random.Random(SEED)
    lists = {name: data for name, data in files.items() if name.endswith(".csv")}
    definition = FormDefinition.load(files["form.xml"], files=lists)
    texts = list(walk_form(definition, seed=SEED, walks=answers))
    best = len(zstandard.ZstdCompressor(level=22).compress(b"".join(texts)))
    photo_bytes = (USUAL_LIMIT_BYTES - best) // photos if (answers, photos) == USUAL else PHOTO_BYTES
    return texts, [chance.randbytes(photo_bytes) for _ in range(photos)], best


def _submit(point: Path, answers: int, photos: int) -> Load:
    """Seal invented answers, the first ones with a photo each."""
    clock = SystemClock()
    package = Shelf(point).open_form(FORM)
    texts, pictures, best = _invent(package.files, answers, photos)
    with Store.open(point, clock, load_or_make_keys(point)) as store:
        for number, xml in enumerate(texts):
            submit_case(
                DirectAccess(store),
                package=package,
                xml=xml,
                attachments=[Attachment("photo.jpg", one) for one in pictures[number : number + 1]],
                case_id=str(make_uuid7(clock.now())),
                clock=clock,
            )
        items = store.take_batch(answers, 1 << 30)
    return Load(
        limit_bytes=best + sum(map(len, pictures)),
        answer_bytes=sum(map(len, texts)) / answers,
        item_bytes=sum(len(encode(item)) for item in items) / len(items),
    )


def _run(*words: object) -> Any:
    line = [sys.executable, "-m", "supportpoint", *map(str, words)]
    done = subprocess.run(line, check=True, capture_output=True, text=True, env=os.environ, timeout=300)
    return json.loads(done.stdout.splitlines()[-1])
