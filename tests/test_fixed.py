"""The dataclasses that most modules are made of: quick to define, and as good as Python's own."""

from __future__ import annotations

import pickle
from dataclasses import dataclass, field, replace

from hypothesis import given
from hypothesis import strategies as st

from extractor.fixed import fixed


@fixed(frozen=True, slots=True)
class Ours:
    """A place."""

    page: int
    words: tuple[str, ...] = ()
    name: str = field(default="", kw_only=True)


@dataclass(frozen=True, slots=True)
class Theirs:
    """The same, as Python makes it."""

    page: int
    words: tuple[str, ...] = ()
    name: str = field(default="", kw_only=True)


VALUES = st.tuples(
    st.integers(0, 2), st.lists(st.sampled_from("ab"), max_size=2).map(tuple), st.sampled_from(["", "x"])
)


@given(VALUES, VALUES)
def test_they_compare_hash_and_show_as_pythons_own(
    one: tuple[int, tuple[str, ...], str], other: tuple[int, tuple[str, ...], str]
) -> None:
    ours = [Ours(page, words, name=name) for page, words, name in (one, other)]
    theirs = [Theirs(page, words, name=name) for page, words, name in (one, other)]
    assert (ours[0] == ours[1]) is (theirs[0] == theirs[1])
    assert (len(set(ours))) == len(set(theirs))
    assert repr(ours[0]) == repr(theirs[0]).replace("Theirs", "Ours")
    assert pickle.loads(pickle.dumps(ours[0])) == ours[0]
    assert replace(ours[0], page=7).page == 7


def test_a_class_is_equal_to_no_other() -> None:
    assert Ours(1) != Theirs(1)
    assert not hasattr(Ours(1), "__dict__")
