"""The Merkle tree of RFC 9162: roots, a frontier that grows in O(log n), proofs of inclusion and of consistency."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256

EMPTY = sha256(b"").digest()


def leaf_hash(data: bytes) -> bytes:
    """Hash of one entry (RFC 9162, 2.1.1)."""
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash of two subtrees."""
    return sha256(b"\x01" + left + right).digest()


class Frontier:
    """The roots of the perfect subtrees of a tree of `size` leaves, the largest first: all that appending needs."""

    def __init__(self, size: int = 0, peaks: Iterable[bytes] = ()) -> None:
        self.size, self.peaks = size, list(peaks)
        if len(self.peaks) != size.bit_count():
            raise ValueError(f"A tree of {size} leaves has {size.bit_count()} peaks, not {len(self.peaks)}.")

    def append(self, leaf: bytes) -> None:
        """One more leaf (its hash)."""
        merges, size = 0, self.size
        while size & 1:
            merges, size = merges + 1, size >> 1
        for _ in range(merges):
            leaf = node_hash(self.peaks.pop(), leaf)
        self.peaks.append(leaf)
        self.size += 1

    def root(self) -> bytes:
        """Root of the whole tree."""
        if not self.peaks:
            return EMPTY
        *peaks, found = self.peaks
        for peak in reversed(peaks):
            found = node_hash(peak, found)
        return found


class Tree:
    """All leaves (their hashes) of a log; subtrees that were asked for once are kept, so that proofs are cheap."""

    def __init__(self, leaves: Sequence[bytes]) -> None:
        self.leaves = leaves
        self._kept: dict[tuple[int, int], bytes] = {}

    def root(self, size: int | None = None) -> bytes:
        """Root of the first `size` leaves, of all where none is named."""
        return self._range(0, len(self.leaves) if size is None else size)

    def inclusion(self, index: int, size: int | None = None) -> list[bytes]:
        """Proof that leaf `index` (from 0) is among the first `size` (RFC 9162, 2.1.3.1)."""
        size = len(self.leaves) if size is None else size
        if not 0 <= index < size <= len(self.leaves):
            raise ValueError(f"There is no leaf {index} among {size}.")
        return self._path(index, 0, size)

    def consistency(self, first: int, size: int | None = None) -> list[bytes]:
        """Proof that the tree of `first` leaves is the beginning of that of `size` (RFC 9162, 2.1.4.1)."""
        size = len(self.leaves) if size is None else size
        if not 0 < first <= size <= len(self.leaves):
            raise ValueError(f"A tree of {first} is no beginning of one of {size}.")
        return [] if first == size else self._subproof(first, 0, size, True)

    def _range(self, start: int, end: int) -> bytes:
        count = end - start
        if count <= 1:
            return self.leaves[start] if count else EMPTY
        if (start, end) not in self._kept:
            middle = start + _split(count)
            self._kept[start, end] = node_hash(self._range(start, middle), self._range(middle, end))
        return self._kept[start, end]

    def _path(self, index: int, start: int, end: int) -> list[bytes]:
        if end - start == 1:
            return []
        middle = start + _split(end - start)
        if index < middle:
            return [*self._path(index, start, middle), self._range(middle, end)]
        return [*self._path(index, middle, end), self._range(start, middle)]

    def _subproof(self, first: int, start: int, end: int, whole: bool) -> list[bytes]:
        if first == end:
            return [] if whole else [self._range(start, end)]
        middle = start + _split(end - start)
        if first <= middle:
            return [*self._subproof(first, start, middle, whole), self._range(middle, end)]
        return [*self._subproof(first, middle, end, False), self._range(start, middle)]


def _split(count: int) -> int:
    """The largest power of two below `count`."""
    return 1 << (count - 1).bit_length() - 1


def includes(leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """Whether the path leads from this leaf to the root of a tree of `size` (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    at, last, found = index, size - 1, leaf
    for step in path:
        if last == 0:
            return False
        if at & 1 or at == last:
            found = node_hash(step, found)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            found = node_hash(found, step)
        at, last = at >> 1, last >> 1
    return last == 0 and found == root


def extends(first: int, first_root: bytes, size: int, root: bytes, path: Sequence[bytes]) -> bool:
    """Whether the tree of `size` begins with the tree of `first` leaves (RFC 9162, 2.1.4.2)."""
    if first == size:
        return not path and first_root == root
    if not 0 < first < size or not path:
        return False
    steps = [first_root, *path] if first & (first - 1) == 0 else list(path)
    at, last = first - 1, size - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    old = new = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            old, new = node_hash(step, old), node_hash(step, new)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            new = node_hash(new, step)
        at, last = at >> 1, last >> 1
    return last == 0 and old == first_root and new == root
