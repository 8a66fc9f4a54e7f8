"""One good example of everything that is read, with keys from fixed seeds and invented people."""

from __future__ import annotations

import inspect
import types
import typing
from datetime import UTC, date, datetime
from typing import Any

import msgspec

from supportpoint import protocol
from supportpoint.clock import VIETNAM
from supportpoint.content.article import Article, Source
from supportpoint.content.package import Manifest, write_package
from supportpoint.protocol import BoxBody, CaseNews, Message, MissingThing
from supportpoint.records import Attachment
from supportpoint.sealing.case import SealingContext, seal_case
from supportpoint.sealing.keys import SealKey, SignKey
from supportpoint.sealing.keyset import Key, Keyset, sign_keyset
from supportpoint.sealing.mailbox import make_box
from supportpoint.sealing.receipt import make_receipt

ROOT, OFFICE, PUBLISHER = SignKey(b"r" * 32), SignKey(b"o" * 32), SignKey(b"p" * 32)
SERVER, DEVICE = SignKey(b"s" * 32), SignKey(b"d" * 32)
INTAKE, COMMUNE = SealKey(b"i" * 32), SealKey(b"c" * 32)
CASE_ID = "01999999-aaaa-7bbb-8ccc-0123456789ab"
CARD = "011199000123|111111111|Lò Văn Pó|05021990|Nam|Bản Nậm Pọng, Xã Thử, Điện Biên|12052022"


def _key(pair: SealKey | SignKey, purpose: str, unit: str) -> Key:
    use = "seal" if isinstance(pair, SealKey) else "sign"
    return Key(kid=pair.kid, use=use, purpose=purpose, unit=unit, public=pair.public)


KEYSET = Keyset(
    version=3,
    not_before="2026-01-01",
    keys=(
        _key(INTAKE, "ordinary", "province"),
        _key(COMMUNE, "ordinary", "03316"),
        _key(OFFICE, "act", "03316"),
        _key(PUBLISHER, "publish", "province"),
    ),
)
SIGNED_KEYSET = sign_keyset(KEYSET, ROOT)
CONTEXT = SealingContext(
    recipients=KEYSET.recipients("ordinary", "03316"),
    keyset_version=3,
    commune="03316",
    form_id="birth-registration",
    form_version="2026112301",
)
RECEIPT = make_receipt(b"m" * 16)
CASE = seal_case(
    kind="case",
    case_id=CASE_ID,
    xml=b"<data id='birth-registration' version='1'><a>x</a></data>",
    attachments=(Attachment("photo.jpg", b"no picture" * 30),),
    receipt=RECEIPT,
    context=CONTEXT,
    day="2026-11-23",
)
NEWS = CaseNews(
    case_number=RECEIPT.case_number,
    state="need",
    at="2026-11-23T03:00:00Z",
    unit="03316",
    missing=(MissingThing(kind="photo", label="Giấy chứng sinh", reason="mờ"),),
    due_on="2026-12-01",
)
BOX: BoxBody = make_box(NEWS, secret=RECEIPT.secret, signer=OFFICE, epoch="epoch-1", rev=4)
ZONE = VIETNAM
MOMENT = datetime(2026, 11, 28, 3, 0, tzinfo=UTC)
ARTICLE = Article(
    id="heating",
    version=2,
    topic="farm",
    art="stove",
    as_of="2026-11-01",
    confidence="verified",
    valid_from=date(2026, 11, 1),
    valid_to=date(2027, 11, 1),
    source=Source(agency="UBND"),
    title={"vi": "Sưởi", "en": "Heating"},
    sentences={"vi": ("Một câu.",), "en": ("One sentence.",)},
)
MANIFEST = Manifest(
    kind="form", id="birth-registration", version=7, title={"vi": "Khai sinh"}, settings={"a": "b"}
)
PACKAGE = write_package(MANIFEST, {"form.xml": b"<x/>", "list.csv": b"a,b\n1,2\n"}, PUBLISHER)


def list_messages(kind: type[Message] = Message) -> list[type[Message]]:
    """Return every wire struct that a kiosk knows; the server's are asked in test_openapi.py."""
    found = [kind] if kind is not Message else []
    for child in kind.__subclasses__():
        found += list_messages(child)
    return sorted(
        {one for one in found if one.__module__.startswith("supportpoint.")}, key=lambda one: one.__name__
    )


def make_sample(kind: Any) -> Any:
    """Return a value of a struct or an annotation, every field filled."""
    if inspect.isclass(kind) and issubclass(kind, msgspec.Struct):
        hints = typing.get_type_hints(kind, vars(protocol) | vars(inspect.getmodule(kind)))
        return kind(**{field: make_sample(hints[field]) for field in kind.__struct_fields__})
    plain = {
        str: "văn bản",
        bytes: b"\x01" * 32,
        int: 5,
        float: 1.5,
        bool: True,
        date: date(2026, 11, 28),
        msgspec.Raw: msgspec.Raw(b"1"),  # a number in MessagePack and in JSON
    }
    if kind in plain:
        return plain[kind]
    arguments = typing.get_args(kind)
    match typing.get_origin(kind):
        case types.UnionType | typing.Union:
            return make_sample(next(one for one in arguments if one is not type(None)))
        case origin if origin is tuple and arguments[-1] is Ellipsis:
            return (make_sample(arguments[0]),) * 2
        case origin if origin is tuple:
            return tuple(make_sample(one) for one in arguments)
        case origin if origin is not None and issubclass(origin, typing.Mapping):
            return {make_sample(arguments[0]): make_sample(arguments[1])}
    raise TypeError(kind)
