"""The AWS Encryption SDK: envelopes of its own, whose data keys come from the server."""

import botocore.session
import pytest

from conftest import client_missing, make_client

pytestmark = pytest.mark.client

CONTEXT = {"app": "shop", "purpose": "conformance"}
MESSAGE = b"invented" * 10_000


@pytest.fixture(scope="module")
def sdk():
    try:
        import aws_encryption_sdk
    except ImportError:
        client_missing("aws-encryption-sdk")
    return aws_encryption_sdk


@pytest.fixture
def kms(server, account):
    return make_client(server.url, key=account, service="kms")


@pytest.fixture
def keys(kms):
    return [kms.create_key()["KeyMetadata"]["Arn"] for _ in range(2)]


@pytest.fixture
def client(sdk):
    policy = sdk.CommitmentPolicy.REQUIRE_ENCRYPT_REQUIRE_DECRYPT
    return sdk.EncryptionSDKClient(commitment_policy=policy)


@pytest.fixture
def provider(sdk, server, account, monkeypatch):
    """Makes what wraps data keys under some keys, or under whichever sealed them."""
    monkeypatch.setenv("AWS_ENDPOINT_URL_KMS", server.url)
    session = botocore.session.Session()
    session.set_credentials(account, "test")
    session.set_config_variable("region", "us-east-1")

    def made(*keys):
        if keys:
            return sdk.StrictAwsKmsMasterKeyProvider(key_ids=keys, botocore_session=session)
        return sdk.DiscoveryAwsKmsMasterKeyProvider(botocore_session=session)

    return made


def test_a_message_is_sealed_and_opened(client, provider, keys):
    """GenerateDataKey (C68) when it is sealed, Decrypt (C66) when it is opened."""
    sealed, _ = client.encrypt(
        source=MESSAGE, key_provider=provider(keys[0]), encryption_context=CONTEXT
    )
    assert b"invented" not in sealed
    for reader in (provider(keys[0]), provider()):
        opened, header = client.decrypt(source=sealed, key_provider=reader)
        assert opened == MESSAGE
        assert CONTEXT.items() <= header.encryption_context.items()


def test_a_message_under_two_keys_opens_with_either(sdk, client, provider, kms, keys):
    """Encrypt wraps the data key under the second one."""
    sealed, _ = client.encrypt(source=MESSAGE, key_provider=provider(*keys))
    kms.disable_key(KeyId=keys[0])
    assert client.decrypt(source=sealed, key_provider=provider(keys[1]))[0] == MESSAGE
    with pytest.raises(sdk.exceptions.DecryptKeyError):
        client.decrypt(source=sealed, key_provider=provider(keys[0]))


def test_an_altered_context_does_not_open(sdk, client, provider, keys):
    """C67: the context is bound to the data key, and stands in the message."""
    sealed, _ = client.encrypt(
        source=MESSAGE, key_provider=provider(keys[0]), encryption_context=CONTEXT
    )
    altered = sealed.replace(b"shop", b"ship", 1)
    assert altered != sealed
    with pytest.raises(sdk.exceptions.DecryptKeyError):
        client.decrypt(source=altered, key_provider=provider(keys[0]))


def test_a_message_opens_after_its_key_was_rotated(client, provider, kms, keys, wire):
    """C70."""
    sealed, _ = client.encrypt(source=MESSAGE, key_provider=provider(keys[0]))
    kms.rotate_key_on_demand(KeyId=keys[0])
    wire.request(
        "POST", "/_pocketvault/clock", b'{"advance":"PT100S"}', {"content-type": "application/json"}
    )
    assert client.decrypt(source=sealed, key_provider=provider(keys[0]))[0] == MESSAGE
