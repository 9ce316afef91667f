"""Values, dates, accounts and request ids, as boto3 reads them from the wire."""

import datetime
import uuid

import pytest

from conftest import make_client
from expect import NOT_FOUND, refused, shape

UTC = datetime.timezone.utc
DAY = datetime.timedelta(days=1)
SOON = datetime.timedelta(seconds=30)


def now() -> datetime.datetime:
    return datetime.datetime.now(UTC)


def near(moment: datetime.datetime, expected: datetime.datetime) -> bool:
    return abs(moment - expected) < SOON


@pytest.mark.parametrize(
    "value",
    ["a\nb", "a\r\nb\n", "\t\0 ", "snow ☃ and 🗝", '"quoted" \\ /', "x" * 65536],
    ids=["lines", "CRLF", "control", "unicode", "quotes", "longest"],
)
def test_a_string_value_comes_back_character_for_character(aws, name, value):
    aws.create_secret(Name=name, SecretString=value)
    assert aws.get_secret_value(SecretId=name)["SecretString"] == value


@pytest.mark.parametrize(
    "value", [bytes(range(256)), b"\0", b"\xff" * 65536], ids=["every byte", "NUL", "longest"]
)
def test_a_binary_value_comes_back_byte_for_byte(aws, name, value):
    aws.create_secret(Name=name, SecretBinary=value)
    got = aws.get_secret_value(SecretId=name)
    assert got["SecretBinary"] == value
    assert "SecretString" not in got


def test_a_value_answers_with_the_date_and_labels_of_its_version(aws, name):
    made = aws.create_secret(Name=name, SecretString="one")
    got = aws.get_secret_value(SecretId=name)
    assert shape(got) == {"ARN", "Name", "VersionId", "SecretString", "VersionStages", "CreatedDate"}
    assert got["VersionId"] == made["VersionId"]
    assert got["VersionStages"] == ["AWSCURRENT"]
    assert got["CreatedDate"].tzinfo is not None and near(got["CreatedDate"], now())


def test_the_first_read_shows_as_last_accessed_at_midnight_at_once(aws, name):
    version = aws.create_secret(Name=name, SecretString="v")["VersionId"]
    assert "LastAccessedDate" not in aws.describe_secret(SecretId=name)
    aws.get_secret_value(SecretId=name)
    accessed = aws.describe_secret(SecretId=name)["LastAccessedDate"].astimezone(UTC)
    assert (accessed.hour, accessed.minute, accessed.second, accessed.microsecond) == (0, 0, 0, 0)
    assert now() - accessed < DAY + SOON
    (listed,) = aws.list_secret_version_ids(SecretId=name)["Versions"]
    assert listed["VersionId"] == version
    assert listed["LastAccessedDate"].astimezone(UTC) == accessed


def test_dates_have_milliseconds_and_no_more(aws, name):
    aws.create_secret(Name=name, SecretString="v")
    assert aws.describe_secret(SecretId=name)["CreatedDate"].microsecond % 1000 == 0


def test_regions_are_worlds_of_their_own(server, aws, account, name):
    elsewhere = make_client(server.url, key=account, region="eu-west-1")
    aws.create_secret(Name=name, SecretString="here")
    with refused("ResourceNotFoundException", NOT_FOUND):
        elsewhere.get_secret_value(SecretId=name)
    arn = elsewhere.create_secret(Name=name, SecretString="there")["ARN"]
    assert arn.startswith(f"arn:aws:secretsmanager:eu-west-1:{account}:secret:")
    assert aws.get_secret_value(SecretId=name)["SecretString"] == "here"
    assert elsewhere.get_secret_value(SecretId=name)["SecretString"] == "there"


def test_a_key_of_twelve_digits_is_an_account_of_its_own(server, name):
    one, other = (make_client(server.url, key=key) for key in ("111111111111", "222222222222"))
    arn = one.create_secret(Name=name, SecretString="one")["ARN"]
    assert ":111111111111:" in arn
    with refused("ResourceNotFoundException", NOT_FOUND):
        other.describe_secret(SecretId=name)
    other.create_secret(Name=name, SecretString="other")
    assert one.get_secret_value(SecretId=name)["SecretString"] == "one"


def test_any_other_key_belongs_to_the_default_account(server, name):
    arn = make_client(server.url, key="AKIAIOSFODNN7EXAMPLE").create_secret(Name=name)["ARN"]
    assert ":000000000000:" in arn


def test_the_caller_is_told_who_it_is(server):
    for key, account in (("test", "000000000000"), ("333333333333", "333333333333")):
        caller = make_client(server.url, key=key, service="sts").get_caller_identity()
        assert shape(caller) == {"Account", "Arn", "UserId"}
        assert caller["Account"] == account
        assert caller["Arn"] == f"arn:aws:iam::{account}:root"


def test_every_answer_and_every_error_has_a_request_id(aws, name):
    first = aws.create_secret(Name=name, SecretString="v")["ResponseMetadata"]["RequestId"]
    with refused("ResourceNotFoundException") as raised:
        aws.get_secret_value(SecretId=name + "x")
    second = raised.value.response["ResponseMetadata"]["RequestId"]
    assert uuid.UUID(first) != uuid.UUID(second)
