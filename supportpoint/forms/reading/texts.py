"""Labels, hints and messages: inline text with outputs, or itext in several languages."""

from __future__ import annotations

import re
from collections.abc import Callable

from lxml import etree

from supportpoint.errors import SupportPointError
from supportpoint.forms.binding import Binder
from supportpoint.forms.parts import Names, Output, Segments, Text
from supportpoint.forms.reading.names import local_name, xf

_ITEXT = re.compile(r"jr:itext\(\s*(['\"])(.*?)\1\s*\)\Z")
_LANGUAGE_CODE = re.compile(r"\(([A-Za-z]{2,8}(?:[-_][A-Za-z0-9]+)*)\)\s*\Z")
_SPACE = re.compile(r"[ \t\r\f\v]*\n[ \t\r\f\v]*|[ \t\r\f\v]+")
_ODD_SPACE = re.compile(r"[\t\r\f\v\n]|  ")
_PLACE = re.compile(r"%([1-9])")
_TRANSLATION, _TEXT = xf("translation"), xf("text")

#: The forms of a text that are words: itself, and the longer help of a hint.
_WORDED = frozenset({"", "guidance"})

Forms = dict[str, Segments]


class Itext:
    """The texts of a form by language and id; each has forms: "" for the words, audio, image, guidance..."""

    def __init__(self) -> None:
        self.languages: dict[str, dict[str, Forms]] = {}
        self.names: dict[str, str] = {}
        self.default = ""

    def find(self, key: str, form: str, language: str) -> Segments | None:
        """Return a text in a language, else in the default one, else in any; None when there is none.

        A lone "-" is how the converter fills a gap, and counts as missing.
        """
        for code in dict.fromkeys((language, self.default, *self.languages)):
            segments = self.languages.get(code, {}).get(key, {}).get(form)
            if segments and segments != ("-",):
                return segments
        return None

    def list_words(self, language: str = "") -> dict[tuple[str, str], str]:
        """Return the texts of a language, the default one without a name, by id and form, without media.

        An output is written as a place: %1 for the first of its text.
        """
        texts = self.languages.get(language or self.default, {})
        return {
            (key, form): _template(segments)
            for key, forms in texts.items()
            for form, segments in forms.items()
            if form in _WORDED and segments and segments != ("-",)
        }

    def translate(self, language: str, say: Callable[[str], str]) -> None:
        """Add a language: `say` gives a text of the default one in it, "" for none, with the same places.

        What it has not, or gives with other places, is found in the default language.
        """
        texts: dict[str, dict[str, Segments]] = {}
        for (key, form), words in self.list_words().items():
            segments = _with_outputs(say(words), self.languages[self.default][key][form])
            if segments:
                texts.setdefault(key, {})[form] = segments
        self.languages[language] = texts
        self.names[language] = language

    def resolve(self, language: str) -> str:
        """Return the language to use for a wish: same code, same name, same main code, else the default."""
        wish = language.lower()
        for code in self.languages:
            if wish in {code.lower(), self.names[code].lower()}:
                return code
        for code in self.languages:
            if wish and code.lower().split("-")[0] == wish.split("-")[0]:
                return code
        return self.default


def _template(segments: Segments) -> str:
    places = iter(range(1, len(segments) + 1))
    return "".join(one if isinstance(one, str) else f"%{next(places)}" for one in segments)


def _with_outputs(words: str, model: Segments) -> Segments:
    """Return words as segments, with the outputs of `model` in their places; () when the places differ."""
    outputs = [one for one in model if not isinstance(one, str)]
    parts = _PLACE.split(words)
    places = [int(place) for place in parts[1::2]]
    if not words or sorted(places) != list(range(1, len(outputs) + 1)):
        return ()
    found = [outputs[int(part) - 1] if index % 2 else part for index, part in enumerate(parts)]
    return tuple(part for part in found if part != "")


def language_code(name: str) -> str:
    """Return `vi` for "Tiếng Việt (vi)", the name itself where it holds no code."""
    match = _LANGUAGE_CODE.search(name)
    return match[1] if match else name


def read_itext(model: etree._Element, binder: Binder) -> Itext:
    """Return all translations of the model."""
    itext = Itext()
    holder = model.find(xf("itext"))
    for translation in holder.iterchildren(_TRANSLATION) if holder is not None else ():
        name = translation.get("lang", "default")
        code = language_code(name)
        if "default" in translation.attrib or not itext.default:
            itext.default = code
        itext.names[code] = name
        texts = itext.languages.setdefault(code, {})
        for text in translation.iterchildren(_TEXT):
            texts[text.get("id", "")] = _read_forms(text, binder)
    return itext


def _read_forms(text: etree._Element, binder: Binder) -> Forms:
    forms: Forms = {}
    for value in text.iterchildren("*"):
        form = value.get("form", "")
        if form not in forms:
            forms[form] = read_segments(value, binder)
    return forms


def read_segments(element: etree._Element, binder: Binder) -> Segments:
    """Return the mixed content of an element: words, and the expressions of its outputs."""
    if not len(element):
        text = tidy((element.text or "").strip())
        return (text,) if text else ()
    found: list[str | Output] = [tidy(element.text or "").lstrip()]
    for child in element:
        if local_name(child) == "output":
            found.append(Output(binder.parse(child.get("value") or child.get("ref") or "")))
        elif isinstance(child.tag, str):
            raise SupportPointError("SP-302", element=local_name(child), within=local_name(element))
        found.append(tidy(child.tail or ""))
    if isinstance(found[-1], str):
        found[-1] = found[-1].rstrip()
    return tuple(part for part in found if part != "")


def tidy(text: str) -> str:
    """Return text with runs of blanks as one; line breaks stay."""
    if not _ODD_SPACE.search(text):
        return text
    return _SPACE.sub(lambda match: "\n" if "\n" in match[0] else " ", text)


def read_text(element: etree._Element | None, binder: Binder, home: Names) -> Text:
    """Return a label or hint."""
    if element is None:
        return Text()
    ref = element.get("ref")
    if ref is None:
        return Text(segments=read_segments(element, binder))
    return text_of_ref(ref, binder, home)


def text_of_ref(ref: str, binder: Binder, home: Names) -> Text:
    """Return the text an expression names: mostly jr:itext('id')."""
    match = _ITEXT.match(ref.strip())
    if match:
        return Text(itext=match[2])
    return Text(evaluate=binder.rule(ref, home).evaluate)


def read_message(message: str | None, binder: Binder, home: Names) -> Text:
    """Return a constraint or required message: itext or plain words."""
    if not message:
        return Text()
    if message.strip().startswith("jr:itext("):
        return text_of_ref(message, binder, home)
    return Text(segments=(message.strip(),))
