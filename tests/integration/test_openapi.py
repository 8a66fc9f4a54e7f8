"""Everything that `openapi.json` allows, and what it does not, asked of a running server.

An enrolled device asks, and signs. More: SUPPORTPOINT_FUZZ_EXAMPLES=2000 SUPPORTPOINT_FUZZ_SEED=5 pytest -s.
"""

from __future__ import annotations

import hashlib
import os
import re
import sys
from base64 import b64encode
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec
import pytest
import requests
import schemathesis
from http_message_signatures import HTTPMessageSignaturesException
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st
from schemathesis import checks

from supportpoint.protocol import JSON, EnrollReply, SyncReply, SyncRequest, decode, encode
from supportpoint.sealing.http import make_digest, sign_request

EXAMPLES = int(os.environ.get("SUPPORTPOINT_FUZZ_EXAMPLES", "20"))
SEED = int(os.environ.get("SUPPORTPOINT_FUZZ_SEED", "20261128"))
CHECKS = [
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
]
OPERATIONS = (
    *("enroll", "sync", "resync", "courier", "time", "blob_offset", "send_blob", "fetch_bundle"),
    *("list_agency_cases", "fetch_agency_case", "fetch_agency_file"),
    *("list_agency_drops", "fetch_agency_drop"),
)
BLOB = b"a photo" * 3000
URLS = Path(__file__).parents[2] / "supportpoint" / "server" / "intake" / "urls.py"


class Signed(requests.auth.AuthBase):
    """Signs each request as it leaves, as the device does."""

    def __init__(self, kiosk: Any) -> None:
        self.kiosk = kiosk

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        body = request.body.encode() if isinstance(request.body, str) else request.body
        digest = make_digest(body or b"") if request.method == "POST" else None
        headers = {str(name): str(value) for name, value in request.headers.items()}
        device = "new" if "/enroll" in str(request.url) else self.kiosk.device
        line = (str(request.method), str(request.url), headers)
        with suppress(HTTPMessageSignaturesException):  # a header that must be signed is left out: send it so
            signed = sign_request(*line, device=device, key=self.kiosk.sign, body_digest=digest)
            request.headers.update(signed)
        return request


@pytest.fixture(scope="module")
def document(server: Any) -> dict[str, Any]:
    answer = requests.get(server.url + "/api/v1/openapi.json", timeout=10)
    assert answer.headers["Content-Type"] == JSON
    return dict(answer.json())


def test_the_document_names_every_address_of_the_interface(document) -> None:
    routes = set(re.findall(r"api/v1/[a-z.]+", URLS.read_text())) - {"api/v1/openapi.json"}
    assert {"/".join(path.split("/")[1:4]) for path in document["paths"]} == routes


def ask_json(kiosk: Any, request: SyncRequest) -> requests.Response:
    body = encode(request, JSON)
    return requests.post(
        kiosk.server.url + "/api/v1/sync",
        data=body,
        headers={"Content-Type": JSON},
        auth=Signed(kiosk),
        timeout=30,
    )


def test_json_is_the_same_protocol(make_kiosk) -> None:
    kiosk = make_kiosk()
    assert isinstance(kiosk.identity, EnrollReply)
    item = kiosk.make_item(400, (BLOB,))
    request = SyncRequest(epoch=kiosk.identity.epoch, cursor=0, items=(item,))
    answer = ask_json(kiosk, request)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, JSON)
    kiosk.check(answer)
    said = decode(answer.content, SyncReply, JSON)
    assert [one.status for one in said.results] == ["stored"]
    again = kiosk.sync(item)
    assert [(one.id, one.status) for one in again.results] == [(item.id, "stored")]
    assert msgspec.structs.replace(again, now="", receipt=None) == msgspec.structs.replace(
        said, now="", receipt=None
    )


def test_one_bad_item_spoils_no_batch_of_json(make_kiosk) -> None:
    kiosk = make_kiosk()
    good = kiosk.make_item(100)
    request = msgspec.to_builtins(SyncRequest(epoch="x", cursor=0, items=(good,)))
    request["items"] = [*request["items"], {"id": "half", "kind": 5}, 7, {"seq": 2**70}]
    body = msgspec.json.encode(request)
    headers = {"Content-Type": JSON}
    url = kiosk.server.url + "/api/v1/sync"
    answer = requests.post(url, data=body, headers=headers, auth=Signed(kiosk), timeout=30)
    said = decode(answer.content, SyncReply, JSON)
    assert [(one.id, one.status) for one in said.results] == [
        (good.id, "complete"), ("half", "rejected"), ("", "rejected"), ("", "rejected"),
    ]  # fmt: skip


@pytest.mark.parametrize("name", OPERATIONS)
def test_no_request_breaks_the_server(document, make_kiosk, name) -> None:
    kiosk = make_kiosk()
    kiosk.sync(kiosk.make_item(50, (BLOB,)))
    schema = schemathesis.openapi.from_dict(document)
    operation = schema.find_operation_by_id(name)
    cases = [operation.as_strategy(mode) for mode in schemathesis.GenerationMode]
    if "{address}" in operation.path:
        cases.append(operation.as_strategy(path_parameters={"address": hashlib.sha256(BLOB).hexdigest()}))
    chosen = checks.CHECKS.get_by_names(CHECKS)
    seen: set[int] = set()
    ours = {"sign_public": b64encode(kiosk.sign.public).decode(), "epoch": kiosk.identity.epoch}

    @seed(SEED)
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        print_blob=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=st.one_of(cases), is_ours=st.booleans())
    def ask(case: Any, is_ours: bool) -> None:  # noqa: FBT001 - drawn
        if is_ours and isinstance(case.body, dict):  # or no signature and no epoch ever fits
            case.body |= {name: ours[name] for name in ours if name in case.body}
        answer = case.call(base_url=kiosk.server.url, auth=Signed(kiosk))
        seen.add(answer.status_code)
        assert answer.status_code < 500 or answer.status_code == 503, (SEED, answer.content)
        case.validate_response(answer, checks=chosen)

    ask()
    sys.stdout.write(f"{name}: seed {SEED}, {EXAMPLES} examples, answers {sorted(seen)}\n")
    assert seen
    assert kiosk.sync(kiosk.make_item()).results[0].status == "complete"
