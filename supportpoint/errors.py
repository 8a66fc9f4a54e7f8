"""Every failure a person or a program can meet, by a stable code.

The words for a code live in `translations/`; the English line here is for developers and logs.
Codes are never reused. SP-1xx configuration and keys, 2xx store, 3xx forms, 4xx sealing,
5xx sync, 6xx content, 7xx devices, 8xx server, 9xx courier.
"""

from __future__ import annotations

CATALOGUE: dict[str, str] = {
    "SP-101": "configuration value cannot be used",
    "SP-102": "this machine is not enrolled",
    "SP-103": "device keys are missing",
    "SP-104": "a file given on the command line cannot be read",
    "SP-105": "the program met a fault of its own",
    "SP-106": "this server folder was never set up",
    "SP-107": "cannot listen at this address and port",
    "SP-108": "this data folder cannot be written",
    "SP-109": "the clock of this machine is wrong",
    "SP-110": "the store of the server's files is not there",
    "SP-201": "store is busy",
    "SP-202": "not saved: the disk is full or failed",
    "SP-203": "database key does not fit this database",
    "SP-204": "another program has this data folder open",
    "SP-205": "database was made by a newer version",
    "SP-206": "database is not durable: WAL or synchronous=FULL is off",
    "SP-207": "attachment not kept: too little free space",
    "SP-210": "database is damaged",
    "SP-301": "form cannot be read",
    "SP-302": "form uses something this engine does not support",
    "SP-303": "expression cannot be compiled",
    "SP-304": "calculations depend on each other in a circle",
    "SP-305": "no such question in this form",
    "SP-306": "answer does not fit the type of the question",
    "SP-307": "answer breaks the rule of the question",
    "SP-308": "answer is required",
    "SP-309": "submission does not belong to this form",
    "SP-310": "answers cannot be read",
    "SP-311": "workbook cannot be read",
    "SP-312": "workbook has faults",
    "SP-401": "envelope cannot be read",
    "SP-402": "no key opens this envelope",
    "SP-403": "envelope was altered",
    "SP-404": "no recipient for this purpose",
    "SP-405": "signature is wrong",
    "SP-406": "keyset cannot be trusted",
    "SP-407": "receipt code cannot be read",
    "SP-408": "staff badge cannot be read",
    "SP-409": "badge or PIN is wrong",
    "SP-410": "too many wrong tries",
    "SP-411": "badge was revoked",
    "SP-501": "server cannot be reached",
    "SP-502": "what answered is not our server",
    "SP-503": "server certificate is not trusted",
    "SP-504": "server refused this device",
    "SP-505": "server is busy",
    "SP-506": "server refused the request",
    "SP-507": "enrolment code is wrong or used",
    "SP-508": "another sync is running",
    "SP-509": "sync stopped by a fault of the program",
    "SP-601": "package cannot be read",
    "SP-602": "package signature is wrong",
    "SP-603": "package is older than the one in use",
    "SP-604": "package was signed by another key",
    "SP-605": "no such form on this machine",
    "SP-606": "article has faults",
    "SP-607": "table of translations has faults",
    "SP-610": "this form has no official paper",
    "SP-611": "the paper cannot be made",
    "SP-701": "citizen card code cannot be read",
    "SP-702": "device is not there",
    "SP-703": "picture cannot be used",
    "SP-704": "device is there and does not work",
    "SP-705": "printer has no paper",
    "SP-706": "sound cannot be used",
    "SP-801": "request cannot be read",
    "SP-802": "request is too large",
    "SP-803": "no such thing here",
    "SP-804": "form version is not known to the server",
    "SP-805": "upload does not match its address",
    "SP-806": "upload continues at another place",
    "SP-807": "decision does not fit the state of the case",
    "SP-808": "this id already names another submission",
    "SP-809": "the server met a fault of its own",
    "SP-810": "submission is sealed for other readers than its form names",
    "SP-811": "submission answers what its form does not ask",
    "SP-812": "fingerprint words are not those of this device",
    "SP-901": "the stick is full",
    "SP-902": "the stick cannot be written",
    "SP-903": "the stick was pulled out or failed",
    "SP-904": "the stick is too slow",
    "SP-905": "a courier file is damaged",
    "SP-906": "a courier file is for another province",
    "SP-907": "no room to carry for others",
}


class SupportPointError(Exception):
    """A failure with a stable code and facts that hold no personal data.

    Errors: KeyError when `code` is not in the catalogue, so that a typing mistake shows at once.
    """

    def __init__(self, code: str, **facts: object) -> None:
        self.code = code
        self.facts = facts
        details = " ".join(f"{name}={value!r}" for name, value in facts.items())
        super().__init__(f"{code} {CATALOGUE[code]}" + (f" ({details})" if details else ""))
