"""The world with the real server and the real courier in it."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from tests.chaos.protocol.real import RealProvince

# isort: split
from supportpoint.courier.delivery import deliver
from supportpoint.courier.intaking import take_stick
from supportpoint.courier.letters import write_letter
from supportpoint.courier.relay import RelayLane
from supportpoint.errors import SupportPointError
from supportpoint.server import courier
from supportpoint.store.access import DirectAccess
from tests.chaos.protocol.machine import Machine
from tests.chaos.protocol.world import World
from tests.unit.sync.conftest import PatientStop, Shelf


class RealWorld(World):
    """A stick is a folder with real letters and answers on it; it goes round as long as it likes."""

    make_province = RealProvince

    def pack(self, machine: Machine) -> Path:
        """Write a letter on a new stick."""
        place = self._folder()
        place.mkdir()
        write_letter(DirectAccess(machine.store), machine.keys.sign, machine.folder, place, clock=self.clock)
        return place

    def plug_in(self, stick: Path, by: Machine, part: int) -> None:
        """At the server, or at a machine that takes letters along and hears answers. 0: pulled early."""
        if part == 0:
            for path in stick.iterdir():
                path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
        elif part % 2:
            courier.take_stick(stick)
        else:
            access, lane = DirectAccess(by.store), RelayLane(by.folder)
            take_stick(access, Shelf(), lane, stick, key=by.keys.sign, clock=self.clock)
            with suppress(SupportPointError):
                deliver(
                    lane,
                    self.province.open_way(by.store.get_identity(), by.keys.sign, by.channel),
                    PatientStop(),
                )
            take_stick(access, Shelf(), lane, stick, key=by.keys.sign, clock=self.clock)
