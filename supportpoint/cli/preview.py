"""`forms preview`: the real kiosk with one form that nobody has published, on a machine made up for it."""

from __future__ import annotations

import os
import random
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from supportpoint.clock import SystemClock, local_day

if TYPE_CHECKING:
    from collections.abc import Callable

    from supportpoint.content.package import Manifest
    from supportpoint.forms.publish import BuiltForm
    from supportpoint.forms.view import Question, Value

    Answers: TypeAlias = Callable[[Question], tuple[Value, ...]]

COMMUNE_CODE, COMMUNE_NAME, POINT_NAME = "00000", "Xã thử", "Xem thử biểu mẫu"
SEED = 7


def preview(
    built: BuiltForm, manifest: Manifest, size_px: tuple[int, int], language: str, shots: Path | None
) -> list[str]:
    """Open the kiosk at the form's first page, on a point that sends nowhere and is gone afterwards.

    Shape:  with `shots` one happy walk, one PNG per page there, whose names are returned; without it the
            window stays open for a person.
    """
    if shots is not None or not _has_display():
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory(prefix="supportpoint-preview-") as folder:
        make_preview_point(Path(folder), built, manifest)
        from supportpoint.kiosk.preview import Preview

        opened = Preview(Path(folder), built.form_id, size_px, language, motion=shots is None)
        try:
            if shots is None:
                opened.run()
                return []
            return opened.walk(shots, make_answers(built))
        finally:
            opened.close()


def make_preview_point(folder: Path, built: BuiltForm, manifest: Manifest) -> None:
    """Make a data folder that looks enrolled, with keys of its own for every purpose and no server."""
    from supportpoint.content.package import write_package
    from supportpoint.content.shelf import Shelf
    from supportpoint.records import DeviceIdentity
    from supportpoint.sealing.keys import SealKey, SignKey
    from supportpoint.sealing.keyset import PROVINCE, Key, Keyset, sign_keyset
    from supportpoint.store.keys import load_or_make_keys
    from supportpoint.store.store import Store

    root, publisher, reader = SignKey.make(), SignKey.make(), SealKey.make()
    readers = (("ordinary", PROVINCE), ("legal_aid", "preview"), ("protected", "preview"))
    keys = [
        Key(kid=reader.kid, use="seal", purpose=purpose, unit=unit, public=reader.public)
        for purpose, unit in readers
    ]
    signers = (("publish", PROVINCE), ("legal_aid", "preview"), ("protected", "preview"))
    keys += [
        Key(kid=publisher.kid, use="sign", purpose=purpose, unit=unit, public=publisher.public)
        for purpose, unit in signers
    ]
    keyset = Keyset(version=1, not_before="2026-01-01", keys=tuple(keys))
    identity = DeviceIdentity(
        device="preview",
        role="kiosk",
        server_url="",
        commune_code=COMMUNE_CODE,
        commune_name=COMMUNE_NAME,
        point_name=POINT_NAME,
        province_code="11",
        server_public=root.public,
        root_public=root.public,
        keyset=sign_keyset(keyset, root),
        epoch="preview",
    )
    with Store.open(folder, SystemClock(), load_or_make_keys(folder, use_keyring=False)) as store:
        store.save_identity(identity)
    Shelf(folder).install(write_package(manifest, built.files, publisher), keyset)


def make_answers(built: BuiltForm) -> Answers:
    """Return what invents answers to a question of the form, to be tried in turn."""
    from supportpoint.forms import FormDefinition
    from supportpoint.forms.publish.build import FORM_FILE
    from supportpoint.forms.publish.samples import find_pattern
    from supportpoint.forms.publish.walks import invent

    definition = FormDefinition.load(built.files[FORM_FILE], files=built.files)

    rng = random.Random(SEED)  # noqa: S311 - must repeat itself, guards nothing

    def answers(question: Question) -> tuple[Value, ...]:
        pattern = find_pattern(definition, question.ref)
        return invent(question, rng, local_day(SystemClock().now()), pattern)

    return answers


def _has_display() -> bool:
    return os.name == "nt" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
