"""What crosses the wall: plain data of every kind, and nothing that is not."""

import copy
import json
import socket
import threading
import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.course.grading.channel import MOST_BYTES, Channel, Closed, Garbled
from helpers.course.grading.wire import Oversized, Wire

pytestmark = pytest.mark.tier("check")


def foreign(value):
    raise TypeError(type(value).__name__)


def stranger(tree):
    raise Garbled("a stranger")


@pytest.fixture
def sides():
    """The two ends of a wire."""
    return Wire(2, foreign, stranger), Wire(1, foreign, stranger)


def sent(value, sides):
    """A value as it arrives on the other side, by way of JSON text."""
    return sides[1].decode(json.loads(json.dumps(sides[0].encode(value))))


scalars = st.one_of(
    st.none(), st.booleans(), st.integers(-(2**62), 2**62), st.text(max_size=9),
    st.floats(), st.complex_numbers(),
)  # fmt: skip
values = st.recursive(
    scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.tuples(inner, inner),
        st.dictionaries(st.text(max_size=3), inner, max_size=3),
    ),
    max_leaves=12,
)


@given(values)
def test_plain_data_arrives_as_it_was(value):
    arrived = sent(value, (Wire(2, foreign, stranger), Wire(1, foreign, stranger)))
    assert repr(arrived) == repr(value)


@pytest.mark.parametrize(
    "value",
    [
        np.array(0.5),
        np.float64(0.1),
        np.int8(3),
        np.zeros((0, 3)),
        np.array([[True, False]]),
        np.array(["AND", "OR"]),
        np.arange(6.0).reshape(2, 3).T,
        np.array([np.nan, -0.0, np.inf]),
        {1, 2},
        {(1, 2): [np.eye(2)]},
    ],
    ids=repr,
)
def test_numpy_arrives_as_it_was(sides, value):
    arrived = sent(value, sides)
    assert type(arrived) is type(value)
    assert repr(arrived) == repr(value)
    if isinstance(value, np.ndarray):
        assert arrived.dtype == value.dtype
        assert arrived.flags.f_contiguous == value.flags.f_contiguous


def test_a_generator_goes_on_where_it_was(sides):
    rng = np.random.default_rng(5)
    rng.normal(size=3)
    twin = sent(rng, sides)
    assert twin.normal() == copy.deepcopy(rng).normal()
    sides[0].apply(sides[1].changes())
    assert rng.normal() == twin.normal()


def test_a_change_on_one_side_is_made_on_the_other(sides):
    params = {"W": np.zeros(3), "notes": [1]}
    twin = sent(params, sides)
    twin["W"][1] = 7
    twin["notes"].append(twin["W"])
    twin["new"] = 5
    sides[0].apply(json.loads(json.dumps(sides[1].changes())))
    assert params["W"].tolist() == [0, 7, 0]
    assert params["notes"][1] is params["W"]
    assert params["new"] == 5
    assert sides[1].changes() == []


def test_what_was_changed_can_be_restored(sides):
    params = {"W": np.zeros(3)}
    inner = params["W"]
    twin = sent(params, sides)
    twin["W"][:] = 9
    twin["W"] = None
    sides[0].apply(sides[1].changes())
    sides[0].restore()
    assert params["W"] is inner
    assert inner.tolist() == [0, 0, 0]


def test_a_list_that_contains_itself_arrives(sides):
    circle = [1]
    circle.append(circle)
    arrived = sent(circle, sides)
    assert arrived[1] is arrived


def test_the_same_object_twice_is_one_object(sides):
    array = np.ones(2)
    one, other = sent((array, array), sides)
    assert one is other


@pytest.mark.parametrize(
    "tree",
    [
        [],
        ["x"],
        ["r", 99],
        ["m", 1, ["a", "|O", [1], "AAAAAAAAAAA=", "C"]],
        ["m", 1, ["a", "<f8", [2], "AAAAAAAAAAA=", "C"]],
        ["m", 1, ["a", "<f8", [-1], "", "C"]],
        ["m", 1, ["a", "<f8", [1e9], "", "C"]],
        ["m", 1, ["a", "V8", [1], "AAAAAAAAAAA=", "C"]],
        ["m", 1, ["a", "<f8,<f8", [1], "AAAAAAAAAAA=", "C"]],
        ["m", 1, ["a", "<f8", [1], "AAAAAAAAAAA=", "K"]],
        ["m", 1, ["d", [[["m", 3, ["l", []]], 1]]]],
        ["m", 1, ["d", [[1]]]],
        ["m", 1, ["g", "Evil", {}]],
        ["m", 1, ["g", "PCG64", {"state": "x"}]],
        ["m", 2, ["l", []]],
        ["s", "<f8", "not base64"],
        ["c", "1", 2],
        {"a": 1},
    ],
    ids=str,
)
def test_what_is_no_value_is_refused(sides, tree):
    with pytest.raises(Garbled):
        sides[0].decode(tree)


@pytest.mark.parametrize("changes", [None, [1], [[1, ["l", []]]], [[2, ["d", []]]]], ids=str)
def test_what_is_no_change_is_refused(sides, changes):
    sides[0].encode([1])
    with pytest.raises(Garbled):
        sides[0].apply(changes)


def test_depth_has_a_limit(sides):
    tree = 1
    for _ in range(1000):
        tree = ["t", [tree]]
    with pytest.raises(Garbled):
        sides[0].decode(tree)


LONG = "x" * (MOST_BYTES // 2)
TOO_MUCH = {
    "a list": [object()] * (MOST_BYTES // 16 + 1),
    "a tuple that unfolds": ((0.0,) * 2**13,) * 2**13,
    "a text many times": [LONG] * 2**13,
    "a text in many lists": [[LONG] for _ in range(2**13)],
    "keys": dict.fromkeys(range(2**13), LONG),
    "no rows of a billion columns": np.zeros((0, 10**9)),
    "arrays": [np.ones(MOST_BYTES // 16) for _ in range(3)],
}


@pytest.mark.parametrize("value", TOO_MUCH.values(), ids=TOO_MUCH)
def test_what_is_too_much_is_left_as_soon_as_that_is_known(sides, value):
    sides[0].encode(LONG)  # it is counted anew for each value
    with pytest.raises(Oversized):
        sides[0].encode(value)


def test_a_million_numbers_are_not_too_much(sides):
    _, (_, numbers) = sides[0].encode([0.0] * 10**6)[1:]
    assert len(numbers) == 10**6


@pytest.fixture
def ends():
    """A channel, and the raw socket at its other end."""
    one, other = socket.socketpair()
    with one, other:
        yield Channel(one), other


def test_a_message_arrives_in_pieces(ends):
    channel, raw = ends
    text = b'{"a": 1}'
    pieces = [len(text).to_bytes(4, "big")[:2], len(text).to_bytes(4, "big")[2:] + text]

    def slowly():
        for piece in pieces:
            time.sleep(0.02)
            raw.sendall(piece)

    thread = threading.Thread(target=slowly)
    thread.start()
    assert channel.receive(time.monotonic() + 60) == {"a": 1}
    thread.join()


@pytest.mark.parametrize(
    "data",
    [
        (MOST_BYTES + 1).to_bytes(4, "big"),
        b"\0\0\0\1x",
        b"\0\0\0\1" + b"1",
        b"\0\0\x27\x10" + b"[" * 10_000,
    ],
    ids=["too long", "no JSON", "no message", "too deep"],
)
def test_what_is_no_message_is_refused(ends, data):
    channel, raw = ends
    raw.sendall(data)
    with pytest.raises(Garbled):
        channel.receive(time.monotonic() + 60)


def test_silence_has_a_limit(ends):
    channel, raw = ends
    raw.sendall(b"\0\0")
    with pytest.raises(TimeoutError):
        channel.receive(time.monotonic() + 0.05)


def test_the_end_of_the_other_side_is_noticed(ends):
    channel, raw = ends
    raw.close()
    with pytest.raises(Closed):
        channel.receive(time.monotonic() + 60)
