"""An officer at the browser: logs in, opens the case, asks for a supplement, all on the real pages."""

from __future__ import annotations

import re
from urllib.parse import urljoin

import requests
from lxml import html

TIMEOUT_S = 10


class OfficeVisit:
    """One session at the office pages of a province."""

    def __init__(self, url: str, ca: str) -> None:
        self._office = f"{url}/office/"
        self._session = requests.Session()
        self._session.verify = ca
        self._session.trust_env = False

    def log_in(self, username: str, password: str) -> None:
        """Log in as an officer."""
        page = self._get(urljoin(self._office, "login"))
        self._submit(page, "password", {"username": username, "password": password})

    def find_case(self, number: str) -> str | None:
        """Return the address of the case with this number, None while the office does not list it."""
        page = self._get(f"{self._office}?show=all")
        for link in page.iterlinks():
            if "/cases/" in link[2] and number in link[0].text_content():
                return str(link[2])
        return None

    def photos_shown(self, case_url: str) -> int:
        """Return how many photos of a case the office can open."""
        page = self._get(case_url)
        sources = {link[2] for link in page.iterlinks() if re.search(r"/photos/\d+$", link[2])}
        return sum(self._session.get(source, timeout=TIMEOUT_S).ok for source in sources)

    def reads(self, case_url: str, words: str) -> bool:
        """Return whether the page of a case holds these words, as the villager gave them."""
        return words in self._get(case_url).text_content()

    def ask_supplement(self, case_url: str, wanted: list[str]) -> list[str]:
        """Ask for several things at once, by words of their labels; return the labels that were picked."""
        page = self._get(f"{case_url}/supplement")
        picked = {}
        labels = []
        for box in page.xpath("//input[@type='checkbox']"):
            box.checked = False
            key = box.get("name").removesuffix("-pick")
            label = page.xpath(f"//label[@for='{box.get('id')}']")[0].text_content().strip()
            if any(word in label for word in wanted):
                picked[f"{key}-pick"] = "1"
                picked[f"{key}-note"] = "Mời bà con mang lại."
                labels.append(label)
        preview = self._submit(page, "step", picked)
        self._submit(preview, "step", {"step": "send"})
        return labels

    def _get(self, url: str) -> html.HtmlElement:
        return self._read(self._session.get(url, timeout=TIMEOUT_S))

    def _submit(self, page: html.HtmlElement, marker: str, values: dict[str, str]) -> html.HtmlElement:
        form = next(form for form in page.forms if marker in form.fields)
        fields = dict(form.form_values())
        address = urljoin(page.base_url or self._office, form.action or page.base_url)
        headers = {"Referer": address}
        return self._read(
            self._session.post(address, data={**fields, **values}, headers=headers, timeout=TIMEOUT_S)
        )

    @staticmethod
    def _read(response: requests.Response) -> html.HtmlElement:
        response.raise_for_status()
        page: html.HtmlElement = html.document_fromstring(response.content, base_url=response.url)
        page.make_links_absolute()
        return page
