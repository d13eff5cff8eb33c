"""Encrypt everything that travels through Temporal, failures included.

A codec alone is not enough: a failure's message and stack trace travel beside the payloads,
and pydantic prints its input there. `data_converter` therefore also moves those into an
encoded attribute, which the codec then encrypts. Client, worker, replayer and tests must all
use the same converter.
"""

import secrets
from collections.abc import Sequence
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from temporalio.api.common.v1 import Payload
from temporalio.contrib.pydantic import PydanticPayloadConverter
from temporalio.converter import (
    DataConverter,
    DefaultFailureConverterWithEncodedAttributes,
    PayloadCodec,
)

from vault.errors import SealBroken
from vault.keyring import KeyRing

_PURPOSE: Final = "temporal-payloads"
_ENCODING: Final = "encoding"
_ENCRYPTED: Final = b"binary/encrypted"
_KEY_ID: Final = "encryption-key-id"
_NONCE_BYTES: Final = 12
_TAG_BYTES: Final = 16


class PayloadCrypt(PayloadCodec):
    """AES-256-GCM with a random nonce before the ciphertext (NIST SP 800-38D).

    The key id goes into the metadata, so payloads in old histories open under any key still
    in the ring. One key may encrypt 2^32 payloads; rotate before that.
    """

    def __init__(self, keyring: KeyRing) -> None:
        self._keyring = keyring

    async def encode(self, payloads: Sequence[Payload]) -> list[Payload]:
        """Encrypt each payload, metadata and data, under the current key."""
        key_id = self._keyring.current
        cipher = AESGCM(self._keyring.derive(_PURPOSE))
        return [_encrypted(cipher, key_id, payload) for payload in payloads]

    async def decode(self, payloads: Sequence[Payload]) -> list[Payload]:
        """Decrypt each payload; one that bears no mark of encryption passes as it is.

        Raises:
            UnknownKey: encrypted under a key this ring does not hold.
            SealBroken: changed, cut, or marked as encrypted without being so.
        """
        return [self._decrypted(payload) for payload in payloads]

    def _decrypted(self, payload: Payload) -> Payload:
        marked = _KEY_ID in payload.metadata
        if payload.metadata.get(_ENCODING) != _ENCRYPTED and not marked:
            return payload
        key_id = payload.metadata.get(_KEY_ID, b"")
        nonce, sealed = payload.data[:_NONCE_BYTES], payload.data[_NONCE_BYTES:]
        if not marked or len(sealed) < _TAG_BYTES:
            raise SealBroken("Temporal 载荷标明已加密，但缺少密钥编号或密文")
        cipher = AESGCM(self._keyring.derive(_PURPOSE, key_id.decode("utf-8", "replace")))
        try:
            return Payload.FromString(cipher.decrypt(nonce, sealed, key_id))
        except InvalidTag:
            raise SealBroken("Temporal 载荷校验不通过：内容被改动") from None


def _encrypted(cipher: AESGCM, key_id: str, payload: Payload) -> Payload:
    marker = key_id.encode()
    nonce = secrets.token_bytes(_NONCE_BYTES)
    sealed = cipher.encrypt(nonce, payload.SerializeToString(), marker)
    return Payload(metadata={_ENCODING: _ENCRYPTED, _KEY_ID: marker}, data=nonce + sealed)


def data_converter(keyring: KeyRing) -> DataConverter:
    """Return the converter for every client, worker and replayer of this system."""
    return DataConverter(
        payload_converter_class=PydanticPayloadConverter,
        payload_codec=PayloadCrypt(keyring),
        failure_converter_class=DefaultFailureConverterWithEncodedAttributes,
    )
