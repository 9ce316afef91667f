"""AWS JSON 1.1 as it goes over the wire, where no SDK has a hand in it."""

import json
import re
import time
import uuid

import pytest

from expect import INVALID_NAME, NO_VALUE, NOT_FOUND, TOKEN_MISSING, one_violation, violation
from wire import JSON_1_1, Wire, authorization, token

BUILT = [
    "AssociateCrossAccountReplica", "DisassociateCrossAccountReplica", "BatchGetSecretValue", "CreateSecret", "DeleteSecret", "DescribeSecret", "GetRandomPassword",
    "GetSecretValue", "ListSecretVersionIds", "ListSecrets", "PutSecretValue", "RestoreSecret",
    "CancelRotateSecret", "DeleteResourcePolicy", "GetResourcePolicy", "ListResourcePolicies",
    "PutResourcePolicy", "RemoveRegionsFromReplication", "ReplicateSecretToRegions",
    "RotateSecret", "StopReplicationToReplica", "TagResource", "UntagResource", "UpdateSecret",
    "UpdateSecretVersionStage", "ValidateResourcePolicy",
]  # fmt: skip
NEEDS_SECRET_ID = sorted(
    set(BUILT)
    - {"BatchGetSecretValue", "CreateSecret", "GetRandomPassword", "ListSecrets"}
    - {"PutResourcePolicy", "ValidateResourcePolicy"}
    - {"RemoveRegionsFromReplication", "ReplicateSecretToRegions"}
    - {"AssociateCrossAccountReplica", "DisassociateCrossAccountReplica"}
)
NO_NULL = "Member must not be null"


def refused(answer, code, message=None, key="Message"):
    """The answer is this error, its text under this key and no other."""
    assert answer.status == 400, answer
    body = answer.json
    assert body["__type"] == code, body
    if message is not None:
        assert body == {"__type": code, key: message}


def invalid(answer, message):
    """The error is the framework's, which writes its key in lower case."""
    refused(answer, "ValidationException", message, key="message")


# -- answers


def test_an_answer_has_the_headers_of_the_protocol(wire, name):
    answer = wire.create(name)
    assert answer.status == 200
    assert uuid.UUID(answer.headers["x-amzn-requestid"])
    assert answer.headers["content-type"] == JSON_1_1
    assert int(answer.headers["content-length"]) == len(answer.body)
    assert re.fullmatch(r"\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT", answer.headers["date"])


def test_an_error_has_the_same_headers_and_no_error_type_header(wire, name):
    answer = wire.call("GetSecretValue", {"SecretId": name})
    assert uuid.UUID(answer.headers["x-amzn-requestid"])
    assert answer.headers["content-type"] == JSON_1_1
    assert "x-amzn-errortype" not in answer.headers
    assert answer.body == b'{"__type":"ResourceNotFoundException","Message":"%s"}' % NOT_FOUND.encode()


def test_no_two_answers_have_the_same_request_id(wire):
    ids = {wire.call("ListSecrets").headers["x-amzn-requestid"] for _ in range(20)}
    assert len(ids) == 20


def test_members_come_in_alphabetical_order_without_white_space(wire, name):
    wire.create(name, Tags=[{"Key": "k", "Value": "v"}], Description="d")
    for operation in ("GetSecretValue", "DescribeSecret", "ListSecretVersionIds"):
        body = wire.call(operation, {"SecretId": name}).body
        members = [key for key, _ in json.loads(body, object_pairs_hook=list)]
        assert members == sorted(members)
        assert not re.search(rb'[:,{\[]\s', body)


def test_members_without_a_value_are_left_out_and_never_null(wire, name):
    wire.call("CreateSecret", {"Name": name, "ClientRequestToken": token()})
    body = wire.call("DescribeSecret", {"SecretId": name}).json
    assert set(body) == {"ARN", "Name", "CreatedDate", "LastChangedDate"}


def test_dates_are_numbers_of_seconds_with_at_most_three_decimals(wire, name):
    wire.create(name)
    body = wire.call("GetSecretValue", {"SecretId": name}).body
    seconds = re.search(rb'"CreatedDate":([0-9.]+)[,}]', body)[1]
    assert re.fullmatch(rb"\d+(\.\d{1,3})?", seconds)
    assert abs(float(seconds) - time.time()) < 30
    described = wire.call("DescribeSecret", {"SecretId": name}).body
    assert re.search(rb'"LastAccessedDate":(\d+)[,}]', described), "a whole number at midnight"


def test_tagging_answers_with_nothing(wire, name):
    wire.create(name)
    tagged = wire.call("TagResource", {"SecretId": name, "Tags": [{"Key": "k", "Value": "v"}]})
    untagged = wire.call("UntagResource", {"SecretId": name, "TagKeys": ["k"]})
    for answer in (tagged, untagged):
        assert (answer.status, answer.body in (b"", b"{}")) == (200, True)


# -- targets


@pytest.mark.parametrize(
    "target",
    [None, "", "GetSecretValue", "secretsmanager.", "secretsmanager.Nope", "secretsmanager.getSecretValue",
     "SecretsManager.GetSecretValue", "kms.GetSecretValue"],
)  # fmt: skip
def test_an_unknown_target_is_an_unknown_operation_without_a_message(wire, target):
    answer = wire.post({}, x_amz_target=target)
    assert (answer.status, answer.body) == (400, b'{"__type":"UnknownOperationException"}')


@pytest.mark.parametrize("operation", BUILT)
def test_an_operation_that_is_built_is_known(wire, operation):
    answer = wire.call(operation, {})
    assert answer.status in (200, 400)
    assert answer.json.get("__type") != "UnknownOperationException"


def test_the_path_is_not_looked_at(wire, name):
    wire.create(name)
    answer = wire.call("GetSecretValue", {"SecretId": name}, path="/any/where?x=y")
    assert answer.json["SecretString"] == "value"


# -- content types and bodies


@pytest.mark.parametrize("content_type", [None, "application/x-amz-json-1.0", "text/plain"])
def test_another_content_type_is_an_unknown_operation_in_xml(wire, content_type):
    answer = wire.call("ListSecrets", content_type=content_type)
    assert answer.status == 404
    assert answer.body == b"<UnknownOperationException/>\n"


def test_a_parameter_of_the_content_type_is_not_looked_at(wire):
    answer = wire.call("ListSecrets", content_type="application/x-amz-json-1.1; charset=utf-8")
    assert answer.status == 200


@pytest.mark.parametrize(
    "body",
    ["", "null", '"text"', "7", "true", '{"SecretId":"x"', '{"SecretId":"x",}', "{'SecretId':'x'}",
     '{"SecretId":"x"} x', '{"SecretId":"\t"}', '{"SecretId":"\\ud800"}', "\ufeff{}", "{" * 5000],
    ids=["empty", "null", "string", "number", "true", "truncated", "trailing comma", "single quotes",
         "rest", "control character", "half a surrogate pair", "byte order mark", "deep"],
)  # fmt: skip
def test_what_is_no_json_object_is_refused_without_a_message(wire, body):
    answer = wire.call("DescribeSecret", body)
    assert (answer.status, answer.body) == (400, b'{"__type":"SerializationException"}')


def test_bytes_that_are_no_utf8_are_refused(wire):
    answer = wire.call("DescribeSecret", b'{"SecretId":"\xff\xfe"}')
    assert (answer.status, answer.body) == (400, b'{"__type":"SerializationException"}')


def test_a_json_array_is_refused_with_a_message(wire):
    refused(
        wire.call("ListSecrets", "[]"),
        "SerializationException",
        "Start of list found where not expected",
    )


def test_the_body_is_read_before_the_target(wire):
    refused(wire.call("Nope", "{"), "SerializationException")


def test_an_unknown_member_is_not_looked_at(wire, name):
    assert wire.create(name, Colour="blue", Deep={"er": [1, None]}).status == 200


def test_null_is_the_same_as_absent(wire, name):
    assert wire.create(name, Description=None, SecretBinary=None, Tags=None).status == 200
    assert "Description" not in wire.call("DescribeSecret", {"SecretId": name}).json


def test_member_names_are_case_sensitive(wire, name):
    wire.create(name)
    invalid(
        wire.call("DescribeSecret", {"secretId": name}), one_violation("secretId", NO_NULL, "null")
    )


def test_of_duplicate_members_the_last_wins(wire, name):
    wire.create(name)
    answer = wire.call("DescribeSecret", '{"SecretId":"nobody","SecretId":"%s"}' % name)
    assert answer.json["Name"] == name


# -- types

A_LIST = "Start of list found where not expected"
AN_OBJECT = "Start of structure or map found where not expected."
TYPES = [
    ("DescribeSecret", {"SecretId": 7}, "NUMBER_VALUE can not be converted to a String"),
    ("DescribeSecret", {"SecretId": 7.5}, "NUMBER_VALUE can not be converted to a String"),
    ("DescribeSecret", {"SecretId": True}, "TRUE_VALUE can not be converted to a String"),
    ("DescribeSecret", {"SecretId": False}, "FALSE_VALUE can not be converted to a String"),
    ("DescribeSecret", {"SecretId": ["x"]}, A_LIST),
    ("DescribeSecret", {"SecretId": {"x": 1}}, AN_OBJECT),
    ("ListSecrets", {"MaxResults": "5"}, "STRING_VALUE can not be converted to an Integer"),
    ("ListSecrets", {"MaxResults": True}, "TRUE_VALUE can not be converted to an Integer"),
    ("ListSecrets", {"MaxResults": [5]}, A_LIST),
    ("ListSecrets", {"MaxResults": {}}, AN_OBJECT),
    ("TagResource", {"SecretId": "x", "Tags": "k"}, "Expected list or null"),
    ("TagResource", {"SecretId": "x", "Tags": 7}, "Expected list or null"),
    ("TagResource", {"SecretId": "x", "Tags": {}}, AN_OBJECT),
    ("TagResource", {"SecretId": "x", "Tags": ["k"]}, "Expected null"),
    ("TagResource", {"SecretId": "x", "Tags": [[]]}, A_LIST),
    ("TagResource", {"SecretId": "x", "Tags": [{"Key": 7}]}, "NUMBER_VALUE can not be converted to a String"),
    ("UntagResource", {"SecretId": "x", "TagKeys": [True]}, "TRUE_VALUE can not be converted to a String"),
]  # fmt: skip


@pytest.mark.parametrize("operation, members, message", TYPES, ids=[str(row[1]) for row in TYPES])
def test_a_wrong_type_is_told_by_the_kind_of_the_value(wire, operation, members, message):
    refused(wire.call(operation, members), "SerializationException", message)


def test_a_wrong_type_wins_over_a_broken_constraint(wire):
    refused(
        wire.call("CreateSecret", {"Name": "", "Description": 7}),
        "SerializationException",
        "NUMBER_VALUE can not be converted to a String",
    )


def test_a_binary_that_is_no_base64_is_refused(wire, name):
    members = {"Name": name, "ClientRequestToken": token(), "SecretBinary": "no base64!"}
    refused(wire.call("CreateSecret", members), "SerializationException")
    assert not wire.exists(name)


def test_a_fraction_is_cut_off_where_an_integer_is_expected(wire):
    assert wire.call("ListSecrets", {"MaxResults": 1.5}).status == 200


def test_an_integer_out_of_range_is_a_broken_constraint(wire):
    invalid(
        wire.call("ListSecrets", {"MaxResults": 2147483647}),
        one_violation(
            "maxResults", "Member must have value less than or equal to 100", "'2147483647'"
        ),
    )


# -- constraints


@pytest.mark.parametrize("operation", NEEDS_SECRET_ID)
def test_a_missing_secret_id_is_null(wire, operation):
    answer = wire.call(operation, {"ClientRequestToken": token()})
    assert answer.json["__type"] == "ValidationException"
    assert violation("secretId", NO_NULL, "null") in answer.json["message"]


def test_a_missing_name_is_null(wire):
    invalid(
        wire.call("CreateSecret", {"ClientRequestToken": token()}),
        one_violation("name", NO_NULL, "null"),
    )


def test_broken_constraints_are_told_all_at_once(wire):
    answer = wire.call("UpdateSecretVersionStage", {"MoveToVersionId": "short"})
    refused(answer, "ValidationException")
    count, items = answer.json["message"].split(": ", 1)
    assert count == "3 validation errors detected"
    assert sorted(items.split("; ")) == sorted(
        [
            violation("secretId", NO_NULL, "null"),
            violation("versionStage", NO_NULL, "null"),
            violation(
                "moveToVersionId", "Member must have length greater than or equal to 32", "'short'"
            ),
        ]
    )


CONSTRAINTS = [
    ("DescribeSecret", {"SecretId": ""}, "secretId", "length greater than or equal to 1", "''"),
    ("DescribeSecret", {"SecretId": "x" * 2049}, "secretId", "length less than or equal to 2048", f"'{'x' * 2049}'"),
    ("GetSecretValue", {"SecretId": "x", "VersionStage": ""}, "versionStage", "length greater than or equal to 1", "''"),
    ("GetSecretValue", {"SecretId": "x", "VersionId": "short"}, "versionId", "length greater than or equal to 32", "'short'"),
    ("ListSecrets", {"MaxResults": 0}, "maxResults", "value greater than or equal to 1", "'0'"),
    ("GetRandomPassword", {"PasswordLength": 5000}, "passwordLength", "value less than or equal to 4096", "'5000'"),
]  # fmt: skip


@pytest.mark.parametrize(
    "operation, members, path, bound, value", CONSTRAINTS, ids=[f"{c[0]} {c[2]} {c[3]}" for c in CONSTRAINTS]
)
def test_a_broken_bound_is_told_with_the_value(wire, operation, members, path, bound, value):
    invalid(wire.call(operation, members), one_violation(path, f"Member must have {bound}", value))


def test_a_secret_value_is_never_repeated_in_an_error(wire, name):
    value = "hush" * 16385
    answer = wire.create(name, value)
    invalid(
        answer,
        one_violation("secretString", "Member must have length less than or equal to 65536"),
    )
    assert b"hush" not in answer.body


# -- tokens


@pytest.mark.parametrize("operation", ["CreateSecret", "PutSecretValue", "UpdateSecret"])
def test_a_missing_token_is_told_before_the_secret_is_looked_up(wire, name, operation):
    id = "Name" if operation == "CreateSecret" else "SecretId"
    answer = wire.call(operation, {id: name, "SecretString": "v"})
    refused(answer, "InvalidRequestException", TOKEN_MISSING)
    assert not wire.exists(name)


@pytest.mark.parametrize(
    "token, bound",
    [("short", "greater than or equal to 32"), ("x" * 65, "less than or equal to 64")],
    ids=["short", "long"],
)
def test_a_token_has_32_to_64_characters(wire, name, token, bound):
    answer = wire.create(name, ClientRequestToken=token)
    constraint = f"Member must have length {bound}"
    invalid(answer, one_violation("clientRequestToken", constraint, f"'{token}'"))


def test_a_bad_name_is_told_before_a_missing_token(wire):
    answer = wire.call("CreateSecret", {"Name": "bad name", "SecretString": "v"})
    refused(answer, "ValidationException")
    assert INVALID_NAME in answer.json.values()


def test_neither_value_is_refused_after_the_secret_is_looked_up(wire, name):
    members = {"SecretId": name, "ClientRequestToken": token()}
    refused(wire.call("PutSecretValue", members), "ResourceNotFoundException", NOT_FOUND)
    wire.create(name)
    refused(wire.call("PutSecretValue", members), "InvalidRequestException", NO_VALUE)


# -- who calls


def test_account_and_region_come_from_the_credential_scope(wire, name):
    members = {"Name": name, "ClientRequestToken": token()}
    header = authorization(key="123456789012", region="ap-south-1")
    arn = wire.call("CreateSecret", members, authorization=header).json["ARN"]
    assert arn.startswith("arn:aws:secretsmanager:ap-south-1:123456789012:secret:")


@pytest.mark.parametrize("header", [None, "", "Basic dXNlcjpwYXNz", "AWS4-HMAC-SHA256 Credential=x"])
def test_an_unsigned_call_is_the_root_of_the_default_account(wire, name, header):
    members = {"Name": name, "ClientRequestToken": token()}
    arn = wire.call("CreateSecret", members, authorization=header).json["ARN"]
    assert arn.startswith("arn:aws:secretsmanager:us-east-1:000000000000:secret:")


def caller(wire, **fields):
    form = "&".join(f"{name}={value}" for name, value in fields.items())
    return wire.post(form, content_type="application/x-www-form-urlencoded; charset=utf-8")


def test_get_caller_identity_speaks_the_query_protocol(wire):
    answer = caller(wire, Action="GetCallerIdentity", Version="2011-06-15")
    assert answer.status == 200
    assert answer.headers["content-type"].startswith("text/xml")
    assert b"<Account>000000000000</Account>" in answer.body
    assert b"<Arn>arn:aws:iam::000000000000:root</Arn>" in answer.body


def test_another_action_is_refused_in_xml(wire):
    answer = caller(wire, Action="RunInstances", Version="2016-11-15")
    assert answer.status == 400
    assert b"RunInstances" in answer.body and b"<Error>" in answer.body


def test_what_the_numbers_of_a_list_leave_out_is_null(wire):
    """C79."""
    fields = {"TagKeys.member.1": "a", "TagKeys.member.3": "b"}
    answer = caller(wire, Action="UntagUser", Version="2010-05-08", UserName="nobody", **fields)
    assert answer.status == 400
    assert b"<Code>ValidationError</Code>" in answer.body
    assert b"[a, null, b]" in answer.body and b"Member must not be null" in answer.body


def test_a_signed_get_names_no_operation(wire):
    answer = wire.request("GET", "/", headers={"Authorization": authorization()})
    assert answer.status == 403
    assert b"Unable to determine service/operation name to be authorized" in answer.body


def test_an_unsigned_get_of_the_root_answers_one_helpful_line(wire):
    answer = wire.request("GET", "/")
    assert answer.status == 200
    assert answer.headers["content-type"].startswith("text/plain")
    assert answer.body.count(b"\n") == 1 and answer.body.endswith(b"\n")
    assert answer.body.startswith(b"Pocketvault")


# -- connections


def test_a_connection_serves_many_calls(wire, name):
    wire.create(name)
    socket = wire.connection.sock
    for _ in range(50):
        assert wire.call("GetSecretValue", {"SecretId": name}).status == 200
    assert wire.connection.sock is socket


def test_sixteen_connections_read_and_write_at_once(server, name):
    from concurrent.futures import ThreadPoolExecutor

    def work(number):
        with Wire(server.url) as wire:
            own = f"{name}/{number}"
            wire.create(own, f"value {number}")
            for round in range(20):
                put = {"SecretId": own, "SecretString": f"{number} {round}", "ClientRequestToken": token()}
                assert wire.call("PutSecretValue", put).status == 200
                got = wire.call("GetSecretValue", {"SecretId": own}).json
                assert got["SecretString"] == f"{number} {round}"

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(work, range(16)))
