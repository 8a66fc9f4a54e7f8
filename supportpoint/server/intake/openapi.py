"""What this interface is, for tools: an OpenAPI document made from the protocol's own structs."""

from __future__ import annotations

import functools
from typing import Any

import msgspec

from supportpoint.agency_messages import AgencyDropPage, AgencyPage, SealedBytes
from supportpoint.courier_messages import CourierReply, CourierRequest
from supportpoint.protocol import (
    DEVICE_HEADER,
    JSON,
    MSGPACK,
    EnrollReply,
    EnrollRequest,
    Message,
    Problem,
    ResyncReply,
    ResyncRequest,
    SyncReply,
    SyncRequest,
    TimeReply,
)

MESSAGES = (
    *(EnrollRequest, EnrollReply, SyncRequest, SyncReply, ResyncRequest, ResyncReply),
    *(CourierRequest, CourierReply, AgencyPage, AgencyDropPage, SealedBytes, TimeReply, Problem),
)
OCTETS = "application/octet-stream"
REFUSALS = {
    "400": "SP-801: cannot be read",
    "401": "SP-405 signature, SP-504 device",
    "403": "SP-507: code",
    "404": "SP-803: no such thing here",
    "405": "SP-801: another method; Allow says which",
    "409": "SP-806: the upload stands at Upload-Offset",
    "413": "SP-802: too large",
    "416": "no such range",
    "460": "SP-805: the whole has another hash",
    "503": "SP-505: busy, come back after Retry-After seconds",
}
SIGNATURE = ("Signature", "Signature-Input", DEVICE_HEADER)


def _content(kind: type[Message], *media: str) -> dict[str, Any]:
    schema = {"$ref": f"#/components/schemas/{kind.__name__}"}
    return {name: {"schema": schema} for name in media}


def _answers(success: dict[str, Any], *refusals: str) -> dict[str, Any]:
    both = _content(Problem, MSGPACK, JSON)
    return success | {code: {"description": REFUSALS[code], "content": both} for code in refusals}


def _says(kind: type[Message], *media: str) -> dict[str, Any]:
    return {"200": {"description": kind.__name__, "content": _content(kind, *media)}}


def _post(name: str, asked: type[Message], answer: type[Message], *refusals: str) -> dict[str, Any]:
    return {
        "operationId": name,
        "requestBody": {"required": True, "content": _content(asked, JSON)},
        "responses": _answers(_says(answer, JSON), "400", "401", "405", "413", "503", *refusals),
    }


def _parameter(place: str, name: str, **schema: Any) -> dict[str, Any]:
    return {"in": place, "name": name, "required": True, "schema": schema}


ADDRESS = _parameter("path", "address", type="string", pattern="^[0-9a-f]{64}$")


def _describe_time() -> dict[str, Any]:
    nonce = _parameter("query", "nonce", type="string", pattern="^([0-9a-f]{2}){1,64}$")
    answers = _answers(_says(TimeReply, MSGPACK, JSON), "400", "405", "503")
    return {"operationId": "time", "parameters": [nonce], "responses": answers, "security": []}


def _describe_blobs() -> dict[str, Any]:
    place = _parameter("header", "Upload-Offset", type="integer", minimum=0, maximum=2**53)
    whole = _parameter("header", "Upload-Length", type="integer", minimum=0, maximum=2**53)
    body = {"required": True, "content": {OCTETS: {"schema": {"type": "string", "format": "binary"}}}}
    done = {"200": {"description": "Upload-Offset says how many bytes are durable here"}}
    patched = _answers(done, "400", "401", "404", "405", "409", "460", "503")
    asked = done | {code: {"description": REFUSALS[code]} for code in ("401", "404", "405", "460", "503")}
    return {
        "parameters": [ADDRESS],
        "head": {"operationId": "blob_offset", "responses": asked},
        "patch": {
            "operationId": "send_blob",
            "parameters": [place, whole],
            "requestBody": body,
            "responses": patched,
        },
    }


def _describe_bundles() -> dict[str, Any]:
    whole = {"schema": {"type": "string", "format": "binary"}}
    part = {"description": "the package, whole or from an offset", "content": {OCTETS: whole}}
    answers = _answers({"200": part, "206": part}, "401", "404", "405", "416", "503")
    return {"parameters": [ADDRESS], "get": {"operationId": "fetch_bundle", "responses": answers}}


def _name_base64(schema: Any) -> Any:
    """Call base64 text `byte`, as OpenAPI tools know it."""
    if isinstance(schema, list):
        return [_name_base64(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    named = {name: _name_base64(one) for name, one in schema.items()}
    return named | {"format": "byte"} if schema.get("contentEncoding") == "base64" else named


def _describe_agency(name: str, answer: type[Message], parameter: dict[str, Any]) -> dict[str, Any]:
    answers = _answers(_says(answer, MSGPACK, JSON), "400", "401", "404", "405", "503")
    return {"get": {"operationId": name, "parameters": [parameter], "responses": answers}}


@functools.cache
def make_openapi() -> dict[str, Any]:
    """Return the document. Every request is signed by the device; docs/envelope.md says how."""
    _, schemas = msgspec.json.schema_components(MESSAGES, ref_template="#/components/schemas/{name}")
    return {
        "openapi": "3.1.0",
        "info": {"title": "Support Point, protocol SP/1", "version": "1"},
        "security": [{name: [] for name in SIGNATURE}],
        "paths": {
            "/api/v1/enroll": {"post": _post("enroll", EnrollRequest, EnrollReply, "403")},
            "/api/v1/sync": {"post": _post("sync", SyncRequest, SyncReply)},
            "/api/v1/resync": {"post": _post("resync", ResyncRequest, ResyncReply)},
            "/api/v1/courier": {"post": _post("courier", CourierRequest, CourierReply, "403", "404")},
            "/api/v1/time": {"get": _describe_time()},
            "/api/v1/agency/cases": _describe_agency(
                "list_agency_cases", AgencyPage, _parameter("query", "after", type="string")
            ),
            "/api/v1/agency/cases/{case_id}": _describe_agency(
                "fetch_agency_case", SealedBytes, _parameter("path", "case_id", type="string", format="uuid")
            ),
            "/api/v1/agency/files/{address}": _describe_agency("fetch_agency_file", SealedBytes, ADDRESS),
            "/api/v1/agency/drops": _describe_agency(
                "list_agency_drops",
                AgencyDropPage,
                _parameter("query", "after", type="string", pattern="^([0-9a-f]{64})?$"),
            ),
            "/api/v1/agency/drops/{address}": _describe_agency("fetch_agency_drop", SealedBytes, ADDRESS),
            "/api/v1/blobs/{address}": _describe_blobs(),
            "/api/v1/bundles/{address}": _describe_bundles(),
        },
        "components": {
            "schemas": _name_base64(schemas),
            "securitySchemes": {name: {"type": "apiKey", "in": "header", "name": name} for name in SIGNATURE},
        },
    }
