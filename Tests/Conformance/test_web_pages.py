"""What the pages that a developer has open may do to the server on the same machine: nothing."""

import json

import pytest

from wire import JSON_1_1, authorization, token

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
JSON = {"Content-Type": "application/json"}
IAM = "Version=2010-05-08"
ROOT_USER = "arn:aws:iam::000000000000:root"
SENTENCE = b"The Origin of this request is not one of this server"

# Every door, each with a request that is served when no page sends it.
SURFACES = {
    "AWS JSON": ("POST", "/", {"Content-Type": JSON_1_1, "X-Amz-Target": "secretsmanager.ListSecrets"}, "{}"),
    "query, by a form": ("POST", "/", FORM, f"Action=ListUsers&{IAM}"),
    "query, by an address": ("GET", f"/?Action=ListUsers&{IAM}", {}, None),
    "the line for people": ("GET", "/", {}, None),
    "health": ("GET", "/_pocketvault/health", {}, None),
    "health as of LocalStack": ("HEAD", "/_localstack/health", {}, None),
    "health for anybody": ("GET", "/health", {}, None),
    "readiness": ("GET", "/_pocketvault/ready", {}, None),
    "the clock": ("GET", "/_pocketvault/clock", {}, None),
    "moving the clock": ("POST", "/_pocketvault/clock", JSON, '{"reset":true}'),
    "the trail": ("GET", "/_pocketvault/audit", {}, None),
    "the trail's chain": ("GET", "/_pocketvault/audit/verify", {}, None),
    "simulation": (
        "POST",
        "/_pocketvault/policy/simulate",
        JSON,
        json.dumps({"principal": ROOT_USER, "action": "secretsmanager:ListSecrets"}),
    ),
    "suggestion": ("GET", f"/_pocketvault/policy/suggest?principal={ROOT_USER}", {}, None),
    "a seed of the vault": ("GET", "/_pocketvault/seed?values=true", {}, None),
    "applying seeds": (
        "POST",
        "/_pocketvault/seed",
        JSON,
        json.dumps({"documents": [{"text": '{"version":1,"account":"999999999999"}'}]}),
    ),
    "reset": ("POST", "/_pocketvault/reset", JSON, '{"erase":true,"account":"999999999999"}'),
    "moto's reset": ("POST", "/moto-api/reset", FORM, '{"erase":true,"account":"999999999999"}'),
}

# What browsers add to the requests of pages that are not this server's.
FOREIGN = {
    "a picture of another site": {"Sec-Fetch-Site": "cross-site"},
    "a picture of another port": {"Sec-Fetch-Site": "same-site"},
    "a page of another site": {"Origin": "http://evil.example"},
    "a page of another port": {"Origin": "http://localhost:3000"},
    "a page of a port without a number": {"Origin": "http://127.0.0.1"},
    "a page without an origin": {"Origin": "null"},
    "a page that borrows the Origin": {"Sec-Fetch-Site": "cross-site", "Origin": "own"},
}


def ask(wire, surface, **headers):
    method, path, fields, body = SURFACES[surface]
    own = f"http://{wire.host}:{wire.port}"
    sent = {name: own if value == "own" else value for name, value in headers.items()}
    return wire.request(method, path, body, fields | sent)


@pytest.mark.parametrize("surface", SURFACES)
def test_every_surface_answers_those_who_are_no_page(wire, surface):
    assert ask(wire, surface).status == 200


@pytest.mark.parametrize("surface", SURFACES)
def test_every_surface_answers_the_pages_of_this_server(wire, surface):
    for headers in (
        {"Sec-Fetch-Site": "none"},
        {"Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "same-origin", "Origin": "own"},
    ):
        assert ask(wire, surface, **headers).status == 200, headers


@pytest.mark.parametrize("surface", SURFACES)
@pytest.mark.parametrize("page", FOREIGN)
def test_no_surface_answers_another_page(wire, surface, page):
    answer = ask(wire, surface, **FOREIGN[page])
    assert answer.status == 403
    # The answer to a HEAD has no body.
    assert SENTENCE in answer.body or SURFACES[surface][0] == "HEAD"


@pytest.mark.parametrize("page", FOREIGN)
def test_another_page_changes_nothing(wire, name, page):
    wire.create(name)
    own = f"http://{wire.host}:{wire.port}"
    headers = {key: own if value == "own" else value for key, value in FOREIGN[page].items()}
    user = f"page-{token()}"
    clock = wire.request("GET", "/_pocketvault/clock").json["rate"]
    for method, path, fields, body in (
        ("POST", "/", FORM, f"Action=CreateUser&{IAM}&UserName={user}"),
        ("GET", f"/?Action=CreateUser&{IAM}&UserName={user}", {}, None),
        ("POST", "/_pocketvault/reset", JSON, '{"erase":true}'),
        ("POST", "/moto-api/reset", FORM, '{"erase":true}'),
        ("POST", "/_pocketvault/clock", JSON, '{"freeze":true}'),
        (
            "POST",
            "/",
            {"Content-Type": JSON_1_1, "X-Amz-Target": "secretsmanager.DeleteSecret"},
            json.dumps({"SecretId": name, "ForceDeleteWithoutRecovery": True}),
        ),
    ):
        assert wire.request(method, path, body, fields | headers).status == 403
    assert wire.exists(name)
    assert wire.request("GET", "/_pocketvault/clock").json["rate"] == clock
    assert user.encode() not in wire.request("POST", "/", f"Action=ListUsers&{IAM}", FORM).body


def test_the_address_of_a_picture_changes_nothing_in_iam(wire):
    """An old browser says neither Origin nor Sec-Fetch-Site of a picture."""
    role = f"role-{token()}"
    trust = '{"Version":"2012-10-17","Statement":[]}'
    assume = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole"}]}'
    form = f"Action=CreateRole&{IAM}&RoleName={role}&AssumeRolePolicyDocument={assume}"
    assert wire.request("POST", "/", form, FORM).status == 200
    call = f"/?Action=PutRolePolicy&{IAM}&RoleName={role}&PolicyName=all&PolicyDocument={trust}"
    credential = "AKIAIOSFODNN7EXAMPLE/20260101/us-east-1/iam/aws4_request"
    for address, headers in (
        (call, {}),
        (f"{call}&X-Amz-Signature=x", {}),
        (f"{call}&X-Amz-Credential={credential}&X-Amz-Signature={'0' * 64}", {}),
        (call, {"Authorization": authorization(service="iam")}),
    ):
        answer = wire.request("GET", address, headers=headers)
        assert answer.status == 403
        assert b"<Code>MissingAuthenticationToken</Code>" in answer.body
        assert b"<Message>Request is missing Authentication Token</Message>" in answer.body
        assert wire.request("HEAD", address, headers=headers).status == 403
    listing = wire.request("GET", f"/?Action=ListRolePolicies&{IAM}&RoleName={role}")
    assert listing.status == 200
    assert b"<member>" not in listing.body


@pytest.mark.parametrize("path", ["/_pocketvault/reset", "/moto-api/reset"])
def test_the_address_of_a_picture_does_not_reset(wire, name, path):
    wire.create(name)
    for method in ("GET", "HEAD"):
        assert wire.request(method, f"{path}?erase=true").status == 405
    assert wire.exists(name)
