"""A slow, lossy link that is cut again and again, between two TUN devices."""

from __future__ import annotations

import heapq
import os
import random
import selectors
import threading
import time
from dataclasses import dataclass, field

from tests.links.packets import Flow, Segment, find_segment

PACKET_BYTES = 2048


@dataclass(frozen=True)
class Profile:
    """What a link does in each direction. `up_s` of 0 means that it is never cut.

    Units: bits a second, seconds, share of packets lost, packets that wait for the line.
    """

    name: str
    bits_per_s: float = 128_000
    delay_s: float = 0.3
    loss: float = 0.05
    queue_packets: int = 30
    up_s: float = 0.0
    down_s: float = 5.0
    resets: bool = False

    def is_up(self, at_s: float) -> bool:
        """Tell whether the link carries anything at a moment since it began."""
        return self.up_s == 0 or at_s % (self.up_s + self.down_s) < self.up_s

    def cuts(self, at_s: float) -> int:
        """Return how often the link was cut up to a moment."""
        if self.up_s == 0:
            return 0
        return int((at_s + self.down_s) // (self.up_s + self.down_s))


PROFILES = {
    profile.name: profile
    for profile in (
        Profile("open", bits_per_s=1e9, delay_s=0.0, loss=0.0, queue_packets=1000),
        Profile("clean", loss=0.0),
        Profile("lossy"),
        Profile("reset", up_s=20.0, resets=True),
        Profile("silent", up_s=20.0),
    )
}


@dataclass
class Lane:
    """One direction. `offered` counts what came to its door, `carried` what left at the other end."""

    source: int
    target: int
    offered_bytes: int = 0
    offered_packets: int = 0
    carried_bytes: int = 0
    payload_bytes: int = 0
    repeated_bytes: int = 0
    """Payload that came out and had come out before: what TCP repeated in vain."""
    carried: set[tuple[Flow, int]] = field(default_factory=set)
    busy_until_s: float = 0.0
    waiting: list[float] = field(default_factory=list)
    history: list[tuple[float, int]] = field(default_factory=list)
    """When how many bytes came out, since the profile began."""


class Link:
    """Carries packets between two devices until closed. Runs on one thread of its own.

    A cut ends every flow that was seen before it: its packets vanish afterwards, or are answered with
    a reset. That is what a lost address translation, a dead modem or another cell does.
    """

    def __init__(self, near: int, far: int, *, seed: int) -> None:
        self.lanes = (Lane(near, far), Lane(far, near))
        self._profile = PROFILES["open"]
        self._began_s = time.monotonic()
        self._chance = random.Random(seed)
        self._cuts = 0
        self._flight: list[tuple[float, int, int, bytes]] = []
        self._number = 0
        self._flows: dict[Flow, dict[bytes, tuple[Lane, Segment]]] = {}
        self._dead: set[Flow] = set()
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="link", daemon=True)
        self._thread.start()

    def use(self, profile: Profile) -> None:
        """Begin a profile now, with empty counters."""
        with self._lock:
            self._profile, self._began_s, self._cuts = profile, time.monotonic(), 0
            for lane in self.lanes:
                lane.offered_bytes = lane.offered_packets = lane.carried_bytes = 0
                lane.payload_bytes = lane.repeated_bytes = 0
                lane.history.clear()
                lane.carried.clear()

    @property
    def profile(self) -> Profile:
        """The profile in use."""
        return self._profile

    def close(self) -> None:
        """Stop carrying."""
        self._stop.set()
        self._thread.join(5)

    def _run(self) -> None:
        selector = selectors.DefaultSelector()
        for lane in self.lanes:
            selector.register(lane.source, selectors.EVENT_READ, lane)
        while not self._stop.is_set():
            ready = selector.select(self._wait_s())
            with self._lock:
                self._cut()
                for key, _ in ready:
                    self._read(key.data)
                self._deliver()

    def _wait_s(self) -> float:
        if not self._flight:
            return 0.02
        return min(max(self._flight[0][0] - time.monotonic(), 0.0), 0.02)

    def _cut(self) -> None:
        cuts = self._profile.cuts(time.monotonic() - self._began_s)
        if cuts == self._cuts:
            return
        self._cuts = cuts
        self._flight.clear()
        for lane in self.lanes:
            lane.busy_until_s = 0.0
            lane.waiting.clear()
        self._dead.update(self._flows)
        if self._profile.resets:
            for ends in self._flows.values():
                for end, (lane, segment) in ends.items():
                    del end
                    os.write(lane.source, segment.reset_to_sender())
        self._flows.clear()

    def _read(self, lane: Lane) -> None:
        while True:
            try:
                packet = os.read(lane.source, PACKET_BYTES)
            except BlockingIOError:
                return
            lane.offered_bytes += len(packet)
            lane.offered_packets += 1
            self._take(lane, packet)

    def _take(self, lane: Lane, packet: bytes) -> None:
        now_s = time.monotonic()
        segment = find_segment(packet)
        if segment is not None and segment.flow in self._dead:
            if self._profile.resets and segment.has_ack and not segment.ends:
                os.write(lane.source, segment.reset_to_sender())
            return
        if segment is not None and segment.has_ack:
            self._flows.setdefault(segment.flow, {})[segment.source] = (lane, segment)
        elif segment is not None:
            self._flows.setdefault(segment.flow, {})
        if not self._profile.is_up(now_s - self._began_s):
            return
        lane.waiting = [left_s for left_s in lane.waiting if left_s > now_s]
        if len(lane.waiting) >= self._profile.queue_packets:
            return
        lane.busy_until_s = max(now_s, lane.busy_until_s) + len(packet) * 8 / self._profile.bits_per_s
        lane.waiting.append(lane.busy_until_s)
        if self._chance.random() < self._profile.loss:
            return
        self._number += 1
        due_s = lane.busy_until_s + self._profile.delay_s
        heapq.heappush(self._flight, (due_s, self._number, self.lanes.index(lane), packet))

    def _deliver(self) -> None:
        now_s = time.monotonic()
        while self._flight and self._flight[0][0] <= now_s:
            _, _, index, packet = heapq.heappop(self._flight)
            lane = self.lanes[index]
            lane.carried_bytes += len(packet)
            self._note_payload(lane, packet)
            lane.history.append((now_s - self._began_s, len(packet)))
            os.write(lane.target, packet)

    @staticmethod
    def _note_payload(lane: Lane, packet: bytes) -> None:
        segment = find_segment(packet)
        if segment is None or not segment.payload_bytes:
            return
        place = (segment.flow, segment.number)
        lane.payload_bytes += segment.payload_bytes
        lane.repeated_bytes += segment.payload_bytes if place in lane.carried else 0
        lane.carried.add(place)
