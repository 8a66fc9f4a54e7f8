from __future__ import annotations

import pytest

from supportpoint.errors import SupportPointError
from supportpoint.sealing.http import (
    check_digest,
    make_digest,
    sign_reply,
    sign_request,
    verify_reply,
    verify_request,
)
from supportpoint.sealing.keys import SignKey

DEVICE = SignKey(b"d" * 32)
SERVER = SignKey(b"s" * 32)
SYNC = "https://localhost:8443/api/v1/sync?x=1"


def public_for(device):
    if device != "kiosk-1":
        raise SupportPointError("SP-504", device=device)
    return DEVICE.public


def post(body=b"batch", **changes):
    sent = {"Content-Type": "application/vnd.supportpoint+msgpack"}
    return sent | sign_request(
        "POST", SYNC, sent, device="kiosk-1", key=DEVICE, body_digest=make_digest(body), **changes
    )


def test_a_signed_request_names_its_device_whatever_the_host():
    headers = {name.upper(): value for name, value in post().items()}
    assert verify_request("POST", "/api/v1/sync?x=1", headers, public_for, body=b"batch") == "kiosk-1"


@pytest.mark.parametrize(
    ("method", "url", "body"),
    [
        ("PUT", SYNC, b"batch"),
        ("POST", "/api/v1/sync", b"batch"),
        ("POST", "/api/v1/enroll?x=1", b"batch"),
        ("POST", SYNC, b"batcH"),
        ("POST", SYNC, b""),
    ],
)
def test_another_method_target_or_body_is_refused(method, url, body):
    with pytest.raises(SupportPointError, match="SP-405"):
        verify_request(method, url, post(), public_for, body=body)


@pytest.mark.parametrize("name", ["Sp-Device", "Content-Digest", "Signature", "Signature-Input"])
@pytest.mark.parametrize("value", [None, "", "x", "sp=:AAAA:", 'sp=("@method");keyid="kiosk-1"'])
def test_a_missing_or_foreign_header_is_refused(name, value):
    headers = {key: text for key, text in post().items() if key != name}
    if value is not None:
        headers[name] = value
    with pytest.raises(SupportPointError, match=r"SP-405|SP-504"):
        verify_request("POST", SYNC, headers, public_for)


def test_a_thin_signature_is_refused():
    """A signature that leaves out the digest is genuine, and not enough."""
    got = sign_request("GET", SYNC, {}, device="kiosk-1", key=DEVICE, body_digest=None)
    assert verify_request("GET", SYNC, got, public_for) == "kiosk-1"
    with pytest.raises(SupportPointError, match="SP-405"):
        verify_request("POST", SYNC, got, public_for)


def test_a_device_cannot_sign_for_another():
    headers = sign_request("GET", SYNC, {}, device="kiosk-1", key=SignKey(b"e" * 32), body_digest=None)
    with pytest.raises(SupportPointError, match="SP-405"):
        verify_request("GET", SYNC, headers, public_for)
    with pytest.raises(SupportPointError, match="SP-504"):
        verify_request("GET", SYNC, headers | {"Sp-Device": "kiosk-2"}, public_for)


def test_a_patch_covers_offset_and_length_and_no_digest():
    url = "/api/v1/blobs/" + "ab" * 32
    place = {"Upload-Offset": "0", "Upload-Length": "70000"}
    headers = place | sign_request("PATCH", url, place, device="kiosk-1", key=DEVICE, body_digest=None)
    assert "Content-Digest" not in headers
    assert verify_request("PATCH", url, headers, public_for) == "kiosk-1"
    for changed in ({"Upload-Offset": "5"}, {"Upload-Length": "1"}):
        with pytest.raises(SupportPointError, match="SP-405"):
            verify_request("PATCH", url, headers | changed, public_for)


def test_a_reply_answers_one_request():
    asked, other = post()["Signature"], post()["Signature"]
    assert asked != other
    headers = {"Sp-Epoch": "e1"}
    headers |= sign_reply(200, headers, b"reply", key=SERVER, request_signature=asked)
    verify_reply(200, headers, b"reply", public=SERVER.public, request_signature=asked)
    for status, changed, body, public, request in (
        (201, {}, b"reply", SERVER.public, asked),
        (200, {"Sp-Epoch": "e2"}, b"reply", SERVER.public, asked),
        (200, {}, b"replY", SERVER.public, asked),
        (200, {}, b"reply", DEVICE.public, asked),
        (200, {}, b"reply", SERVER.public, other),
        (200, {}, b"reply", SERVER.public, ""),
    ):
        with pytest.raises(SupportPointError, match="SP-502"):
            verify_reply(status, headers | changed, body, public=public, request_signature=request)


def test_the_page_of_a_portal_is_not_our_server():
    for headers in (
        {},
        {"Content-Type": "text/html"},
        {"Sp-Epoch": "e1", "Signature": "x", "Signature-Input": "y"},
    ):
        with pytest.raises(SupportPointError, match="SP-502"):
            verify_reply(200, headers, b"<html>", public=SERVER.public, request_signature="sp=:AAAA:")


def test_the_digest_alone():
    check_digest(post(b"x"), b"x")
    with pytest.raises(SupportPointError, match="SP-405"):
        check_digest({}, b"")
