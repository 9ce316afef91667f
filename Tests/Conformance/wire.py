"""HTTP as it goes over the wire: nothing signed, nothing checked, nothing retried."""

import http.client
import json
import socket
import urllib.parse
import uuid

JSON_1_1 = "application/x-amz-json-1.1"


def authorization(key: str = "test", region: str = "us-east-1", service: str = "secretsmanager") -> str:
    """A well-formed Authorization header; nobody has signed anything."""
    return (
        f"AWS4-HMAC-SHA256 Credential={key}/20260101/{region}/{service}/aws4_request, "
        f"SignedHeaders=host;x-amz-date;x-amz-target, Signature={'0' * 64}"
    )


class Answer:
    """An HTTP answer, read to its end."""

    def __init__(self, response: http.client.HTTPResponse):
        self.status = response.status
        self.headers = {name.lower(): value for name, value in response.getheaders()}
        self.body = response.read()

    @property
    def json(self):
        return json.loads(self.body)

    def __repr__(self) -> str:
        return f"{self.status} {self.headers} {self.body[:2000]!r}"


class Wire:
    """One keep-alive connection to a server. Not for two threads at once."""

    def __init__(self, url: str, timeout: float = 20):
        parts = urllib.parse.urlsplit(url)
        self.host, self.port, self.timeout = parts.hostname, parts.port, timeout
        self.connection = http.client.HTTPConnection(self.host, self.port, timeout=timeout)

    def request(self, method: str, path: str = "/", body=None, headers=None) -> Answer:
        """Sends exactly these headers, beside Host, Content-Length and Accept-Encoding."""
        self.connection.request(method, path, body=body, headers=headers or {})
        return Answer(self.connection.getresponse())

    def post(self, body, path: str = "/", **headers) -> Answer:
        """Sends a POST; `x_amz_target="…"` sets the header X-Amz-Target, None leaves one out."""
        named = {"content-type": JSON_1_1, "authorization": authorization()}
        named |= {name.replace("_", "-"): value for name, value in headers.items()}
        data = body if isinstance(body, (bytes, str)) else json.dumps(body)
        data = data.encode() if isinstance(data, str) else data
        return self.request("POST", path, data, {n: v for n, v in named.items() if v is not None})

    def call(self, operation: str, members=None, **headers) -> Answer:
        """Calls an operation with these members and no others: no token is made up."""
        return self.post(
            {} if members is None else members,
            x_amz_target=f"secretsmanager.{operation}",
            **headers,
        )

    def create(self, name: str, value: str = "value", **members) -> Answer:
        """CreateSecret with a token, as an SDK would send it."""
        members = {"Name": name, "SecretString": value, "ClientRequestToken": token()} | members
        return self.call("CreateSecret", members)

    def exists(self, name: str) -> bool:
        return self.call("DescribeSecret", {"SecretId": name}).status == 200

    def raw(self, data: bytes, patience: float = 20) -> bytes:
        """Sends bytes as they are over a connection of its own; returns all that comes back.

        Without `Connection: close` the server keeps the connection, so that patience runs out.
        """
        with socket.create_connection((self.host, self.port), patience) as connection:
            try:
                connection.sendall(data)
            except OSError:
                pass  # The server may answer and close before it has read everything.
            return received_from(connection)

    def close(self) -> None:
        self.connection.close()

    def __enter__(self) -> "Wire":
        return self

    def __exit__(self, *_) -> None:
        self.close()


def received_from(connection: socket.socket) -> bytes:
    """All that comes until the server closes, or until the socket's time is up."""
    received = b""
    try:
        while chunk := connection.recv(65536):
            received += chunk
    except (ConnectionError, TimeoutError):
        pass
    return received


def token() -> str:
    return str(uuid.uuid4())


def head(host: str, length: int | None, target: str | None, *more: str) -> bytes:
    """The head of a POST as bytes, for tests that send what no HTTP library would."""
    lines = ["POST / HTTP/1.1", f"Host: {host}", f"Content-Type: {JSON_1_1}"]
    lines += [f"X-Amz-Target: secretsmanager.{target}"] if target else []
    lines += [f"Content-Length: {length}"] if length is not None else []
    return "\r\n".join([*lines, *more, "", ""]).encode()
