"""The words of a workbook that this product knows: sheets, columns, types, appearances, settings, limits.

What does not stand here is refused by name. Source: docs/packages.md
"""

from __future__ import annotations

SHEETS = ("survey", "choices", "settings")
KNOWN_SHEETS = (*SHEETS, "entities", "external_choices", "osm")
ROOT = "data"

MAX_FILE_BYTES = 5 * 1024 * 1024
MAX_UNPACKED_BYTES = 20 * 1024 * 1024
MAX_ROWS = 5000
MAX_COLUMNS = 200
MAX_CELLS = 100_000
#: About 40,000 filled cells; reading costs some 5 µs a tag.
MAX_TAGS = 200_000
MAX_CELL_CHARS = 8000
MAX_MEDIA_BYTES = 48 * 1024 * 1024

REQUIRED_LANGUAGES = ("vi", "en")
LEGAL_SETTINGS = ("purpose", "fee", "deadline", "source", "as_of", "confidence", "procedure")
PLACE_SETTINGS = ("section", "art", "route", "order")
#: How the kiosk offers and walks a form: whether it can be begun now, what comes before its first
#: question, and how its answers are looked at.
WALK_SETTINGS = ("preparation", "review", "status")
SP_SETTINGS = (*LEGAL_SETTINGS, *PLACE_SETTINGS, *WALK_SETTINGS, "category", "autosave")
TRANSLATED_SETTINGS = frozenset({"form_title", "fee", "deadline"})
SETTINGS = frozenset(
    {"form_title", "form_id", "version", "default_language", "instance_name", "style", *SP_SETTINGS}
)
#: Settings of XLSForm that would change how a case travels or who reads it, and some that never ran here.
REFUSED_SETTINGS = frozenset(
    {"public_key", "submission_url", "auto_send", "auto_delete", "allow_choice_duplicates", "namespaces"}
) | {
    *("omit_instanceid", "instance_id", "instance_xmlns", "client_editable", "add_none_option", "flat"),
    *("name", "prefix", "delimiter", "sms_keyword", "sms_separator", "clean_text_values"),
}
PURPOSES = frozenset({"ordinary", "legal_aid", "protected"})
CONFIDENCES = frozenset({"read", "read-2nd", "known", "unsure", "unverified"})
AUTOSAVES = frozenset({"never", "session", "resume"})
SECTIONS = frozenset({"papers", "sell", "law", "say", "staff"})
PREPARATIONS = frozenset({"papers", "none"})
STATUSES = frozenset({"open", "suspended"})
REVIEWS = frozenset({"sections", "short", "listing"})
ROUTES = frozenset(
    {"commune_office", "commune_police", "social_insurance", "school", "legal_aid_centre", "market"}
) | {"supervision_board", "agency", "inspectorate", "province"}
ENUMERATED = (
    ("purpose", PURPOSES),
    ("category", PURPOSES),
    ("confidence", CONFIDENCES),
    ("autosave", AUTOSAVES),
    ("section", SECTIONS),
    ("route", ROUTES),
    ("preparation", PREPARATIONS),
    ("review", REVIEWS),
    ("status", STATUSES),
)

METADATA = frozenset({"start", "end", "today", "deviceid"})
UNSEEN = METADATA | {"calculate", "hidden", "csv-external"}
STRUCTURE = frozenset({"begin_group", "end_group", "begin_repeat", "end_repeat"})
ASKED = frozenset({"text", "integer", "decimal", "date", "time", "dateTime", "note", "acknowledge"}) | {
    *("image", "audio", "file", "range", "barcode")
}
FILE_SELECTS = frozenset({"select_one_from_file", "select_multiple_from_file"})
SELECTS = frozenset({"select_one", "select_multiple"}) | FILE_SELECTS
TYPES = UNSEEN | STRUCTURE | ASKED | SELECTS
#: Parameters by type, as pyxform reads them.
PARAMETERS: dict[str, frozenset[str]] = {
    "range": frozenset({"start", "end", "step"}),
    "text": frozenset({"rows"}),
    "image": frozenset({"max-pixels"}),
    "audio": frozenset({"quality"}),
    **dict.fromkeys(("select_one", "select_multiple"), frozenset({"randomize", "seed"})),
    **dict.fromkeys(FILE_SELECTS, frozenset({"randomize", "seed", "value", "label"})),
}
APPEARANCES = frozenset(
    {"minimal", "quick", "likert", "columns", "columns-pack", "label", "list-nolabel"}
) | {
    *("list", "no-calendar", "month-year", "year", "numbers", "multiline", "signature", "field-list"),
    *("sp:id-scan", "sp:partial-date", "sp:commune", "sp:village", "sp:name", "sp:voice", "sp:consent"),
    *("sp:money", "sp:scene"),
}

#: What a question may play by itself.
AUTOPLAYS = frozenset({"audio"})
TRANSLATED = ("label", "hint", "guidance_hint", "constraint_message", "required_message")
MEDIA = ("media::image", "media::big-image", "media::audio")
EXPRESSIONS = (
    *("relevant", "constraint", "required", "calculation", "choice_filter", "read_only", "repeat_count"),
    *("default", "trigger"),
)
SP_COLUMNS = frozenset(
    {"scan", "field", "paper", "paper_en", "giver", "giver_en", "art", "consent", "short", "short_en"}
) | {"wish", "unit", "prompts", "prompts_en"}
SURVEY_COLUMNS = frozenset(
    {"type", "name", "appearance", "autoplay", "parameters", *EXPRESSIONS, *TRANSLATED, *MEDIA}
) | {f"bind::sp:{name}" for name in SP_COLUMNS}
CHOICES_COLUMNS = frozenset({"list_name", "name", "label", *MEDIA})
#: Columns of XLSForm that change what a form does and that nothing here runs.
REFUSED_COLUMNS = frozenset({"media::video", "save_to", "intent", "disabled", "rows"}) | {
    *("query", "no_app_error_string", "noapperrorstring", "compact_tag", "sms_field", "sms_option"),
}
REFUSED_PREFIXES = ("bind::", "body::", "instance::", "control::", "attribute::")
#: How the same column is called elsewhere.
ALIASES = {
    "relevance": "relevant",
    "calculate": "calculation",
    "readonly": "read_only",
    "constraining_message": "constraint_message",
    "requiredmsg": "required_message",
    "caption": "label",
    "guidance": "guidance_hint",
    "count": "repeat_count",
    "jr:count": "repeat_count",
    "image": "media::image",
    "big-image": "media::big-image",
    "audio": "media::audio",
    "video": "media::video",
    "id_string": "form_id",
    "title": "form_title",
}
RESERVED_NAMES = frozenset({ROOT, "meta", "instanceID", "instanceName", "deprecatedID", "audit"})
RESERVED_BEGINNINGS = ("generated_", "reserved_name_", "xml", "__")
