"""The tree against a second way of computing it, every size from 1 to 300, every leaf, every earlier size."""

from __future__ import annotations

import hashlib
import random

import pytest

from iisg.foundations.audit.offline.verify import climbed, is_extended
from iisg.foundations.audit.tests.second import merkle_root, root_from_path, roots_from_proof
from iisg.foundations.audit.tree import EMPTY, Frontier, Tree, extends, includes, leaf_hash

LEAVES = [leaf_hash(str(number).encode()) for number in range(300)]
ROOTS = [merkle_root(LEAVES[:size]) for size in range(301)]


def test_known_answers_of_other_implementations() -> None:
    """The vectors of the certificate-transparency test suite (Google, Trillian, sigsum use the same)."""
    data = [
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    ]
    leaves = [leaf_hash(bytes.fromhex(each)) for each in data]
    assert leaves[0].hex() == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    assert Tree(leaves).root(8).hex() == "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
    assert EMPTY == hashlib.sha256(b"").digest() == Tree([]).root() == Frontier().root()


def test_roots_and_frontiers_of_every_size() -> None:
    tree, frontier = Tree(LEAVES), Frontier()
    for size in range(1, 301):
        frontier.append(LEAVES[size - 1])
        again = Frontier(frontier.size, frontier.peaks)
        assert frontier.root() == again.root() == tree.root(size) == ROOTS[size]


def test_every_inclusion_holds_for_all_verifiers_and_no_neighbour_does() -> None:
    tree = Tree(LEAVES)
    for size in range(1, 301):
        for index in range(size):
            path, root = tree.inclusion(index, size), ROOTS[size]
            assert includes(LEAVES[index], index, size, path, root)
            assert root_from_path(LEAVES[index], index, size, path) == root
            found = climbed(index, size - 1, LEAVES[index], path)
            assert found is not None and found[1] == root  # noqa: PT018
        other = (index + 1) % size
        assert includes(LEAVES[index], other, size, path, root) is (size == 1)


def test_every_consistency_holds_for_all_verifiers() -> None:
    tree = Tree(LEAVES)
    for size in range(1, 301):
        for first in range(1, size + 1):
            path = tree.consistency(first, size)
            assert extends(first, ROOTS[first], size, ROOTS[size], path)
            assert roots_from_proof(first, size, ROOTS[first], path) == (ROOTS[first], ROOTS[size])
            assert first == size or is_extended(first, ROOTS[first], size, ROOTS[size], path)


def test_what_is_mangled_is_refused_by_all() -> None:
    tree, chance = Tree(LEAVES), random.Random(20261125)
    for _ in range(3000):
        size = chance.randint(2, 300)
        index, first = chance.randrange(size), chance.randint(1, size - 1)
        path, proof = (
            _mangled(tree.inclusion(index, size), chance),
            _mangled(tree.consistency(first, size), chance),
        )
        assert not includes(LEAVES[index], index, size, path, ROOTS[size])
        assert root_from_path(LEAVES[index], index, size, path) != ROOTS[size]
        assert (
            climbed(index, size - 1, LEAVES[index], path) is None
            or (climbed(index, size - 1, LEAVES[index], path) or (b"", b""))[1] != ROOTS[size]
        )
        assert not extends(first, ROOTS[first], size, ROOTS[size], proof)
        assert not is_extended(first, ROOTS[first], size, ROOTS[size], proof)
        assert roots_from_proof(first, size, ROOTS[first], proof) != (ROOTS[first], ROOTS[size])


def _mangled(path: list[bytes], chance: random.Random) -> list[bytes]:
    path, place = list(path), chance.randrange(len(path))
    kind = chance.choice(["flip", "drop", "twice", "swap", "add"])
    if kind == "flip" or (kind == "swap" and len(path) == 1):
        raw = bytearray(path[place])
        raw[chance.randrange(32)] ^= 1 << chance.randrange(8)
        path[place] = bytes(raw)
    elif kind == "drop":
        del path[place]
    elif kind == "swap":
        path[place], path[place - 1] = path[place - 1], path[place]
    else:
        path.insert(place, path[place] if kind == "twice" else LEAVES[0])
    return path


@pytest.mark.parametrize("size", [100_000])
def test_a_large_tree(size: int) -> None:
    leaves, frontier = [leaf_hash(number.to_bytes(4, "big")) for number in range(size)], Frontier()
    for leaf in leaves:
        frontier.append(leaf)
    tree, root = Tree(leaves), merkle_root(leaves)
    assert tree.root() == frontier.root() == root
    for index in (0, 1, 65_535, 65_536, 99_999):
        path = tree.inclusion(index)
        assert includes(leaves[index], index, size, path, root)
        assert root_from_path(leaves[index], index, size, path) == root


def test_nonsense_is_refused() -> None:
    tree = Tree(LEAVES[:5])
    with pytest.raises(ValueError, match="no leaf"):
        tree.inclusion(5)
    for first in (0, 6):
        with pytest.raises(ValueError, match="no beginning"):
            tree.consistency(first)
    with pytest.raises(ValueError, match="peaks"):
        Frontier(3, [])
    assert not includes(LEAVES[0], -1, 5, [], ROOTS[5])
    assert not extends(0, EMPTY, 5, ROOTS[5], [])
    assert not extends(5, ROOTS[5], 3, ROOTS[3], [])
    assert not extends(5, ROOTS[5], 5, ROOTS[5], [ROOTS[5]])
