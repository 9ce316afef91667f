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


# -- keyrings, the newer half of the SDK, which takes a client of boto3

# What a keyring says of whatever KMS refuses.
UNOPENED = "No Configured KMS Key was able to decrypt the Data Key"


@pytest.fixture(scope="module")
def providers():
    try:
        from aws_cryptographic_material_providers.mpl import AwsCryptographicMaterialProviders
        from aws_cryptographic_material_providers.mpl import config, models
    except ImportError:
        client_missing("aws-cryptographic-material-providers")
    made = AwsCryptographicMaterialProviders(config=config.MaterialProvidersConfig())
    return made, models


@pytest.fixture
def keyring(providers, kms):
    """Makes a keyring of one key, or of one that makes data keys and others that wrap them too."""
    made, models = providers

    def of(key, *others):
        if not others:
            return made.create_aws_kms_keyring(
                models.CreateAwsKmsKeyringInput(kms_key_id=key, kms_client=kms)
            )
        return made.create_multi_keyring(
            models.CreateMultiKeyringInput(
                generator=of(key), child_keyrings=[of(other) for other in others]
            )
        )

    return of


def test_a_keyring_seals_and_opens(client, keyring, keys):
    """C66, C68: GenerateDataKey and Decrypt, with the context of the message."""
    sealed, _ = client.encrypt(source=MESSAGE, keyring=keyring(keys[0]), encryption_context=CONTEXT)
    assert b"invented" not in sealed
    opened, header = client.decrypt(source=sealed, keyring=keyring(keys[0]))
    assert opened == MESSAGE
    assert CONTEXT.items() <= header.encryption_context.items()


def test_a_keyring_and_a_provider_open_each_others_messages(client, keyring, provider, keys):
    sealed, _ = client.encrypt(source=MESSAGE, keyring=keyring(keys[0]))
    assert client.decrypt(source=sealed, key_provider=provider(keys[0]))[0] == MESSAGE
    sealed, _ = client.encrypt(source=MESSAGE, key_provider=provider(keys[0]))
    assert client.decrypt(source=sealed, keyring=keyring(keys[0]))[0] == MESSAGE


def test_a_keyring_of_two_keys_wraps_for_either(sdk, client, keyring, kms, keys):
    """Encrypt wraps the data key under the second one (C66); a disabled key opens nothing (C67)."""
    sealed, _ = client.encrypt(source=MESSAGE, keyring=keyring(*keys))
    kms.disable_key(KeyId=keys[0])
    assert client.decrypt(source=sealed, keyring=keyring(keys[1]))[0] == MESSAGE
    with pytest.raises(sdk.exceptions.AWSEncryptionSDKClientError, match=UNOPENED):
        client.decrypt(source=sealed, keyring=keyring(keys[0]))


def test_a_keyring_refuses_an_altered_context(sdk, client, keyring, keys):
    """C67."""
    sealed, _ = client.encrypt(source=MESSAGE, keyring=keyring(keys[0]), encryption_context=CONTEXT)
    altered = sealed.replace(b"shop", b"ship", 1)
    assert altered != sealed
    with pytest.raises(sdk.exceptions.AWSEncryptionSDKClientError, match=UNOPENED):
        client.decrypt(source=altered, keyring=keyring(keys[0]))


def test_a_keyring_opens_after_its_key_was_rotated(client, keyring, kms, keys, wire):
    """C70."""
    sealed, _ = client.encrypt(source=MESSAGE, keyring=keyring(keys[0]))
    kms.rotate_key_on_demand(KeyId=keys[0])
    wire.request(
        "POST", "/_pocketvault/clock", b'{"advance":"PT100S"}', {"content-type": "application/json"}
    )
    assert client.decrypt(source=sealed, keyring=keyring(keys[0]))[0] == MESSAGE
