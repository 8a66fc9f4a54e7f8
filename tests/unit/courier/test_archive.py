"""The reader of courier files against whatever may stand on a stick."""

from __future__ import annotations

import io
import secrets
import tarfile
import tracemalloc

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from supportpoint.courier import archive
from supportpoint.courier.archive import (
    ArchiveReader,
    Contents,
    CourierFile,
    Entry,
    encode_contents,
    make_part,
    write_archive,
)
from supportpoint.errors import SupportPointError
from supportpoint.protocol import encode

HEAD = b"head of the test"


def make(parts) -> bytes:
    out = io.BytesIO()
    write_archive(out, CourierFile(HEAD, encode_contents(parts), list(parts)))
    return out.getvalue()


def read(data: bytes) -> tuple[ArchiveReader, dict[str, bytes]]:
    reader = ArchiveReader(io.BytesIO(data), len(data))
    return reader, {entry.name: content for entry, content in reader.parts()}


def pack(*files: tuple[tarfile.TarInfo | str, bytes]) -> bytes:
    """Any tar that the library can write, as a courier file would hold it."""
    out = io.BytesIO()
    for info, content in files:
        header = tarfile.TarInfo(info) if isinstance(info, str) else info
        header.size = len(content) if header.isreg() else 0
        out.write(header.tobuf(tarfile.USTAR_FORMAT) + content + bytes(-len(content) % 512))
    return zstandard.ZstdCompressor().compress(out.getvalue() + bytes(1024))


def special(name: str, kind: bytes, link: str = "") -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, link
    return info


def contents_of(*entries: Entry) -> bytes:
    return encode(Contents(entries))


parts_strategy = st.lists(
    st.tuples(
        st.sampled_from(["items", "blobs", "answers", "later"]),
        st.binary(max_size=3000),
    ),
    max_size=12,
).map(lambda drawn: [make_part(folder, f"{n:08x}", content) for n, (folder, content) in enumerate(drawn)])


@given(parts_strategy)
def test_what_was_written_is_read(parts):
    reader, found = read(make(parts))
    assert (reader.head, reader.lost) == (HEAD, 0)
    assert found == {part.entry.name: part.read() for part in parts}
    with tarfile.open(fileobj=io.BytesIO(zstandard.decompress(make(parts), max_output_size=1 << 24))) as tar:
        assert tar.getnames() == ["head", "contents", *found]  # any tar program opens it


def open_or_none(reader_type: type[ArchiveReader], data: bytes) -> ArchiveReader | None:
    """Open a file; None when it is refused, which is the one way to fail."""
    try:
        return reader_type(io.BytesIO(data), len(data))
    except SupportPointError as error:
        if error.code != "SP-905":
            raise
    return None


def check_nothing_false(reader_type: type[ArchiveReader], data: bytes, whole: dict[str, bytes]) -> None:
    """Whatever came out of a damaged file is what went into the whole one."""
    reader = open_or_none(reader_type, data)
    if reader is None:
        return
    found = {entry.name: content for entry, content in reader.parts()}
    # a list that was altered names what no signed head vouches for: `heads.check_contents` refuses it
    if reader.contents == whole["contents"]:
        assert all(whole[name] == content for name, content in found.items())
        assert len(found) + reader.lost == len(reader.entries)


PARTS = [make_part("items", f"{n:08x}", secrets.token_bytes(700 + n)) for n in range(20)] + [
    make_part("blobs", f"{n:08x}", secrets.token_bytes(20_000)) for n in range(5)
]
WHOLE = make(PARTS)
BY_NAME = {part.entry.name: part.read() for part in PARTS} | {"contents": encode_contents(PARTS)}


@settings(max_examples=300, deadline=None)
@given(st.integers(0, len(WHOLE) - 1), st.integers(1, 255))
def test_a_flipped_byte_lets_nothing_false_through(position, flip):
    damaged = bytearray(WHOLE)
    damaged[position] ^= flip
    check_nothing_false(ArchiveReader, bytes(damaged), BY_NAME)


@settings(max_examples=200, deadline=None)
@given(st.integers(0, len(WHOLE) - 1))
def test_a_cut_gives_every_entry_before_it(length):
    check_nothing_false(ArchiveReader, WHOLE[:length], BY_NAME)
    fits = sum(part.entry.size + 600 for part in PARTS)
    if length > 60_000:
        _, found = read(WHOLE[:length])
        assert len(found) >= 20, fits  # the answers stand before the photos


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=4000))
def test_noise_is_refused(noise):
    for data in (noise, zstandard.compress(noise)):
        with pytest.raises(SupportPointError, match="SP-905"):
            read(data)


class Gullible(ArchiveReader):
    """A reader that asks for no hash."""

    def parts(self):
        for entry in self.entries:
            self._take(512)
            yield entry, self._take_padded(entry.size)


def test_the_proof_notices_a_reader_without_hashes():
    damaged = bytearray(WHOLE)
    damaged[-30_000] ^= 1
    with pytest.raises(AssertionError):
        check_nothing_false(Gullible, bytes(damaged), BY_NAME)


def test_a_plain_file_of_another_tar_program_is_read():
    assert read(pack(("head", HEAD), ("contents", contents_of())))[1] == {}


@pytest.mark.parametrize(
    "first",
    [
        special("head", tarfile.SYMTYPE, "/etc/passwd"),
        special("head", tarfile.LNKTYPE, "contents"),
        special("head", tarfile.DIRTYPE),
        special("head", tarfile.FIFOTYPE),
        special("head", tarfile.XHDTYPE),
        special("head", tarfile.GNUTYPE_LONGNAME),
        special("head", tarfile.GNUTYPE_SPARSE),
        "../head",
        "/head",
        "./head",
    ],
)
def test_anything_but_a_plain_file_is_refused(first):
    with pytest.raises(SupportPointError, match="SP-905"):
        read(pack((first, HEAD), ("contents", contents_of())))


@pytest.mark.parametrize(
    "name",
    ["../a", "/items/a", "items/../../a", "items\\a", "items/A", "items/", "a", "items/a/b", "c:/a", ""],
)
def test_no_name_leads_anywhere(name):
    entry = Entry(name=name, size=0, sha256=bytes(32))
    with pytest.raises(SupportPointError, match="SP-905"):
        read(pack(("head", HEAD), ("contents", contents_of(entry))))


def test_two_entries_of_one_name_are_refused():
    entry = make_part("items", "0", b"").entry
    with pytest.raises(SupportPointError, match="SP-905"):
        read(pack(("head", HEAD), ("contents", contents_of(entry, entry))))


@pytest.mark.parametrize(
    ("folder", "size"),
    [("items", 257 * 1024), ("blobs", 9 << 20), ("answers", 5 << 20), ("bundles", 65 << 20), ("items", -1)],
)
def test_sizes_have_limits(folder, size):
    entry = Entry(name=f"{folder}/0", size=size, sha256=bytes(32))
    with pytest.raises(SupportPointError, match="SP-905"):
        read(pack(("head", HEAD), ("contents", contents_of(entry))))


def test_a_list_may_not_promise_more_than_its_file_can_hold():
    entries = [Entry(name=f"blobs/{n:x}", size=8 << 20, sha256=bytes(32)) for n in range(100)]
    with pytest.raises(SupportPointError, match="SP-905"):
        read(pack(("head", HEAD), ("contents", contents_of(*entries))))


@pytest.mark.parametrize("where", ["head", "contents", "blob"])
def test_a_bomb_expands_to_what_was_promised_and_no_further(where):
    zeros = bytes(200 << 20)
    promised = contents_of(Entry(name="blobs/0", size=1 << 20, sha256=bytes(32)))
    files = {
        "head": [("head", zeros)],
        "contents": [("head", HEAD), ("contents", zeros)],
        "blob": [("head", HEAD), ("contents", promised), ("blobs/0", zeros)],
    }
    bomb = pack(*files[where])
    tracemalloc.start()
    reader = open_or_none(ArchiveReader, bomb)
    found = {} if reader is None else dict(reader.parts())
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found == {}
    assert peak < 16 << 20


def test_a_window_that_asks_for_too_much_memory_is_refused():
    parameters = zstandard.ZstdCompressionParameters.from_level(3, window_log=27)
    big = zstandard.ZstdCompressor(compression_params=parameters).compressobj()
    data = big.compress(pack(("head", HEAD))) + big.flush()
    with pytest.raises(SupportPointError, match="SP-905"):
        read(data)


def test_a_part_that_changes_while_it_is_written_stops_the_file():
    part = make_part("items", "0", b"one")
    changed = archive.Part(part.entry, lambda: b"two")
    with pytest.raises(ValueError, match="changed"):
        make([changed])
