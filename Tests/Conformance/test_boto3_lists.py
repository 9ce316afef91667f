"""Lists, as boto3 turns their pages, and values in a batch."""

import pytest


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


def test_c27_a_batch_answers_with_values_in_no_order_to_rely_on(aws):
    made = {name: aws.create_secret(Name=name, SecretString=name * 2) for name in "abc"}
    aws.create_secret(Name="binary", SecretBinary=b"\0\xff")
    ids = ["c", made["a"]["ARN"], "binary", made["b"]["ARN"][:-7]]
    answer = aws.batch_get_secret_value(SecretIdList=ids)
    found = {value["Name"]: value for value in answer["SecretValues"]}
    assert set(found) == {"a", "b", "c", "binary"}
    assert answer["Errors"] == []
    first, binary = found["c"], found["binary"]
    assert set(first) == {"ARN", "Name", "VersionId", "SecretString", "VersionStages", "CreatedDate"}
    assert (first["SecretString"], first["VersionStages"]) == ("cc", ["AWSCURRENT"])
    assert binary["SecretBinary"] == b"\0\xff"
