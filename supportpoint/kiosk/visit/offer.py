"""What the point offers, in the order in which it is shown: installed forms by section. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from supportpoint.content.package import Manifest

PAPERS, SELL, LAW, SAY, STAFF = "papers", "sell", "law", "say", "staff"
#: Of these the frame never names the topic, and the screen can be covered.
PRIVATE_SECTIONS = frozenset({LAW, SAY})
PRIVATE_PURPOSES = frozenset({"legal_aid", "protected"})
NO_ART = "papers"
#: The setting `status` of a form that its province has paused: it is shown and cannot be opened.
SUSPENDED = "suspended"
LAST = 10_000


@dataclass(frozen=True, slots=True)
class Offer:
    """One installed form as a card. `route` says whose desk it goes to, "" when the form does not say."""

    id: str
    title: str
    art: str
    section: str
    route: str
    order: int
    is_suspended: bool


def list_offers(forms: Iterable[Manifest], section: str, language: str) -> tuple[Offer, ...]:
    """Return the forms of one section by `order`, then by title; a form without a section is a paper."""
    offers = (_read_offer(manifest, language) for manifest in forms)
    return tuple(sorted((offer for offer in offers if offer.section == section), key=_place))


def is_private(manifest: Manifest) -> bool:
    """Return whether others must not see at a glance what this form is about."""
    settings = manifest.settings
    return settings.get("section") in PRIVATE_SECTIONS or settings.get("purpose") in PRIVATE_PURPOSES


def is_suspended(manifest: Manifest) -> bool:
    """Return whether the province has paused this service."""
    return manifest.settings.get("status") == SUSPENDED


def has_door(manifest: Manifest) -> bool:
    """Return whether a form begins with the questions who looks on and who shall read."""
    return manifest.settings.get("purpose") in PRIVATE_PURPOSES


def _read_offer(manifest: Manifest, language: str) -> Offer:
    settings = manifest.settings
    order = settings.get("order", "")
    return Offer(
        id=manifest.id,
        title=manifest.title.get(language) or manifest.title.get("vi", manifest.id),
        art=settings.get("art") or NO_ART,
        section=settings.get("section") or PAPERS,
        route=settings.get("route", ""),
        order=int(order) if order.isdecimal() else LAST,
        is_suspended=is_suspended(manifest),
    )


def _place(offer: Offer) -> tuple[int, str]:
    return offer.order, offer.title
