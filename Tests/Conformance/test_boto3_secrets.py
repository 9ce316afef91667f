"""The life of a secret, as boto3 sees it: created, described, updated, tagged, deleted, restored."""

import datetime
import re
import time
import uuid

import pytest

from conftest import make_client
from expect import (
    BOTH_VALUES,
    INVALID_NAME,
    MARKED_FOR_DELETION,
    NO_VALUE,
    NOT_FOUND,
    no_value_for_label,
    no_value_for_version,
    one_violation,
    refused,
    shape,
    STAGE_MISMATCH,
    token_in_use,
)

UTC = datetime.timezone.utc
DAY = datetime.timedelta(days=1)
SOON = datetime.timedelta(seconds=30)


def now() -> datetime.datetime:
    return datetime.datetime.now(UTC)


def token() -> str:
    return str(uuid.uuid4())


def near(moment: datetime.datetime, expected: datetime.datetime) -> bool:
    return abs(moment - expected) < SOON


# -- CreateSecret


def test_a_new_secret_answers_with_its_arn_name_and_version(aws, account, name):
    made = aws.create_secret(Name=name, SecretString="value", ClientRequestToken=(id := token()))
    assert shape(made) == {"ARN", "Name", "VersionId"}
    assert re.fullmatch(
        rf"arn:aws:secretsmanager:us-east-1:{account}:secret:{re.escape(name)}-[A-Za-z0-9]{{6}}",
        made["ARN"],
    )
    assert (made["Name"], made["VersionId"]) == (name, id)


def test_a_secret_without_a_value_has_no_version(aws, name):
    made = aws.create_secret(Name=name)
    assert shape(made) == {"ARN", "Name"}
    assert "VersionIdsToStages" not in aws.describe_secret(SecretId=name)
    with refused("ResourceNotFoundException", no_value_for_label("AWSCURRENT")):
        aws.get_secret_value(SecretId=name)


def test_description_tags_and_key_are_described_as_given(aws, name):
    tags = [{"Key": "Project", "Value": "DriftSentry"}, {"Key": "A", "Value": ""}]
    aws.create_secret(
        Name=name, Description="what it is", KmsKeyId="alias/mine", Tags=tags, SecretString="v"
    )
    described = aws.describe_secret(SecretId=name)
    assert described["Description"] == "what it is"
    assert described["KmsKeyId"] == "alias/mine"
    assert described["Tags"] == tags


def test_the_default_key_is_not_described(aws, name):
    aws.create_secret(Name=name, SecretString="v")
    assert shape(aws.describe_secret(SecretId=name)) == {
        "ARN", "Name", "CreatedDate", "LastChangedDate", "VersionIdsToStages",
    }  # fmt: skip


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


def test_a_secret_cannot_have_both_kinds_of_value(aws, name):
    with refused("InvalidParameterException", BOTH_VALUES):
        aws.create_secret(Name=name, SecretString="v", SecretBinary=b"v")
    with refused("ResourceNotFoundException", NOT_FOUND):
        aws.describe_secret(SecretId=name)


def test_a_name_is_taken_only_once(aws, name):
    aws.create_secret(Name=name, SecretString="v")
    with refused(
        "ResourceExistsException", f"The operation failed because the secret {name} already exists."
    ):
        aws.create_secret(Name=name, SecretString="v")


def test_names_are_case_sensitive(aws, name):
    aws.create_secret(Name=name, SecretString="lower")
    aws.create_secret(Name=name.upper(), SecretString="upper")
    assert aws.get_secret_value(SecretId=name)["SecretString"] == "lower"


def test_creating_again_with_the_same_token_and_value_answers_the_same(aws, name):
    request = {"Name": name, "SecretString": "v", "ClientRequestToken": token()}
    first, second = aws.create_secret(**request), aws.create_secret(**request)
    assert {m: first[m] for m in shape(first)} == {m: second[m] for m in shape(second)}


def test_creating_again_with_the_same_token_and_another_value_is_refused(aws, name):
    id = token()
    arn = aws.create_secret(Name=name, SecretString="v", ClientRequestToken=id)["ARN"]
    with refused("ResourceExistsException", token_in_use(id, arn)):
        aws.create_secret(Name=name, SecretString="w", ClientRequestToken=id)


@pytest.mark.parametrize("bad", ["with space", "tilde~", "ümlaut", "colon:", "star*", "new\nline"])
def test_other_characters_in_a_name_are_refused(aws, bad):
    with refused("ValidationException", INVALID_NAME):
        aws.create_secret(Name=bad, SecretString="v")


@pytest.mark.parametrize("suffix", ["/_+=.@-!", "-a1b2c3", "-a1b2c3-", "-a1b2"])
def test_every_allowed_character_and_every_ending_is_accepted_in_a_name(aws, name, suffix):
    arn = aws.create_secret(Name=name + suffix, SecretString="v")["ARN"]
    assert aws.describe_secret(SecretId=name + suffix)["ARN"] == arn
    assert aws.describe_secret(SecretId=arn)["Name"] == name + suffix


def test_a_name_has_at_most_512_characters(unchecked):
    unchecked.create_secret(Name="n" * 512, SecretString="v", ClientRequestToken=token())
    with refused("ValidationException"):
        unchecked.create_secret(Name="n" * 513, SecretString="v", ClientRequestToken=token())


@pytest.mark.parametrize(
    "member, value",
    [("SecretString", "x" * 65537), ("SecretBinary", b"x" * 65537)],
    ids=["string", "binary"],
)
def test_a_value_over_65536_bytes_is_refused_and_nothing_is_stored(aws, name, member, value):
    path = member[0].lower() + member[1:]
    bound = "Member must have length less than or equal to 65536"
    with refused("ValidationException", one_violation(path, bound)):
        aws.create_secret(Name=name, **{member: value})
    with refused("ResourceNotFoundException", NOT_FOUND):
        aws.describe_secret(SecretId=name)


def test_the_size_of_a_string_is_counted_in_utf8_bytes(aws, name):
    aws.create_secret(Name=name, SecretString="é" * 32768)
    with refused("ValidationException"):
        aws.put_secret_value(SecretId=name, SecretString="é" * 32769)


def test_a_description_has_at_most_2048_characters(unchecked, name):
    unchecked.create_secret(Name=name, Description="d" * 2048, ClientRequestToken=token())
    with refused("ValidationException"):
        unchecked.update_secret(
            SecretId=name, Description="d" * 2049, ClientRequestToken=token()
        )


# -- identifying a secret


def test_a_secret_is_found_by_name_arn_and_arn_without_suffix(aws, name):
    arn = aws.create_secret(Name=name, SecretString="v")["ARN"]
    for id in (name, arn, arn[:-7]):
        assert aws.get_secret_value(SecretId=id)["ARN"] == arn


def test_an_arn_that_ends_in_hyphen_and_six_characters_is_never_taken_as_partial(aws, name):
    arn = aws.create_secret(Name=f"{name}-secret", SecretString="v")["ARN"]
    with refused("ResourceNotFoundException", NOT_FOUND):
        aws.get_secret_value(SecretId=arn[:-7])
    assert aws.get_secret_value(SecretId=arn)["SecretString"] == "v"
    assert aws.get_secret_value(SecretId=f"{name}-secret")["SecretString"] == "v"


@pytest.mark.parametrize("ending", ["-a1b2", "-a1b2c3-", "-a1b2c3d"])
def test_other_endings_do_work_as_partial_arns(aws, name, ending):
    arn = aws.create_secret(Name=name + ending, SecretString="v")["ARN"]
    assert aws.get_secret_value(SecretId=arn[:-7])["ARN"] == arn


def test_the_arn_of_an_older_secret_of_the_same_name_finds_nothing(aws, name):
    old = aws.create_secret(Name=name, SecretString="v")["ARN"]
    aws.delete_secret(SecretId=name, ForceDeleteWithoutRecovery=True)
    new = aws.create_secret(Name=name, SecretString="v")["ARN"]
    assert old != new
    with refused("ResourceNotFoundException", NOT_FOUND):
        aws.get_secret_value(SecretId=old)


def test_the_arn_of_another_region_finds_nothing(aws, name):
    arn = aws.create_secret(Name=name, SecretString="v")["ARN"]
    with refused("ResourceNotFoundException", NOT_FOUND):
        aws.get_secret_value(SecretId=arn.replace("us-east-1", "eu-west-1"))


@pytest.mark.parametrize(
    "call",
    [
        lambda aws, id: aws.describe_secret(SecretId=id),
        lambda aws, id: aws.get_secret_value(SecretId=id),
        lambda aws, id: aws.put_secret_value(SecretId=id, SecretString="v"),
        lambda aws, id: aws.update_secret(SecretId=id),
        lambda aws, id: aws.update_secret_version_stage(
            SecretId=id, VersionStage="x", MoveToVersionId=token()
        ),
        lambda aws, id: aws.list_secret_version_ids(SecretId=id),
        lambda aws, id: aws.delete_secret(SecretId=id),
        lambda aws, id: aws.restore_secret(SecretId=id),
        lambda aws, id: aws.tag_resource(SecretId=id, Tags=[{"Key": "k", "Value": "v"}]),
        lambda aws, id: aws.untag_resource(SecretId=id, TagKeys=["k"]),
    ],
    ids=["Describe", "Get", "Put", "Update", "Stage", "Versions", "Delete", "Restore", "Tag", "Untag"],
)
def test_every_operation_refuses_unknown_secrets_and_bad_names_alike(aws, name, call):
    with refused("ResourceNotFoundException", NOT_FOUND) as raised:
        call(aws, name)
    assert isinstance(raised.value, aws.exceptions.ResourceNotFoundException)
    with refused("ValidationException", INVALID_NAME):
        call(aws, "no such name?")


# -- GetSecretValue


def test_a_value_answers_with_the_date_and_labels_of_its_version(aws, name):
    made = aws.create_secret(Name=name, SecretString="one")
    got = aws.get_secret_value(SecretId=name)
    assert shape(got) == {"ARN", "Name", "VersionId", "SecretString", "VersionStages", "CreatedDate"}
    assert got["VersionId"] == made["VersionId"]
    assert got["VersionStages"] == ["AWSCURRENT"]
    assert got["CreatedDate"].tzinfo is not None and near(got["CreatedDate"], now())


def test_a_value_is_read_by_label_by_version_and_by_both(aws, name):
    first = aws.create_secret(Name=name, SecretString="one")["VersionId"]
    aws.put_secret_value(SecretId=name, SecretString="two")
    by_label = aws.get_secret_value(SecretId=name, VersionStage="AWSPREVIOUS")
    by_version = aws.get_secret_value(SecretId=name, VersionId=first)
    by_both = aws.get_secret_value(SecretId=name, VersionId=first, VersionStage="AWSPREVIOUS")
    assert [a["SecretString"] for a in (by_label, by_version, by_both)] == ["one"] * 3


def test_a_label_that_the_named_version_lacks_is_refused(aws, name):
    first = aws.create_secret(Name=name, SecretString="one")["VersionId"]
    aws.put_secret_value(SecretId=name, SecretString="two")
    with refused("InvalidRequestException", STAGE_MISMATCH):
        aws.get_secret_value(SecretId=name, VersionId=first, VersionStage="AWSCURRENT")


def test_an_unknown_label_or_version_has_no_value(aws, name):
    aws.create_secret(Name=name, SecretString="one")
    with refused("ResourceNotFoundException", no_value_for_label("nobody")):
        aws.get_secret_value(SecretId=name, VersionStage="nobody")
    with refused("ResourceNotFoundException", no_value_for_version(id := token())):
        aws.get_secret_value(SecretId=name, VersionId=id)


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


def test_describing_does_not_count_as_access(aws, name):
    aws.create_secret(Name=name, SecretString="v")
    aws.describe_secret(SecretId=name)
    aws.list_secret_version_ids(SecretId=name)
    assert "LastAccessedDate" not in aws.describe_secret(SecretId=name)


# -- UpdateSecret


def test_an_update_without_a_value_makes_no_version(aws, name):
    aws.create_secret(Name=name, SecretString="v")
    before = aws.describe_secret(SecretId=name)
    assert shape(aws.update_secret(SecretId=name, Description="new")) == {"ARN", "Name"}
    after = aws.describe_secret(SecretId=name)
    assert after["Description"] == "new"
    assert after["VersionIdsToStages"] == before["VersionIdsToStages"]


def test_an_update_of_nothing_still_moves_the_last_changed_date(aws, name):
    aws.create_secret(Name=name, SecretString="v")
    dates = []
    for _ in range(3):
        aws.update_secret(SecretId=name)
        dates.append(aws.describe_secret(SecretId=name)["LastChangedDate"])
    assert dates == sorted(set(dates)), "strictly increasing"


def test_an_update_with_a_value_makes_a_version_even_of_equal_text(aws, name):
    aws.create_secret(Name=name, SecretString="same")
    updated = aws.update_secret(SecretId=name, SecretString="same", ClientRequestToken=(id := token()))
    assert shape(updated) == {"ARN", "Name", "VersionId"}
    assert updated["VersionId"] == id
    assert len(aws.describe_secret(SecretId=name)["VersionIdsToStages"]) == 2


def test_an_empty_description_clears_it(aws, name):
    aws.create_secret(Name=name, Description="there", SecretString="v")
    aws.update_secret(SecretId=name, Description="")
    assert "Description" not in aws.describe_secret(SecretId=name)


def test_an_empty_key_goes_back_to_the_default_and_its_alias_is_echoed(aws, name):
    aws.create_secret(Name=name, KmsKeyId="alias/mine", SecretString="v")
    aws.update_secret(SecretId=name, KmsKeyId="")
    assert "KmsKeyId" not in aws.describe_secret(SecretId=name)
    aws.update_secret(SecretId=name, KmsKeyId="alias/aws/secretsmanager")
    assert aws.describe_secret(SecretId=name)["KmsKeyId"] == "alias/aws/secretsmanager"
    assert aws.get_secret_value(SecretId=name)["SecretString"] == "v"


def test_a_new_key_reencrypts_the_labelled_versions_only(aws, name):
    first = aws.create_secret(Name=name, SecretString="one")["VersionId"]
    second = aws.put_secret_value(SecretId=name, SecretString="two")["VersionId"]
    third = aws.put_secret_value(SecretId=name, SecretString="three")["VersionId"]
    aws.update_secret(SecretId=name, KmsKeyId="alias/mine")
    versions = aws.list_secret_version_ids(SecretId=name, IncludeDeprecated=True)["Versions"]
    keys = {version["VersionId"]: version["KmsKeyIds"] for version in versions}
    assert keys[first] == ["DefaultEncryptionKey"]
    assert keys[second] == keys[third] != ["DefaultEncryptionKey"]
    for version, value in ((first, "one"), (second, "two"), (third, "three")):
        assert aws.get_secret_value(SecretId=name, VersionId=version)["SecretString"] == value


def test_an_update_cannot_have_both_kinds_of_value(aws, name):
    aws.create_secret(Name=name, SecretString="v")
    with refused("InvalidParameterException", BOTH_VALUES):
        aws.update_secret(SecretId=name, SecretString="v", SecretBinary=b"v")


def test_an_update_repeated_with_its_token_changes_nothing(aws, name):
    arn = aws.create_secret(Name=name, SecretString="one")["ARN"]
    id = token()
    aws.update_secret(SecretId=name, SecretString="two", ClientRequestToken=id)
    aws.put_secret_value(SecretId=name, SecretString="three")
    again = aws.update_secret(SecretId=name, SecretString="two", ClientRequestToken=id)
    assert again["VersionId"] == id
    assert aws.get_secret_value(SecretId=name)["SecretString"] == "three"
    with refused("ResourceExistsException", token_in_use(id, arn)):
        aws.update_secret(SecretId=name, SecretString="other", ClientRequestToken=id)


# -- dates


def test_created_stays_and_changed_moves(aws, name):
    aws.create_secret(Name=name, SecretString="v")
    before = aws.describe_secret(SecretId=name)
    assert near(before["CreatedDate"], now()) and near(before["LastChangedDate"], now())
    assert before["LastChangedDate"] >= before["CreatedDate"]
    changes = [
        lambda: aws.put_secret_value(SecretId=name, SecretString="w"),
        lambda: aws.tag_resource(SecretId=name, Tags=[{"Key": "k", "Value": "v"}]),
        lambda: aws.update_secret(SecretId=name, Description="d"),
        lambda: aws.delete_secret(SecretId=name),
        lambda: aws.restore_secret(SecretId=name),
    ]
    for change in changes:
        change()
        after = aws.describe_secret(SecretId=name)
        assert after["CreatedDate"] == before["CreatedDate"]
        assert after["LastChangedDate"] > before["LastChangedDate"]
        before = after


def test_untagging_does_not_move_the_last_changed_date(aws, name):
    aws.create_secret(Name=name, Tags=[{"Key": "k", "Value": "v"}])
    before = aws.describe_secret(SecretId=name)["LastChangedDate"]
    aws.untag_resource(SecretId=name, TagKeys=["k"])
    assert aws.describe_secret(SecretId=name)["LastChangedDate"] == before


def test_dates_have_milliseconds_and_no_more(aws, name):
    aws.create_secret(Name=name, SecretString="v")
    assert aws.describe_secret(SecretId=name)["CreatedDate"].microsecond % 1000 == 0


# -- TagResource, UntagResource


def test_tags_merge_by_key_and_new_ones_are_appended(aws, name):
    aws.create_secret(Name=name, Tags=[{"Key": "a", "Value": "1"}, {"Key": "b", "Value": "2"}])
    aws.tag_resource(SecretId=name, Tags=[{"Key": "c", "Value": "3"}, {"Key": "a", "Value": "9"}])
    assert aws.describe_secret(SecretId=name)["Tags"] == [
        {"Key": "a", "Value": "9"}, {"Key": "b", "Value": "2"}, {"Key": "c", "Value": "3"},
    ]  # fmt: skip


def test_tag_keys_differ_by_case(aws, name):
    aws.create_secret(Name=name, Tags=[{"Key": "env", "Value": "1"}])
    aws.tag_resource(SecretId=name, Tags=[{"Key": "Env", "Value": "2"}])
    assert len(aws.describe_secret(SecretId=name)["Tags"]) == 2


def test_tags_are_absent_before_the_first_and_empty_after_the_last(aws, name):
    aws.create_secret(Name=name, SecretString="v")
    assert "Tags" not in aws.describe_secret(SecretId=name)
    aws.tag_resource(SecretId=name, Tags=[{"Key": "k", "Value": "v"}])
    aws.untag_resource(SecretId=name, TagKeys=["k", "never there"])
    assert aws.describe_secret(SecretId=name)["Tags"] == []


def test_untagging_an_absent_key_is_no_error(aws, name):
    aws.create_secret(Name=name, SecretString="v")
    aws.untag_resource(SecretId=name, TagKeys=["k"])


def test_a_secret_has_at_most_50_tags(aws, name):
    tags = [{"Key": f"k{number}", "Value": "v"} for number in range(51)]
    aws.create_secret(Name=name, Tags=tags[:50])
    aws.tag_resource(SecretId=name, Tags=tags[:1])
    with refused("InvalidParameterException"):
        aws.tag_resource(SecretId=name, Tags=tags[50:])
    assert len(aws.describe_secret(SecretId=name)["Tags"]) == 50


@pytest.mark.parametrize("key", ["aws:mine", "AWS:mine", "aWs:secretsmanager:x"])
def test_tag_keys_that_start_with_aws_are_reserved(aws, name, key):
    aws.create_secret(Name=name, SecretString="v")
    with refused("InvalidParameterException"):
        aws.tag_resource(SecretId=name, Tags=[{"Key": key, "Value": "v"}])


def test_a_key_twice_in_one_request_is_refused(aws, name):
    aws.create_secret(Name=name, SecretString="v")
    with refused("InvalidParameterException"):
        aws.tag_resource(SecretId=name, Tags=[{"Key": "k", "Value": "1"}, {"Key": "k", "Value": "2"}])
    assert "Tags" not in aws.describe_secret(SecretId=name)


def test_a_tag_has_a_key_of_1_to_128_and_a_value_of_at_most_256_characters(unchecked, name):
    unchecked.create_secret(Name=name, ClientRequestToken=token())
    unchecked.tag_resource(SecretId=name, Tags=[{"Key": "k" * 128, "Value": "v" * 256}])
    for key, value in (("", "v"), ("k" * 129, "v"), ("k", "v" * 257)):
        with refused("ValidationException"):
            unchecked.tag_resource(SecretId=name, Tags=[{"Key": key, "Value": value}])


# -- DeleteSecret, RestoreSecret


@pytest.mark.parametrize("request_members, days", [({}, 30), ({"RecoveryWindowInDays": 7}, 7)])
def test_the_deletion_date_is_the_end_of_the_window(aws, name, request_members, days):
    aws.create_secret(Name=name, SecretString="v")
    deleted = aws.delete_secret(SecretId=name, **request_members)
    assert shape(deleted) == {"ARN", "Name", "DeletionDate"}
    assert near(deleted["DeletionDate"], now() + days * DAY)


def test_the_deleted_date_is_the_moment_of_the_call(aws, name):
    aws.create_secret(Name=name, SecretString="v")
    aws.delete_secret(SecretId=name, RecoveryWindowInDays=7)
    described = aws.describe_secret(SecretId=name)
    assert near(described["DeletedDate"], now())
    assert len(described["VersionIdsToStages"]) == 1


@pytest.mark.parametrize("days", [-1, 0, 6, 31])
def test_a_window_outside_7_to_30_days_is_refused(aws, name, days):
    aws.create_secret(Name=name, SecretString="v")
    with refused(
        "InvalidParameterException",
        "The RecoveryWindowInDays value must be between 7 and 30 days (inclusive).",
    ):
        aws.delete_secret(SecretId=name, RecoveryWindowInDays=days)
    assert "DeletedDate" not in aws.describe_secret(SecretId=name)


def test_force_and_a_window_exclude_each_other_unless_force_is_false(aws, name):
    aws.create_secret(Name=name, SecretString="v")
    with refused(
        "InvalidParameterException",
        "You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays.",
    ):
        aws.delete_secret(SecretId=name, RecoveryWindowInDays=7, ForceDeleteWithoutRecovery=True)
    aws.delete_secret(SecretId=name, RecoveryWindowInDays=7, ForceDeleteWithoutRecovery=False)


def test_a_forced_delete_frees_the_name_at_once(aws, name):
    aws.create_secret(Name=name, SecretString="v")
    deleted = aws.delete_secret(SecretId=name, ForceDeleteWithoutRecovery=True)
    assert near(deleted["DeletionDate"], now())
    with refused("ResourceNotFoundException", NOT_FOUND):
        aws.describe_secret(SecretId=name)
    aws.create_secret(Name=name, SecretString="v")


def test_a_forced_delete_of_a_secret_that_never_was_succeeds(aws, name):
    deleted = aws.delete_secret(SecretId=name, ForceDeleteWithoutRecovery=True)
    assert deleted["Name"] == name
    assert f":secret:{name}-" in deleted["ARN"]
    assert near(deleted["DeletionDate"], now())


def test_a_scheduled_secret_can_still_be_deleted_by_force(aws, name):
    aws.create_secret(Name=name, SecretString="v")
    aws.delete_secret(SecretId=name)
    aws.delete_secret(SecretId=name, ForceDeleteWithoutRecovery=True)
    with refused("ResourceNotFoundException", NOT_FOUND):
        aws.describe_secret(SecretId=name)


def test_the_name_of_a_scheduled_secret_is_not_free(aws, name):
    aws.create_secret(Name=name, SecretString="v")
    aws.delete_secret(SecretId=name)
    with refused(
        "InvalidRequestException",
        "You can't create this secret because a secret with this name "
        "is already scheduled for deletion.",
    ):
        aws.create_secret(Name=name, SecretString="v")


@pytest.mark.parametrize(
    "call",
    [
        lambda aws, id: aws.get_secret_value(SecretId=id),
        lambda aws, id: aws.put_secret_value(SecretId=id, SecretString="w"),
        lambda aws, id: aws.update_secret(SecretId=id, Description="w"),
        lambda aws, id: aws.update_secret_version_stage(
            SecretId=id, VersionStage="x", MoveToVersionId=token()
        ),
        lambda aws, id: aws.tag_resource(SecretId=id, Tags=[{"Key": "k", "Value": "v"}]),
        lambda aws, id: aws.untag_resource(SecretId=id, TagKeys=["k"]),
        lambda aws, id: aws.delete_secret(SecretId=id),
    ],
    ids=["Get", "Put", "Update", "Stage", "Tag", "Untag", "Delete"],
)
def test_a_scheduled_secret_refuses_this_operation(aws, name, call):
    aws.create_secret(Name=name, SecretString="v")
    aws.delete_secret(SecretId=name)
    before = aws.describe_secret(SecretId=name)
    with refused("InvalidRequestException", MARKED_FOR_DELETION):
        call(aws, name)
    after = aws.describe_secret(SecretId=name)
    before.pop("ResponseMetadata"), after.pop("ResponseMetadata")
    assert after == before, "a refused operation changes nothing"


def test_a_scheduled_secret_is_still_described_and_its_versions_listed(aws, name):
    aws.create_secret(Name=name, SecretString="v")
    aws.delete_secret(SecretId=name)
    assert "DeletedDate" in aws.describe_secret(SecretId=name)
    assert len(aws.list_secret_version_ids(SecretId=name)["Versions"]) == 1


def test_a_restored_secret_is_as_it_was(aws, name):
    aws.create_secret(Name=name, SecretString="v")
    aws.delete_secret(SecretId=name)
    restored = aws.restore_secret(SecretId=name)
    assert shape(restored) == {"ARN", "Name"}
    assert "DeletedDate" not in aws.describe_secret(SecretId=name)
    assert aws.get_secret_value(SecretId=name)["SecretString"] == "v"


def test_restoring_an_active_secret_changes_nothing(aws, name):
    aws.create_secret(Name=name, SecretString="v")
    before = aws.describe_secret(SecretId=name)["LastChangedDate"]
    time.sleep(0.002)
    aws.restore_secret(SecretId=name)
    assert aws.describe_secret(SecretId=name)["LastChangedDate"] == before


# -- accounts and regions


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


def test_neither_value_is_needed_to_create_but_one_is_needed_to_put(aws, name):
    aws.create_secret(Name=name)
    with refused("InvalidRequestException", NO_VALUE):
        aws.put_secret_value(SecretId=name)
