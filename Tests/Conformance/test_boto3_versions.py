"""Versions and their staging labels: the state machine of AWS, transition by transition."""

import uuid

import pytest

from expect import (
    BOTH_VALUES,
    no_value_for_version,
    refused,
    shape,
    token_in_use,
)

CURRENT, PREVIOUS, PENDING = "AWSCURRENT", "AWSPREVIOUS", "AWSPENDING"


class Versions:
    """A secret whose versions are called v1, v2, … ; each holds its own name as its value."""

    def __init__(self, aws, name):
        self.aws, self.name = aws, name
        self.tokens: dict[str, str] = {}

    def token(self, version: str) -> str:
        return self.tokens.setdefault(version, str(uuid.uuid4()))

    def create(self, version=None):
        value = {"SecretString": version, "ClientRequestToken": self.token(version)} if version else {}
        self.arn = self.aws.create_secret(Name=self.name, **value)["ARN"]
        return self

    def put(self, version, *labels):
        named = {"VersionStages": list(labels)} if labels else {}
        return self.aws.put_secret_value(
            SecretId=self.name, ClientRequestToken=self.token(version), SecretString=version, **named
        )

    def update(self, version):
        return self.aws.update_secret(
            SecretId=self.name, ClientRequestToken=self.token(version), SecretString=version
        )

    def move(self, label, source=None, target=None):
        ids = {}
        if source:
            ids["RemoveFromVersionId"] = self.token(source)
        if target:
            ids["MoveToVersionId"] = self.token(target)
        return self.aws.update_secret_version_stage(SecretId=self.name, VersionStage=label, **ids)

    def labels(self) -> dict[str, set[str]]:
        """Labels by version, of the labelled versions; checked to agree wherever they show."""
        called = {token: version for version, token in self.tokens.items()}
        described = self.aws.describe_secret(SecretId=self.name).get("VersionIdsToStages", {})
        listed = self.aws.list_secret_version_ids(SecretId=self.name)["Versions"]
        assert {v["VersionId"]: sorted(v["VersionStages"]) for v in listed} == {
            token: sorted(labels) for token, labels in described.items()
        }
        held = [label for labels in described.values() for label in labels]
        assert len(held) == len(set(held)), "a label is on one version at most"
        for token, labels in described.items():
            for label in labels:
                read = self.aws.get_secret_value(SecretId=self.name, VersionStage=label)
                assert (read["VersionId"], read["SecretString"]) == (token, called[token])
        return {called[token]: set(labels) for token, labels in described.items()}

    def deprecated(self) -> set[str]:
        """The versions without a label; each must still be readable by its id."""
        called = {token: version for version, token in self.tokens.items()}
        listed = self.aws.list_secret_version_ids(SecretId=self.name, IncludeDeprecated=True)
        unlabelled = {v["VersionId"] for v in listed["Versions"] if "VersionStages" not in v}
        for token in unlabelled:
            read = self.aws.get_secret_value(SecretId=self.name, VersionId=token)
            assert read["SecretString"] == called[token]
            assert "VersionStages" not in read
        return {called[token] for token in unlabelled}


@pytest.fixture
def versions(aws, name):
    return Versions(aws, name)


def t1(v):
    v.create("v1")


def t2(v):
    v.create()
    v.put("v1")


def t3_put(v):
    v.create("v1")
    v.put("v2")


def t3_update(v):
    v.create("v1")
    v.update("v2")


def t4_put(v):
    t3_put(v)
    v.put("v3")


def t4_update(v):
    t3_update(v)
    v.update("v3")


def t5(v):
    v.create("v1")
    v.put("v2", PENDING)


def t6(v):
    t5(v)
    v.move(CURRENT, "v1", "v2")


def t7(v):
    t6(v)
    v.put("v3")


def t8(v):
    t6(v)
    v.put("v3", PENDING)


def t9(v):
    t3_put(v)
    v.put("v3", PENDING)
    v.move(CURRENT, "v2", "v3")


def t10(v):
    v.create("v1")
    v.put("v2", CURRENT, "x")


def t11(v):
    v.create("v1")
    v.put("v2", PENDING, "a", "b")
    v.move(CURRENT, "v1", "v2")


def t12(v):
    v.create("v1")
    v.put("v2", CURRENT, "a", "b")
    v.put("v3", PENDING, "c")
    v.move(CURRENT, "v2", "v3")


def t13(v):
    v.create("v1")
    v.put("v2", "one", "two", "three")
    v.put("v3", "one", "two", "four")


def t14(v):
    v.create("v1")
    v.put("v2", "one", "two", "three")
    v.put("v3", "one", "two", "three", "four")


def t15(v):
    v.create("v1")
    v.put("v2", CURRENT, "PENDING")
    v.move("PENDING", source="v2")


def t16(v):
    t5(v)
    v.put("v3")


def t17(v):
    t3_put(v)
    v.move(CURRENT, "v2", "v1")


def t18(v):
    v.create("v1")
    v.put("v2", "x")


TRANSITIONS = [
    (t1, {"v1": {CURRENT}}, set()),
    (t2, {"v1": {CURRENT}}, set()),
    (t3_put, {"v1": {PREVIOUS}, "v2": {CURRENT}}, set()),
    (t3_update, {"v1": {PREVIOUS}, "v2": {CURRENT}}, set()),
    (t4_put, {"v2": {PREVIOUS}, "v3": {CURRENT}}, {"v1"}),
    (t4_update, {"v2": {PREVIOUS}, "v3": {CURRENT}}, {"v1"}),
    (t5, {"v1": {CURRENT}, "v2": {PENDING}}, set()),
    (t6, {"v1": {PREVIOUS}, "v2": {CURRENT, PENDING}}, set()),
    (t7, {"v2": {PREVIOUS}, "v3": {CURRENT}}, {"v1"}),
    (t8, {"v1": {PREVIOUS}, "v2": {CURRENT}, "v3": {PENDING}}, set()),
    (t9, {"v2": {PREVIOUS}, "v3": {CURRENT, PENDING}}, {"v1"}),
    (t10, {"v1": {PREVIOUS}, "v2": {CURRENT, "x"}}, set()),
    (t11, {"v1": {PREVIOUS}, "v2": {CURRENT, PENDING, "a", "b"}}, set()),
    (t12, {"v2": {PREVIOUS, "a", "b"}, "v3": {CURRENT, PENDING, "c"}}, {"v1"}),
    (t13, {"v1": {CURRENT}, "v2": {"three"}, "v3": {"one", "two", "four"}}, set()),
    (t14, {"v1": {CURRENT}, "v3": {"one", "two", "three", "four"}}, {"v2"}),
    (t15, {"v1": {PREVIOUS}, "v2": {CURRENT}}, set()),
    (t16, {"v1": {PREVIOUS}, "v3": {CURRENT}}, {"v2"}),
    (t17, {"v1": {CURRENT}, "v2": {PREVIOUS}}, set()),
    (t18, {"v1": {CURRENT}, "v2": {"x"}}, set()),
]


@pytest.mark.parametrize(
    "calls, labels, deprecated", TRANSITIONS, ids=[row[0].__name__.upper() for row in TRANSITIONS]
)
def test_labels_move_as_they_do_at_aws(versions, calls, labels, deprecated):
    calls(versions)
    assert versions.labels() == labels
    assert versions.deprecated() == deprecated


# -- PutSecretValue


def test_a_put_answers_with_the_labels_of_its_version(versions):
    versions.create("v1")
    answer = versions.put("v2")
    assert shape(answer) == {"ARN", "Name", "VersionId", "VersionStages"}
    assert (answer["VersionId"], answer["VersionStages"]) == (versions.token("v2"), [CURRENT])
    assert sorted(versions.put("v3", "b", "a")["VersionStages"]) == ["a", "b"]


def test_a_put_repeated_with_its_token_changes_nothing(versions):
    versions.create("v1")
    versions.put("v2")
    versions.put("v3")
    assert versions.put("v2")["VersionId"] == versions.token("v2")
    assert versions.labels() == {"v2": {PREVIOUS}, "v3": {CURRENT}}


def test_a_repeated_put_adds_the_label_that_it_names(versions):
    versions.create("v1")
    versions.put("v2")
    assert "x" in versions.put("v2", "x")["VersionStages"]
    assert versions.labels() == {"v1": {PREVIOUS}, "v2": {CURRENT, "x"}}


def test_a_token_is_not_taken_twice_for_other_values(versions):
    versions.create("v1")
    with refused("ResourceExistsException", token_in_use(versions.token("v1"), versions.arn)):
        versions.aws.put_secret_value(
            SecretId=versions.name, ClientRequestToken=versions.token("v1"), SecretString="other"
        )


def test_the_same_bytes_as_string_and_as_binary_are_different_values(versions):
    versions.create("v1")
    with refused("ResourceExistsException"):
        versions.aws.put_secret_value(
            SecretId=versions.name, ClientRequestToken=versions.token("v1"), SecretBinary=b"v1"
        )


def test_a_token_need_not_be_a_uuid(versions):
    versions.tokens["v2"] = "terraform-20261123201456925800000009"
    versions.create("v1")
    assert versions.put("v2")["VersionId"] == "terraform-20261123201456925800000009"


def test_a_put_cannot_have_both_kinds_of_value(versions):
    versions.create("v1")
    with refused("InvalidParameterException", BOTH_VALUES):
        versions.aws.put_secret_value(SecretId=versions.name, SecretString="v", SecretBinary=b"v")


def test_labels_that_start_with_aws_are_free_text(versions):
    versions.create("v1")
    versions.put("v2", "AWSSOMETHING")
    assert versions.labels() == {"v1": {CURRENT}, "v2": {"AWSSOMETHING"}}


def test_a_string_can_be_followed_by_a_binary(versions):
    versions.create("v1")
    versions.aws.put_secret_value(SecretId=versions.name, SecretBinary=b"\0\xff")
    got = versions.aws.get_secret_value(SecretId=versions.name)
    assert got["SecretBinary"] == b"\0\xff"


# -- UpdateSecretVersionStage


def test_a_stage_move_answers_with_arn_and_name(versions):
    versions.create("v1")
    answer = versions.move("x", target="v1")
    assert shape(answer) == {"ARN", "Name"}
    assert versions.labels() == {"v1": {CURRENT, "x"}}


@pytest.mark.parametrize("label", [CURRENT, "x"])
def test_a_label_that_sits_elsewhere_must_be_removed_explicitly(versions, label):
    versions.create("v1")
    versions.put("v2", "y")
    if label == "x":
        versions.move("x", target="v1")
    before = versions.labels()
    with refused(
        "InvalidParameterException",
        "The parameter RemoveFromVersionId can't be empty. Staging label "
        f"{label} is currently attached to version {versions.token('v1')}, "
        "so you must explicitly reference that version in RemoveFromVersionId.",
    ):
        versions.move(label, target="v2")
    assert versions.labels() == before


def test_a_label_is_not_removed_from_a_version_that_lacks_it(versions):
    versions.create("v1")
    versions.put("v2", "x")
    with refused("InvalidParameterException"):
        versions.move("x", source="v1", target="v2")
    assert versions.labels() == {"v1": {CURRENT}, "v2": {"x"}}


def test_awscurrent_is_never_removed(versions):
    versions.create("v1")
    with refused(
        "InvalidParameterException",
        "You can only move staging label AWSCURRENT to a different secret version. "
        "It can’t be completely removed.",
    ):
        versions.move(CURRENT, source="v1")
    assert versions.labels() == {"v1": {CURRENT}}


def test_a_version_that_loses_its_last_label_is_deprecated(versions):
    versions.create("v1")
    versions.put("v2", "x")
    versions.move("x", source="v2")
    assert versions.labels() == {"v1": {CURRENT}}
    assert versions.deprecated() == {"v2"}


def test_a_deprecated_version_can_be_labelled_again(versions):
    t4_put(versions)
    versions.move("x", target="v1")
    assert versions.labels() == {"v1": {"x"}, "v2": {PREVIOUS}, "v3": {CURRENT}}
    versions.move(CURRENT, "v3", "v1")
    assert versions.labels() == {"v1": {CURRENT, "x"}, "v3": {PREVIOUS}}


def test_awspending_and_awsprevious_can_be_removed(versions):
    t6(versions)
    versions.move(PENDING, source="v2")
    assert versions.labels() == {"v1": {PREVIOUS}, "v2": {CURRENT}}
    versions.move(PREVIOUS, source="v1")
    assert versions.labels() == {"v2": {CURRENT}}


def test_moving_a_label_to_where_it_is_changes_nothing(versions):
    versions.create("v1")
    versions.move(CURRENT, target="v1")
    assert versions.labels() == {"v1": {CURRENT}}


def test_a_stage_move_needs_a_version(versions):
    versions.create("v1")
    with refused("InvalidParameterException"):
        versions.move("x")


def test_an_unknown_version_is_named_in_the_refusal(versions):
    versions.create("v1")
    with refused("ResourceNotFoundException", no_value_for_version(versions.token("never"))):
        versions.move("x", target="never")


def test_a_secret_has_at_most_20_labels(versions):
    versions.create("v1")
    versions.put("v2", *(f"label-{number}" for number in range(19)))
    with refused("LimitExceededException"):
        versions.put("v3", "one-more")
    with refused("LimitExceededException"):
        versions.move("one-more", target="v2")
    assert sum(map(len, versions.labels().values())) == 20


def test_a_request_has_1_to_20_labels_of_1_to_256_characters(versions):
    versions.create("v1")
    too_many = [f"label-{number}" for number in range(21)]
    for labels in (too_many, ["x" * 257]):
        with refused("ValidationException"):
            versions.put("v2", *labels)
    versions.put("v2", "x" * 256)


def test_the_101st_version_of_a_day_is_refused(versions):
    versions.create("v1")
    for number in range(2, 101):
        versions.put(f"v{number}")
    with refused("LimitExceededException"):
        versions.put("v101")
    assert versions.labels() == {"v99": {PREVIOUS}, "v100": {CURRENT}}
    assert versions.put("v100")["VersionId"] == versions.token("v100"), "a repetition needs no room"


# -- ListSecretVersionIds


def test_a_listed_version_shows_its_labels_its_date_and_its_key(versions):
    versions.create("v1")
    answer = versions.aws.list_secret_version_ids(SecretId=versions.name)
    assert shape(answer) == {"ARN", "Name", "Versions"}
    (version,) = answer["Versions"]
    assert set(version) == {"VersionId", "VersionStages", "CreatedDate", "KmsKeyIds"}
    assert version["KmsKeyIds"] == ["DefaultEncryptionKey"]


def test_versions_come_newest_first_and_with_deprecated_ones_oldest_first(versions):
    t4_put(versions)

    def listed(**members):
        answer = versions.aws.list_secret_version_ids(SecretId=versions.name, **members)
        return [version["VersionId"] for version in answer["Versions"]]

    v1, v2, v3 = (versions.token(version) for version in ("v1", "v2", "v3"))
    assert listed() == [v3, v2]
    assert listed(IncludeDeprecated=True) == [v1, v2, v3]


def test_versions_are_listed_page_by_page(versions):
    versions.create("v1")
    for number in range(2, 8):
        versions.put(f"v{number}")
    seen, more = [], {}
    while True:
        page = versions.aws.list_secret_version_ids(
            SecretId=versions.name, IncludeDeprecated=True, MaxResults=3, **more
        )
        assert len(page["Versions"]) <= 3
        seen += [version["VersionId"] for version in page["Versions"]]
        if "NextToken" not in page:
            break
        more = {"NextToken": page["NextToken"]}
    assert seen == [versions.token(f"v{number}") for number in range(1, 8)]


def test_a_made_up_token_for_the_next_page_is_refused(versions):
    versions.create("v1")
    with refused("InvalidNextTokenException"):
        versions.aws.list_secret_version_ids(SecretId=versions.name, NextToken="made-up")


def test_a_secret_without_versions_lists_none(versions):
    versions.create()
    assert versions.aws.list_secret_version_ids(SecretId=versions.name)["Versions"] == []
