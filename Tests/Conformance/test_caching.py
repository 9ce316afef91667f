"""AWS's caching library for Python: DescribeSecret for the version, GetSecretValue by its id."""

import pytest
from aws_secretsmanager_caching import InjectKeywordedSecretString, SecretCache, SecretCacheConfig

from conftest import make_client
from server import Pocketvault

HOUR = 3600


@pytest.fixture
def cache(aws):
    return SecretCache(SecretCacheConfig(secret_refresh_interval=HOUR), aws)


@pytest.fixture
def now(monkeypatch):
    """Refreshing does not wait for its jitter of up to ten seconds."""
    monkeypatch.setattr("aws_secretsmanager_caching.cache.items.time.sleep", lambda _: None)


def test_a_string_is_read_by_name_and_by_arn(aws, cache, name):
    arn = aws.create_secret(Name=name, SecretString="value")["ARN"]
    assert cache.get_secret_string(name) == "value"
    assert cache.get_secret_string(arn) == "value"
    assert cache.get_secret_binary(name) is None


def test_a_binary_is_read(aws, cache, name):
    aws.create_secret(Name=name, SecretBinary=bytes(range(256)))
    assert cache.get_secret_binary(name) == bytes(range(256))
    assert cache.get_secret_string(name) is None


def test_a_new_value_is_seen_after_a_refresh_and_the_old_one_under_its_label(aws, cache, name, now):
    aws.create_secret(Name=name, SecretString="first")
    assert cache.get_secret_string(name) == "first"
    aws.put_secret_value(SecretId=name, SecretString="second")
    assert cache.get_secret_string(name) == "first", "for an hour"
    assert cache.refresh_secret_now(name)
    assert cache.get_secret_string(name) == "second"
    assert cache.get_secret_string(name, version_stage="AWSPREVIOUS") == "first"


def test_a_new_value_is_seen_by_itself_when_the_time_is_up(aws, name):
    cache = SecretCache(SecretCacheConfig(secret_refresh_interval=0), aws)
    aws.create_secret(Name=name, SecretString="first")
    assert cache.get_secret_string(name) == "first"
    aws.update_secret(SecretId=name, SecretString="second")
    assert cache.get_secret_string(name) == "second"


def test_a_missing_secret_is_a_resource_not_found_until_it_is_there(aws, cache, name, now):
    with pytest.raises(aws.exceptions.ResourceNotFoundException):
        cache.get_secret_string(name)
    aws.create_secret(Name=name, SecretString="late")
    assert cache.refresh_secret_now(name)
    assert cache.get_secret_string(name) == "late"


def test_a_secret_without_a_value_and_an_unknown_label_are_nothing(aws, cache, name):
    aws.create_secret(Name=name)
    assert cache.get_secret_string(name) is None
    aws.put_secret_value(SecretId=name, SecretString="v")
    assert cache.get_secret_string(name, version_stage="nobody's") is None


def test_a_scheduled_secret_is_an_invalid_request(aws, cache, name):
    aws.create_secret(Name=name, SecretString="v")
    aws.delete_secret(SecretId=name)
    with pytest.raises(aws.exceptions.InvalidRequestException):
        cache.get_secret_string(name)


def test_what_is_cached_outlives_the_server(folder):
    with Pocketvault(folder) as vault:
        aws = make_client(vault.url)
        aws.create_secret(Name="kept", SecretString="value")
        cache = SecretCache(SecretCacheConfig(secret_refresh_interval=HOUR), aws)
        assert cache.get_secret_string("kept") == "value"
    assert cache.get_secret_string("kept") == "value"


def test_a_function_gets_the_keys_of_a_secret_as_arguments(aws, cache, name):
    aws.create_secret(Name=name, SecretString='{"user":"app","password":"invented"}')

    @InjectKeywordedSecretString(secret_id=name, cache=cache, user="user", secret="password")
    def connect(user, secret):
        return f"{user}:{secret}"

    assert connect() == "app:invented"
