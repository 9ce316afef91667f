"""HTTP below AWS: limits, malformed requests, and who may ask at all."""

import socket
import time

import pytest

from wire import JSON_1_1, Wire, head, received_from, token

MEBIBYTE = 1 << 20


def padded(members: str, size: int) -> bytes:
    """A JSON object of exactly this size: white space after the opening brace."""
    return b"{" + b" " * (size - len(members) - 2) + members.encode() + b"}"


def status(answer: bytes) -> int | None:
    return int(answer.split(b" ", 2)[1]) if answer.startswith(b"HTTP/1.") else None


def alive(wire) -> bool:
    with Wire(f"http://{wire.host}:{wire.port}") as other:
        return other.call("ListSecrets", {"MaxResults": 1}).status == 200


# -- sizes


def test_a_body_of_one_mebibyte_is_read(wire, name):
    wire.create(name)
    answer = wire.call("GetSecretValue", padded(f'"SecretId":"{name}"', MEBIBYTE))
    assert (answer.status, answer.json["SecretString"]) == (200, "value")


@pytest.mark.parametrize("size", [MEBIBYTE + 1, 4 * MEBIBYTE])
def test_a_longer_body_is_read_to_its_end_and_answered_with_413(wire, name, size):
    members = f'"Name":"{name}","ClientRequestToken":"{token()}"'
    assert wire.call("CreateSecret", padded(members, size)).status == 413
    wire.close()
    assert not wire.exists(name)


def test_a_longer_chunked_body_is_answered_with_413(wire, name):
    members = f'"Name":"{name}","ClientRequestToken":"{token()}"'
    body = padded(members, 2 * MEBIBYTE)
    chunks = (body[at : at + 65536] for at in range(0, len(body), 65536))
    headers = {"X-Amz-Target": "secretsmanager.CreateSecret", "Content-Type": JSON_1_1}
    wire.connection.request("POST", "/", body=chunks, headers=headers, encode_chunked=True)
    assert wire.connection.getresponse().status == 413
    wire.close()
    assert not wire.exists(name)


def test_a_body_without_end_is_cut_off(wire):
    with socket.create_connection((wire.host, wire.port), 20) as connection:
        connection.sendall(head(f"{wire.host}:{wire.port}", 1 << 40, "ListSecrets"))
        sent = 0
        with pytest.raises(OSError):
            while sent < 256 * MEBIBYTE:
                sent += connection.send(b" " * 65536)
        assert sent < 64 * MEBIBYTE
    assert alive(wire)


def test_headers_of_32_kibibytes_are_enough(wire):
    answer = wire.call("ListSecrets", {"MaxResults": 1}, x_long="x" * 20000)
    assert answer.status == 200
    with socket.create_connection((wire.host, wire.port), 20) as connection:
        # The server closes in the middle of the head; its answer may be lost with what it left
        # unread.
        try:
            connection.sendall(head("localhost", 2, "ListSecrets", "X-Long: " + "x" * 60000))
        except OSError:
            pass
        assert received_from(connection)[:12] in (b"HTTP/1.1 431", b"")
    assert alive(wire)


# -- framing


BODY = b'{"MaxResults":1}'


def test_a_chunked_body_is_read(wire, name):
    headers = {"X-Amz-Target": "secretsmanager.CreateSecret", "Content-Type": JSON_1_1}
    body = f'{{"Name":"{name}","ClientRequestToken":"{token()}"}}'.encode()
    pieces = (body[at : at + 7] for at in range(0, len(body), 7))
    wire.connection.request("POST", "/", body=pieces, headers=headers, encode_chunked=True)
    response = wire.connection.getresponse()
    assert (response.status, response.read() != b"") == (200, True)
    assert wire.exists(name)


def test_a_client_that_expects_100_continue_gets_it(wire):
    with socket.create_connection((wire.host, wire.port), 20) as connection:
        host = f"{wire.host}:{wire.port}"
        connection.sendall(head(host, len(BODY), "ListSecrets", "Expect: 100-continue"))
        assert connection.recv(4096).startswith(b"HTTP/1.1 100")
        connection.sendall(BODY)
        assert connection.recv(4096).startswith(b"HTTP/1.1 200")


REFUSED_FRAMING = {
    "two different lengths": ["Content-Length: 5"],
    "the length twice": [f"Content-Length: {len(BODY)}"],
    "length and chunks": ["Transfer-Encoding: chunked"],
    "an unknown coding": ["Transfer-Encoding: gzip"],
    "a list of codings": ["Transfer-Encoding: gzip, chunked"],
}


@pytest.mark.parametrize("headers", REFUSED_FRAMING.values(), ids=REFUSED_FRAMING)
def test_a_request_whose_end_is_in_doubt_is_refused(wire, name, headers):
    body = f'{{"Name":"{name}","ClientRequestToken":"{token()}"}}'.encode()
    headers = [header.replace(str(len(BODY)), str(len(body))) for header in headers]
    host = f"{wire.host}:{wire.port}"
    request = head(host, len(body), "CreateSecret", "Connection: close", *headers) + body
    answer = wire.raw(request, patience=2)
    assert status(answer) in (None, 400, 501)
    assert not wire.exists(name)


POST = b"POST / HTTP/1.1\r\nHost: localhost\r\n"
CHUNKS = POST + b"Transfer-Encoding: chunked\r\n\r\n"

# What libmicrohttpd refuses by itself: what is sent, the status, and a word of the sentence.
UNREAD = {
    "no HTTP": (b"hello\r\n\r\n", 400, b"request line"),
    "a version to come": (b"GET / HTTP/9.9\r\n\r\n", 505, b"speaks"),
    "no version": (b"GET /\r\n\r\n", 400, b"request line"),
    "a line without a colon": (POST + b"X\r\n\r\n", 400, b"colon"),
    "a negative length": (POST + b"Content-Length: -1\r\n\r\n", 400, b"Content-Length"),
    "a length of letters": (POST + b"Content-Length: x\r\n\r\n", 400, b"Content-Length"),
    "a huge length": (POST + b"Content-Length: 99999999999999999999\r\n\r\n", 413, b"1048576 bytes"),
    "many cookies": (POST + b"Cookie: " + b"a;" * 5000 + b"\r\n\r\n", 431, b"head"),
    "a bad chunk": (CHUNKS + b"zz\r\n", 400, b"chunks"),
    "a chunk's long line": (CHUNKS + b"3;" + b"x" * 40000, 400, b"line that is too long"),
    "a trailer without a colon": (CHUNKS + b"0\r\nX\r\n\r\n", 400, b"fields after it"),
}  # fmt: skip


@pytest.mark.parametrize(("data", "expected", "sentence"), UNREAD.values(), ids=UNREAD)
def test_what_cannot_be_read_is_refused_in_our_words(wire, data, expected, sentence):
    answer = wire.raw(data)
    said, _, body = answer.partition(b"\r\n\r\n")
    assert status(answer) == expected
    assert answer.count(b"HTTP/1.1 ") == 1
    assert b"<html" not in answer
    assert b"\r\nConnection: close" in said and b"\r\nContent-Type: text/plain" in said
    assert f"\r\nContent-Length: {len(body)}".encode() in said
    assert sentence in body
    assert alive(wire)


def test_a_query_of_thousands_of_fields_is_a_query(wire):
    assert wire.request("GET", "/_pocketvault/health?" + "a=b&" * 7000).status == 200


GARBAGE = {
    "TLS": bytes.fromhex("160301020001000001fc0303") + bytes(200),
    "NUL bytes": bytes(1000),
    "half a head": b"POST / HTTP/1.1\r\nHost: loc",
    "half a body": b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n{",
}


@pytest.mark.parametrize("data", GARBAGE.values(), ids=GARBAGE)
def test_what_is_no_request_hurts_nobody(wire, data):
    assert wire.raw(data, patience=0.5) == b""
    assert alive(wire)


def test_pipelined_calls_are_answered_in_their_order(wire, name):
    host = f"{wire.host}:{wire.port}"

    def post(operation, body, *more):
        return head(host, len(body), operation, *more) + body.encode()

    create = f'{{"Name":"{name}","SecretString":"piped","ClientRequestToken":"{token()}"}}'
    read = f'{{"SecretId":"{name}"}}'
    calls = [
        post("CreateSecret", create),
        post("GetSecretValue", read),
        post("ListSecrets", '{"MaxResults":1}', "Connection: close"),
    ]
    with socket.create_connection((wire.host, wire.port), 20) as connection:
        connection.sendall(b"".join(calls))
        answers = b""
        while chunk := connection.recv(65536):
            answers += chunk
    assert answers.count(b"HTTP/1.1 200") == 3
    assert answers.index(b'"VersionId"') < answers.index(b'"piped"') < answers.index(b'"SecretList"')


def test_a_caller_that_goes_away_before_its_answer_hurts_nobody(wire, name):
    for number in range(30):
        body = f'{{"Name":"{name}/{number}","SecretString":"v","ClientRequestToken":"{token()}"}}'
        data = head(f"{wire.host}:{wire.port}", len(body), "CreateSecret") + body.encode()
        connection = socket.create_connection((wire.host, wire.port), 20)
        # Closing with a reset, as a killed process does.
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        connection.sendall(data)
        connection.close()
    time.sleep(0.1)
    assert alive(wire)


# -- who may ask


LOCAL_HOSTS = [
    "localhost", "localhost:1", "LOCALHOST", "vault.localhost", "127.0.0.1", "[::1]:80", "10.1.2.3", "localhost.",
    "host.docker.internal:4566", "host.containers.internal", "secretsmanager.eu-west-1.amazonaws.com",
    "secretsmanager-fips.us-east-1.amazonaws.com:443", "secretsmanager.us-east-1.api.aws",
    "secretsmanager.cn-north-1.amazonaws.com.cn", "sts.amazonaws.com",
]  # fmt: skip
FOREIGN_HOSTS = [
    "evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "pocketvault", "", "local host",
    "secretsmanager.s3.amazonaws.com", "bucket.s3.amazonaws.com", "lambda.us-east-1.amazonaws.com",
]  # fmt: skip


def asked_as(wire, host, *headers) -> int | None:
    return status(wire.raw(head(host, len(BODY), "ListSecrets", "Connection: close", *headers) + BODY))


@pytest.mark.parametrize("host", LOCAL_HOSTS)
def test_a_local_name_may_stand_in_host(wire, host):
    assert asked_as(wire, host) == 200


@pytest.mark.parametrize("host", FOREIGN_HOSTS)
def test_a_foreign_name_in_host_is_refused(wire, host):
    answer = asked_as(wire, host)
    assert answer is not None and 400 <= answer < 500


def test_a_request_without_host_is_refused(wire):
    data = head("x", len(BODY), "ListSecrets", "Connection: close").replace(b"Host: x\r\n", b"") + BODY
    assert status(wire.raw(data)) == 400


def test_two_hosts_are_refused(wire):
    assert asked_as(wire, "localhost", "Host: evil.example") == 400


@pytest.mark.parametrize(
    "path", ["/", "/_pocketvault/health", "/_pocketvault/ready", "/_localstack/health"]
)
def test_a_foreign_name_reads_no_page_at_all(wire, path):
    data = f"GET {path} HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
    answer = wire.raw(data.encode())
    assert 400 <= status(answer) < 500
    assert b"version" not in answer


@pytest.mark.parametrize("origin", ["http://evil.example", "https://localhost.evil.example", "null"])
def test_a_page_of_another_origin_is_refused(wire, name, origin):
    answer = wire.call("CreateSecret", {"Name": name, "ClientRequestToken": token()}, origin=origin)
    assert answer.status == 403
    assert not wire.exists(name)


def test_no_answer_invites_other_origins(wire):
    for answer in (
        wire.call("ListSecrets"),
        wire.request("GET", "/_pocketvault/health"),
        wire.request("OPTIONS", "/", headers={"Access-Control-Request-Method": "POST"}),
    ):
        assert not [name for name in answer.headers if name.startswith("access-control-")]


@pytest.mark.parametrize(
    "content_type", [None, "text/plain", "application/x-www-form-urlencoded", "multipart/form-data"]
)
def test_a_control_call_needs_the_content_type_of_json(wire, name, content_type):
    wire.create(name)
    answer = wire.post('{"erase":true}', path="/_pocketvault/reset", content_type=content_type)
    assert answer.status == 415
    assert wire.exists(name)


@pytest.mark.parametrize("path", ["/_pocketvault/reset", "/moto-api/reset"])
def test_a_page_of_another_origin_cannot_reset(wire, name, path):
    wire.create(name)
    answer = wire.post(
        '{"erase":true}', path=path, content_type="application/json", origin="http://evil.example"
    )
    assert answer.status == 403
    assert wire.exists(name)


@pytest.mark.parametrize("path", ["/_pocketvault/nothing", "/_pocketvault", "/_nothing"])
def test_there_is_nothing_else_under_the_control_paths(wire, path):
    assert wire.request("GET", path).status == 404
