"""ListSecrets and BatchGetSecretValue: filters, order, pages, and errors per secret."""

import pytest

from conftest import make_client
from expect import (
    MARKED_FOR_DELETION,
    NOT_FOUND,
    no_value_for_label,
    one_violation,
    refused,
    shape,
)


def listed(aws, *filters, **members) -> list[str]:
    """The names that ListSecrets answers with, over all pages, for filters (key, value, …)."""
    if filters:
        members["Filters"] = [{"Key": key, "Values": list(values)} for key, *values in filters]
    pages = aws.get_paginator("list_secrets").paginate(**members)
    return [entry["Name"] for page in pages for entry in page["SecretList"]]


def batch(aws, *filters, **members) -> list[str]:
    """The same for BatchGetSecretValue, whose pages botocore does not turn."""
    members["Filters"] = [{"Key": key, "Values": list(values)} for key, *values in filters]
    names = []
    while True:
        page = aws.batch_get_secret_value(**members)
        names += [value["Name"] for value in page["SecretValues"]]
        if "NextToken" not in page:
            return names
        members["NextToken"] = page["NextToken"]


# -- what an entry shows


def test_an_empty_account_lists_nothing(aws):
    assert aws.list_secrets()["SecretList"] == []


def test_an_entry_shows_versions_but_no_value(aws):
    made = aws.create_secret(
        Name="one", Description="d", SecretString="v", Tags=[{"Key": "k", "Value": "v"}]
    )
    (entry,) = aws.list_secrets()["SecretList"]
    assert set(entry) == {
        "ARN", "Name", "Description", "CreatedDate", "LastChangedDate", "Tags", "SecretVersionsToStages",
    }  # fmt: skip
    assert entry["ARN"] == made["ARN"]
    assert entry["SecretVersionsToStages"] == {made["VersionId"]: ["AWSCURRENT"]}


def test_only_the_callers_account_and_region_are_listed(server, aws, account):
    aws.create_secret(Name="here")
    make_client(server.url, key=account, region="eu-west-1").create_secret(Name="elsewhere")
    assert listed(aws) == ["here"]


def test_scheduled_secrets_are_listed_only_when_asked_for(aws):
    aws.create_secret(Name="stays")
    aws.create_secret(Name="goes")
    aws.delete_secret(SecretId="goes")
    assert listed(aws) == ["stays"]
    both = aws.list_secrets(IncludePlannedDeletion=True)["SecretList"]
    assert {entry["Name"]: "DeletedDate" in entry for entry in both} == {"stays": False, "goes": True}


# -- order


@pytest.fixture
def ordered(aws):
    """Created as b, a, c; changed last: b; read: a."""
    for name in "bac":
        aws.create_secret(Name=name, SecretString="v")
    aws.update_secret(SecretId="b", Description="changed")
    aws.get_secret_value(SecretId="a")
    return aws


@pytest.mark.parametrize(
    "members, order",
    [
        ({}, "bac"),
        ({"SortOrder": "asc"}, "bac"),
        ({"SortOrder": "desc"}, "cab"),
        ({"SortBy": "created-date", "SortOrder": "desc"}, "cab"),
        ({"SortBy": "name"}, "abc"),
        ({"SortBy": "name", "SortOrder": "desc"}, "cba"),
        ({"SortBy": "last-changed-date"}, "acb"),
        ({"SortBy": "last-changed-date", "SortOrder": "desc"}, "bca"),
    ],
    ids=lambda value: str(value).replace("'", ""),
)
@pytest.mark.parametrize("page", [1, 100])
def test_secrets_are_listed_in_the_order_asked_for(ordered, members, order, page):
    paging = {"PaginationConfig": {"PageSize": page}}
    assert "".join(listed(ordered, **members, **paging)) == order


def test_secrets_never_read_count_as_read_longest_ago(ordered):
    assert listed(ordered, SortBy="last-accessed-date")[-1] == "a"
    assert listed(ordered, SortBy="last-accessed-date", SortOrder="desc")[0] == "a"


@pytest.mark.parametrize(
    "member, path, values",
    [
        ("SortOrder", "sortOrder", "[asc, desc]"),
        ("SortBy", "sortBy", "[created-date, last-accessed-date, last-changed-date, name]"),
    ],
)
def test_an_unknown_order_is_refused_with_the_known_ones(aws, member, path, values):
    constraint = f"Member must satisfy enum value set: {values}"
    with refused("ValidationException", one_violation(path, constraint, "'x'")):
        aws.list_secrets(**{member: "x"})


# -- pages


@pytest.fixture
def many(aws):
    for number in range(25):
        aws.create_secret(Name=f"page/{number:02}", SecretString=f"value {number}")
    return aws


def test_pages_are_full_until_the_last(many):
    pages = list(many.get_paginator("list_secrets").paginate(PaginationConfig={"PageSize": 10}))
    assert [len(page["SecretList"]) for page in pages] == [10, 10, 5]
    assert ["NextToken" in page for page in pages] == [True, True, False]


def test_a_listing_is_resumed_where_it_was_left(many):
    pages = many.get_paginator("list_secrets")
    first = pages.paginate(PaginationConfig={"PageSize": 10, "MaxItems": 7}).build_full_result()
    rest = pages.paginate(
        PaginationConfig={"PageSize": 10, "StartingToken": first["NextToken"]}
    ).build_full_result()
    names = [entry["Name"] for part in (first, rest) for entry in part["SecretList"]]
    assert names == [f"page/{number:02}" for number in range(25)]


def test_secrets_created_or_deleted_between_pages_disturb_no_other(many):
    first = many.list_secrets(MaxResults=10, SortBy="name")
    many.create_secret(Name="page/00-new")
    many.delete_secret(SecretId="page/05", ForceDeleteWithoutRecovery=True)
    many.delete_secret(SecretId="page/09", ForceDeleteWithoutRecovery=True)
    second = many.list_secrets(MaxResults=10, SortBy="name", NextToken=first["NextToken"])
    names = [entry["Name"] for entry in second["SecretList"]]
    assert names == [f"page/{number:02}" for number in range(10, 20)]


def test_a_token_is_bound_to_the_question_it_came_from(many):
    token = many.list_secrets(MaxResults=10)["NextToken"]
    with refused("InvalidNextTokenException"):
        many.list_secrets(MaxResults=10, NextToken=token, SortBy="name")
    with refused("InvalidNextTokenException"):
        many.list_secrets(NextToken="made-up")


@pytest.mark.parametrize(
    "value, constraint",
    [
        (0, "Member must have value greater than or equal to 1"),
        (101, "Member must have value less than or equal to 100"),
    ],
)
def test_a_page_has_1_to_100_secrets(unchecked, value, constraint):
    with refused("ValidationException", one_violation("maxResults", constraint, f"'{value}'")):
        unchecked.list_secrets(MaxResults=value)


# -- filters


@pytest.fixture
def described(aws):
    """The secrets of the recorded description results."""
    for name, description in {
        "1": "a secret",
        "2": "an secret",
        "3": "asecret",
        "4": "c secret",
        "5": "one two three",
        "6": None,
    }.items():
        aws.create_secret(Name=name, **({"Description": description} if description else {}))
    return aws


@pytest.mark.parametrize(
    "value, names",
    [
        ("a", "123"),
        ("a secret", "12"),
        ("o t", "5"),
        ("t o", "5"),
        ("tw thr", "5"),
        ("hree", ""),
        ("A SECRET", "12"),
        ("!a", "456"),
        ("!c", "12356"),
    ],
)
def test_a_description_matches_by_the_beginnings_of_its_words(described, value, names):
    assert "".join(sorted(listed(described, ("description", value)))) == names


@pytest.fixture
def environments(aws):
    for environment in ("prod", "stage"):
        for secret in ("database-url", "api-keys"):
            aws.create_secret(
                Name=f"driftsentry/{environment}/{secret}",
                SecretString=f"{environment} {secret}",
                Tags=[
                    {"Key": "Project", "Value": "DriftSentry"},
                    {"Key": "Environment", "Value": {"prod": "production"}.get(environment, "staging")},
                ],
            )
    aws.create_secret(Name="Other", SecretString="other", Tags=[{"Key": "Owner", "Value": "prod team"}])
    return aws


PROD = ["driftsentry/prod/database-url", "driftsentry/prod/api-keys"]
STAGE = ["driftsentry/stage/database-url", "driftsentry/stage/api-keys"]
FILTERS = {
    "a name by its beginning": ([("name", "driftsentry/prod/")], PROD),
    "not in the middle of a name": ([("name", "prod")], []),
    "a name in its own case": ([("name", "Driftsentry"), ("name", "driftsentry")], []),
    "a name that does not begin so": ([("name", "!driftsentry/")], ["Other"]),
    "any of several values": ([("name", "driftsentry/stage", "Oth")], STAGE + ["Other"]),
    "all of several filters": ([("name", "driftsentry"), ("tag-value", "production")], PROD),
    "the same key twice": ([("name", "driftsentry"), ("name", "!driftsentry/prod")], STAGE),
    "a tag key by its beginning": ([("tag-key", "Own")], ["Other"]),
    "a tag key in its own case": ([("tag-key", "own")], []),
    "a tag value by its beginning": ([("tag-value", "prod")], PROD + ["Other"]),
    "a tag value in its own case": ([("tag-value", "Prod")], []),
    "secrets without such a tag value": ([("tag-value", "!DriftSentry")], ["Other"]),
    "everything, by a word": ([("all", "STAGING")], STAGE),
    "no owning service": ([("owning-service", "rds")], []),
    "no primary region": ([("primary-region", "us-east-1")], []),
}


@pytest.mark.parametrize("filters, names", FILTERS.values(), ids=FILTERS)
def test_a_filter_matches(environments, filters, names):
    assert sorted(listed(environments, *filters)) == sorted(names)
    assert sorted(batch(environments, *filters)) == sorted(names)


WORDS = {
    "SecretOne": {"One": True, "one": True, "secret": True, "ret": False},
    "COMPANYthings": {"COMPAN": True, "Ythings": True, "things": False, "N": False, "pany": False},
    "prod/AppBeta": {"prod": True, "app": True, "beta": True, "/": False},
}


@pytest.mark.parametrize(
    "name, word, found", [(n, word, found) for n, ws in WORDS.items() for word, found in ws.items()]
)
def test_the_filter_all_looks_at_the_words_of_a_name(aws, name, word, found):
    aws.create_secret(Name=name)
    assert listed(aws, ("all", word)) == ([name] if found else [])


def test_an_unknown_filter_is_refused_with_the_known_ones(aws):
    with refused(
        "ValidationException",
        containing="Value 'nope' at 'filters.1.member.key' failed to satisfy constraint: "
        "Member must satisfy enum value set: [",
    ):
        aws.list_secrets(Filters=[{"Key": "nope", "Values": ["x"]}])


def test_a_listing_has_at_most_10_filters_of_at_most_10_values(unchecked):
    unchecked.list_secrets(Filters=[{"Key": "name", "Values": ["x"] * 10}] * 10)
    for filters in (
        [{"Key": "name", "Values": ["x"]}] * 11,
        [{"Key": "name", "Values": ["x"] * 11}],
        [{"Key": "name", "Values": ["x" * 513]}],
        [{"Key": "name", "Values": ["no*star"]}],
    ):
        with refused("ValidationException"):
            unchecked.list_secrets(Filters=filters)


# -- BatchGetSecretValue


def test_a_batch_answers_with_values_in_the_order_asked_for(aws):
    made = {name: aws.create_secret(Name=name, SecretString=name * 2) for name in "abc"}
    aws.create_secret(Name="binary", SecretBinary=b"\0\xff")
    ids = ["c", made["a"]["ARN"], "binary", made["b"]["ARN"][:-7]]
    answer = aws.batch_get_secret_value(SecretIdList=ids)
    assert [value["Name"] for value in answer["SecretValues"]] == ["c", "a", "binary", "b"]
    assert answer["Errors"] == []
    first, _, binary, _ = answer["SecretValues"]
    assert set(first) == {"ARN", "Name", "VersionId", "SecretString", "VersionStages", "CreatedDate"}
    assert (first["SecretString"], first["VersionStages"]) == ("cc", ["AWSCURRENT"])
    assert binary["SecretBinary"] == b"\0\xff"


def test_a_secret_that_fails_does_not_fail_the_batch(aws):
    aws.create_secret(Name="good", SecretString="v")
    aws.create_secret(Name="scheduled", SecretString="v")
    aws.delete_secret(SecretId="scheduled")
    aws.create_secret(Name="empty")
    answer = aws.batch_get_secret_value(SecretIdList=["missing", "good", "scheduled", "empty"])
    assert [value["Name"] for value in answer["SecretValues"]] == ["good"]
    assert {error["SecretId"]: (error["ErrorCode"], error["Message"]) for error in answer["Errors"]} == {
        "missing": ("ResourceNotFoundException", NOT_FOUND),
        "scheduled": ("InvalidRequestException", MARKED_FOR_DELETION),
        "empty": ("ResourceNotFoundException", no_value_for_label("AWSCURRENT")),
    }


def test_a_batch_in_which_all_fail_is_still_an_answer(aws):
    answer = aws.batch_get_secret_value(SecretIdList=["missing"])
    assert answer["SecretValues"] == []
    assert len(answer["Errors"]) == 1


@pytest.mark.parametrize(
    "members", [{}, {"SecretIdList": ["a"], "Filters": [{"Key": "name", "Values": ["a"]}]}]
)
def test_a_batch_needs_either_ids_or_filters(aws, members):
    with refused(
        "InvalidParameterException",
        "Either 'SecretIdList' or 'Filters' must be provided, but not both.",
    ):
        aws.batch_get_secret_value(**members)


def test_a_page_size_is_for_filters_only(aws):
    with refused(
        "InvalidParameterException",
        "'Filters' not specified. 'Filters' must also be specified when 'MaxResults' is provided.",
    ):
        aws.batch_get_secret_value(SecretIdList=["a"], MaxResults=5)


def test_a_batch_has_at_most_20_ids_or_20_results(unchecked):
    with refused("ValidationException"):
        unchecked.batch_get_secret_value(SecretIdList=[f"id-{number}" for number in range(21)])
    with refused("ValidationException"):
        unchecked.batch_get_secret_value(Filters=[{"Key": "name", "Values": ["a"]}], MaxResults=21)


def test_a_batch_by_filter_is_read_page_by_page(many):
    names = batch(many, ("name", "page/"), MaxResults=10)
    assert sorted(names) == [f"page/{number:02}" for number in range(25)]
    assert sorted(batch(many, ("name", "page/"))) == sorted(names)


def test_a_batch_counts_as_reading(aws):
    aws.create_secret(Name="read", SecretString="v")
    aws.batch_get_secret_value(SecretIdList=["read"])
    assert "LastAccessedDate" in aws.describe_secret(SecretId="read")


def test_a_batch_answer_has_both_lists(aws):
    assert shape(aws.batch_get_secret_value(Filters=[{"Key": "name", "Values": ["x"]}])) >= {
        "SecretValues"
    }
