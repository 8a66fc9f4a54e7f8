"""Just enough of IPv4 and TCP to tell flows apart and to answer with a reset."""

from __future__ import annotations

import struct
from dataclasses import dataclass

TCP = 6
FIN_OR_RST = 0x05
RST = 0x04
ACK = 0x10
Flow = tuple[bytes, int, bytes, int]


@dataclass(frozen=True)
class Segment:
    """One TCP segment as it is addressed; `ends` says that its flow closes."""

    source: bytes
    source_port: int
    target: bytes
    target_port: int
    number: int
    acknowledged: int
    has_ack: bool
    ends: bool
    payload_bytes: int

    @property
    def flow(self) -> Flow:
        """The connection, the same for both directions."""
        near, far = (self.source, self.source_port), (self.target, self.target_port)
        first, last = sorted((near, far))
        return (*first, *last)

    def reset_to_sender(self, acknowledged: int | None = None) -> bytes:
        """Return the packet by which the other end would break this connection.

        Shape: `acknowledged` is the number the sender waits for; by default the one it says here.
        """
        number = self.acknowledged if acknowledged is None else acknowledged
        head = struct.pack("!HHIIBBHHH", self.target_port, self.source_port, number, 0, 5 << 4, RST, 0, 0, 0)
        pseudo = self.target + self.source + struct.pack("!BBH", 0, TCP, len(head))
        total = _checksum(pseudo + head)
        head = head[:16] + struct.pack("!H", total) + head[18:]
        ip = struct.pack("!BBHHHBBH4s4s", 0x45, 0, 20 + len(head), 0, 0, 64, TCP, 0, self.target, self.source)
        return ip[:10] + struct.pack("!H", _checksum(ip)) + ip[12:] + head


def find_segment(packet: bytes) -> Segment | None:
    """Return the TCP segment in an IPv4 packet, None for anything else."""
    if len(packet) < 40 or packet[0] >> 4 != 4 or packet[9] != TCP:
        return None
    start = (packet[0] & 15) * 4
    source_port, target_port, number, acknowledged = struct.unpack_from("!HHII", packet, start)
    flags = packet[start + 13]
    return Segment(
        packet[12:16],
        source_port,
        packet[16:20],
        target_port,
        number,
        acknowledged,
        bool(flags & ACK),
        bool(flags & FIN_OR_RST),
        len(packet) - start - (packet[start + 12] >> 4) * 4,
    )


def _checksum(data: bytes) -> int:
    total = sum(struct.unpack(f"!{len(data) // 2}H", data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF
