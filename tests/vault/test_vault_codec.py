"""The converter for Temporal: nothing readable leaves the process."""

import pytest
from pydantic import BaseModel
from temporalio.api.common.v1 import Payload
from temporalio.api.failure.v1 import Failure
from temporalio.exceptions import ApplicationError

from vault import KeyRing, SealBroken, UnknownKey
from vault.codec import PayloadCrypt, data_converter

OLD = KeyRing({"k1": b"1" * 32})
ROTATED = KeyRing({"k2": b"2" * 32, "k1": b"1" * 32})


class Applicant(BaseModel):
    """A stand-in for a wire model with personal data."""

    name: str
    age: int


WANG = Applicant(name="王小明", age=40)


def failing() -> Exception:
    """Fail the way a handler does: pydantic prints its input, and the cause hangs on."""
    try:
        Applicant.model_validate({"name": "王小明", "age": "四十"})
    except ValueError as cause:
        error = ApplicationError("王小明 的申请无法登记", WANG, type="Refused")
        error.__cause__ = cause
        return error
    raise AssertionError("the model took what is not a number")


async def test_a_model_comes_back_as_itself_and_travels_unreadable() -> None:
    converter = data_converter(OLD)
    (payload,) = await converter.encode([WANG])
    assert set(payload.metadata) == {"encoding", "encryption-key-id"}
    assert payload.metadata["encoding"] == b"binary/encrypted"
    assert payload.metadata["encryption-key-id"] == b"k1"
    assert "王小明".encode() not in payload.SerializeToString()
    assert await converter.decode([payload], [Applicant]) == [WANG]


async def test_the_same_value_never_looks_the_same_twice() -> None:
    one, other = await data_converter(OLD).encode([WANG, WANG])
    assert one.data != other.data


async def test_message_stack_trace_and_details_of_a_failure_are_not_readable() -> None:
    failure = Failure()
    await data_converter(OLD).encode_failure(failing(), failure)
    plain = failure.SerializeToString()
    for text in ("王小明", "四十", "无法登记", "test_vault_codec.py", "model_validate"):
        assert text.encode() not in plain
        assert text not in str(failure)


async def test_a_failure_comes_back_with_message_details_and_cause() -> None:
    failure = Failure()
    await data_converter(OLD).encode_failure(failing(), failure)
    error = await data_converter(ROTATED).decode_failure(failure)
    assert isinstance(error, ApplicationError)
    assert error.message == "王小明 的申请无法登记"
    assert error.details[0]["name"] == "王小明"
    assert "四十" in str(error.__cause__)


async def test_old_histories_open_after_a_rotation_and_new_payloads_use_the_new_key() -> None:
    payloads = await data_converter(OLD).encode([WANG])
    assert await data_converter(ROTATED).decode(payloads, [Applicant]) == [WANG]
    (new,) = await data_converter(ROTATED).encode([WANG])
    assert new.metadata["encryption-key-id"] == b"k2"


async def test_a_key_id_not_in_the_ring_is_named() -> None:
    payloads = await data_converter(ROTATED).encode([WANG])
    with pytest.raises(UnknownKey, match="没有主密钥 k2"):
        await data_converter(OLD).decode(payloads, [Applicant])


async def test_every_changed_byte_of_a_payload_is_noticed() -> None:
    codec = PayloadCrypt(OLD)
    (payload,) = await codec.encode([Payload(metadata={"encoding": b"json/plain"}, data=b"1")])
    for place in range(len(payload.data)):
        changed = bytearray(payload.data)
        changed[place] ^= 1
        with pytest.raises(SealBroken):
            await codec.decode([Payload(metadata=payload.metadata, data=bytes(changed))])


async def test_another_key_id_put_on_a_payload_is_noticed() -> None:
    (payload,) = await PayloadCrypt(OLD).encode([Payload(data=b"1")])
    payload.metadata["encryption-key-id"] = b"same"
    with pytest.raises(SealBroken):
        await PayloadCrypt(KeyRing({"same": b"1" * 32})).decode([payload])


async def test_a_payload_without_any_mark_passes_as_it_is() -> None:
    plain = Payload(metadata={"encoding": b"json/plain"}, data=b'"x"')
    assert await PayloadCrypt(OLD).decode([plain]) == [plain]


@pytest.mark.parametrize(
    "metadata",
    [
        {"encoding": b"binary/encrypted"},
        {"encoding": b"json/plain", "encryption-key-id": b"k1"},
        {"encryption-key-id": b"k1"},
        {"encoding": b"binary/encrypted", "encryption-key-id": b"k1"},
    ],
)
async def test_plain_data_with_a_mark_of_encryption_is_refused(metadata: dict[str, bytes]) -> None:
    with pytest.raises(SealBroken):
        await PayloadCrypt(OLD).decode([Payload(metadata=metadata, data=b'"x"')])
