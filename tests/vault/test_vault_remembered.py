"""Keys in memory: few, and not for long."""

from vault.remembered import RememberedKeys


def test_the_least_recently_used_key_goes_first() -> None:
    keys = RememberedKeys(lambda: 0.0, capacity=2)
    keys.put_all({"a": b"a", "b": b"b"})
    assert keys.get("a") == b"a"
    keys.put_all({"c": b"c"})
    assert [keys.get(stream) for stream in "abc"] == [b"a", None, b"c"]


def test_memory_stays_bounded_whatever_comes() -> None:
    keys = RememberedKeys(lambda: 0.0, capacity=10)
    keys.put_all({str(n): b"k" for n in range(1000)})
    assert len(keys) == 10
    assert keys.get("999") == b"k"


def test_use_does_not_prolong_a_keys_time() -> None:
    now = 0.0
    keys = RememberedKeys(lambda: now, seconds=10)
    keys.put_all({"a": b"a"})
    now = 9.0
    assert keys.get("a") == b"a"
    now = 10.0
    assert keys.get("a") is None
    assert len(keys) == 0


def test_an_erased_key_is_not_held() -> None:
    keys = RememberedKeys(lambda: 0.0)
    keys.put_all({"a": None})
    assert len(keys) == 0
    keys.drop("a")
