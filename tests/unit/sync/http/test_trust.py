"""Whom a session trusts: the given authority and nobody else, whatever the machine around it says."""

from __future__ import annotations

from dataclasses import replace

import pytest

from supportpoint.errors import SupportPointError
from supportpoint.sync.connection import LOOPBACK, OwnTrustAdapter, open_session
from supportpoint.sync.http import HttpTransport
from supportpoint.sync.pace import Pace


def code_of_sync(kiosk, url: str, ca_pem: str) -> str:
    identity = replace(kiosk.store.get_identity(), server_url=url, ca_pem=ca_pem)
    kiosk.transport = HttpTransport(identity, kiosk.keys.sign, stop=kiosk.stop)
    return kiosk.sync().code


def test_a_server_under_another_authority_is_refused(kiosk, face, make_authority) -> None:
    kiosk.seal()
    assert code_of_sync(kiosk, face.url, make_authority()[0]) == "SP-503"
    assert kiosk.store.counts().queued == 1
    assert face.seen == []


def test_a_certificate_for_another_name_is_refused(kiosk, face, authority) -> None:
    url = face.url.replace("127.0.0.1", "localhost")
    assert code_of_sync(kiosk, url, authority[0]) == "SP-503"


def test_no_public_authority_slips_in(face, authority) -> None:
    session = open_session(face.url, authority[0], Pace())
    session.get(face.url + "/portal").close()
    adapter = session.get_adapter(face.url)
    assert isinstance(adapter, OwnTrustAdapter)
    assert len(adapter._context.get_ca_certs()) == 1
    session.close()


def test_proxies_of_the_surroundings_are_not_used(kiosk, face, authority, monkeypatch) -> None:
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/nowhere")
    assert code_of_sync(kiosk, face.url, authority[0]) == ""


def test_plain_http_is_for_this_machine_only(kiosk, make_face) -> None:
    with pytest.raises(SupportPointError, match="SP-503"):
        open_session("http://support.example", "", Pace())
    assert "127.0.0.1" in LOOPBACK
    assert code_of_sync(kiosk, make_face(None).url, "") == ""


def test_a_server_that_speaks_no_tls_is_not_trusted(kiosk, make_face, authority) -> None:
    url = make_face(None).url.replace("http://", "https://")
    assert code_of_sync(kiosk, url, authority[0]) in {"SP-501", "SP-503"}


def test_an_authority_that_cannot_be_read_is_said_so() -> None:
    with pytest.raises(SupportPointError, match="SP-503"):
        open_session("https://support.example", "no certificate", Pace())
