"""Certificates judged by our server's signed time, for a machine whose own clock is dead.

OpenSSL knows only the machine's clock. When that clock refuses a certificate for its dates alone, one
question is asked with the date check off: the time, bound to a nonce and signed by the enrolled server.
Authority and host name are checked as always. From then on the dates of every certificate are judged
here, by the signed time. Source: docs/security.md, "A dead clock"
"""

from __future__ import annotations

import ssl
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from supportpoint.errors import SupportPointError

NOT_YET_VALID, EXPIRED = 9, 10
"""OpenSSL's X509_V_ERR_CERT_NOT_YET_VALID and X509_V_ERR_CERT_HAS_EXPIRED."""
NO_CHECK_TIME = 0x200000
"""OpenSSL's X509_V_FLAG_NO_CHECK_TIME, which the ssl module does not name."""
_REASONS = {NOT_YET_VALID: "not yet valid by signed time", EXPIRED: "expired by signed time"}


def is_date_error(error: SupportPointError) -> bool:
    """Return whether a certificate was refused for its dates and for nothing else."""
    return error.code == "SP-503" and error.facts.get("verify_code") in _REASONS


def leave_dates(context: ssl.SSLContext) -> ssl.SSLContext:
    """Return the context with date checks off, authority and host name still on."""
    context.verify_flags |= NO_CHECK_TIME
    return context


def date_by(context: ssl.SSLContext, now: Callable[[], datetime]) -> ssl.SSLContext:
    """Return the context with the dates of certificates judged by `now`, not by the machine's clock."""

    class DatedSocket(ssl.SSLSocket):
        """Ends a handshake with a certificate that is not valid now, before a byte is sent."""

        def do_handshake(self, block: bool = False) -> None:  # noqa: FBT001, FBT002 - the ssl module's shape
            super().do_handshake(block)
            check_dates(self.getpeercert() or {}, context.get_ca_certs(), now())

    context.sslsocket_class = DatedSocket
    return leave_dates(context)


def check_dates(leaf: dict[str, Any], authorities: list[dict[str, Any]], now: datetime) -> None:
    """Return quietly when a certificate, and an authority that may have issued it, are valid at `now`.

    Shape:  certificates as `getpeercert` and `get_ca_certs` give them.
    Errors: ssl.SSLCertVerificationError with the `verify_code` that OpenSSL would give.
    """
    issuers = [one for one in authorities if one.get("subject") == leaf.get("issuer")]
    code = _judge(leaf, now) or min((_judge(one, now) for one in issuers), default=0)
    if code:
        error = ssl.SSLCertVerificationError(1, _REASONS[code])
        error.verify_code, error.verify_message = code, _REASONS[code]
        raise error


def _judge(certificate: dict[str, Any], now: datetime) -> int:
    """Return 0 for a certificate valid at `now`, otherwise OpenSSL's code."""
    if now < _moment(certificate["notBefore"]):
        return NOT_YET_VALID
    return EXPIRED if now > _moment(certificate["notAfter"]) else 0


def _moment(text: str) -> datetime:
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(text), UTC)
