"""What an operator does with a stick: take its letters in, leave the answers on it.

`startup.use_data_dir` comes first in the process; this module imports models.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from supportpoint.courier.drops import answer_drop_file, list_drop_files
from supportpoint.courier.stick import LETTER_SUFFIX, list_files
from supportpoint.errors import SupportPointError
from supportpoint.server.intake.drops import take_drops
from supportpoint.server.intake.sticks import take_letter, write_answers


@dataclass
class StickTaken:
    """What a stick brought: letters taken, verdicts by status, what damage cost, answers left on it.

    `codes` says what went wrong, by file name.
    """

    letters: int = 0
    verdicts: dict[str, int] = field(default_factory=dict)
    blobs: int = 0
    lost: int = 0
    answers: int = 0
    drops: int = 0
    codes: dict[str, str] = field(default_factory=dict)


def take_stick(place: Path) -> StickTaken:
    """Take every letter of a folder, or one file, and write the answers beside them.

    A letter that cannot be taken stops no other, and answers that cannot be written undo nothing.
    Errors: SP-903 when the place cannot be read; SP-101, SP-103, SP-106.
    """
    done = StickTaken()
    verdicts = Counter[str]()
    for path in list_files(place, LETTER_SUFFIX):
        try:
            sender, taken = take_letter(path)
            done.letters += 1
            done.blobs += taken.blobs
            done.lost += taken.lost
            verdicts.update(taken.verdicts)
            write_answers(sender, taken, path.parent)
            done.answers += 1
            if taken.lost:
                done.codes[path.name] = "SP-905"
        except SupportPointError as error:
            if not error.code.startswith("SP-9"):
                raise
            done.codes[path.name] = error.code
    done.verdicts = dict(verdicts)
    _take_drop_files(place, done)
    return done


def _take_drop_files(place: Path, done: StickTaken) -> None:
    for path, raws in list_drop_files(place):
        receipt = take_drops(raws)
        if receipt is None:
            done.codes[path.name] = "SP-905"
            continue
        done.drops += len(receipt.drops)
        try:
            answer_drop_file(path, receipt)
        except SupportPointError as error:
            done.codes[path.name] = error.code
