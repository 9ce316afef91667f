"""Calls that are signed before the load is put on: wrk only sends them."""

import datetime
import hashlib
import hmac
import json
import pathlib
import urllib.request
import xml.etree.ElementTree

ALGORITHM = "AWS4-HMAC-SHA256"
USER = ("AKIAIOSFODNN7BENCHMK", "invented-secret-access-key-of-the-benchmark", "-")
ROLE = "arn:aws:iam::000000000000:role/bench"
POLICY = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow",
            "Action": ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"],
            "Resource": "arn:aws:secretsmanager:us-east-1:*:secret:bench/*",
        }
    ],
}
ASSUME = {
    "Version": "2012-10-17",
    "Statement": [
        {"Effect": "Allow", "Principal": {"AWS": "000000000000"}, "Action": "sts:AssumeRole"},
    ],
}
ASSUMING = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": "*"}],
}
# ListSecrets is what tells that the server is up; AssumeRole what a session begins with.
PRINCIPALS = [
    {
        "user": "bench",
        "policies": {"read": POLICY, "assume": ASSUMING},
        "accessKeys": [{"id": USER[0], "secret": USER[1]}],
    },
    {"role": "bench", "trust": ASSUME, "policies": {"read": POLICY}},
]


def code(key: bytes, text: str) -> bytes:
    return hmac.new(key, text.encode(), hashlib.sha256).digest()


def sign(credentials, service: str, headers: dict[str, str], body: str, region: str) -> dict[str, str]:
    """The headers with those that a signature adds."""
    key, secret, token = credentials
    date = datetime.datetime.now(datetime.timezone.utc).strftime("%Y%m%dT%H%M%SZ")
    headers = headers | {"X-Amz-Date": date}
    if token != "-":
        headers["X-Amz-Security-Token"] = token
    lines = {name.lower(): value for name, value in sorted(headers.items(), key=lambda one: one[0].lower())}
    names = ";".join(lines)
    listed = "".join(f"{name}:{value}\n" for name, value in lines.items())
    canonical = f"POST\n/\n\n{listed}\n{names}\n{hashlib.sha256(body.encode()).hexdigest()}"
    scope = f"{date[:8]}/{region}/{service}/aws4_request"
    text = f"{ALGORITHM}\n{date}\n{scope}\n{hashlib.sha256(canonical.encode()).hexdigest()}"
    signing = f"AWS4{secret}".encode()
    for part in scope.split("/"):
        signing = code(signing, part)
    signature = code(signing, text).hex()
    credential = f"Credential={key}/{scope}, SignedHeaders={names}, Signature={signature}"
    return headers | {"Authorization": f"{ALGORITHM} {credential}"}


def session(port: int, region: str) -> tuple[str, str, str]:
    """Credentials of a session of the role."""
    body = f"Action=AssumeRole&Version=2011-06-15&RoleSessionName=bench&RoleArn={ROLE}"
    form = {"Host": f"127.0.0.1:{port}", "Content-Type": "application/x-www-form-urlencoded"}
    headers = sign(USER, "sts", form, body, region)
    request = urllib.request.Request(f"http://127.0.0.1:{port}/", body.encode(), headers)
    with urllib.request.urlopen(request, timeout=30) as answer:
        root = xml.etree.ElementTree.parse(answer).getroot()
    found = {element.tag.rpartition("}")[2]: element.text for element in root.iter()}
    return found["AccessKeyId"], found["SecretAccessKey"], found["SessionToken"]


def signed_reads(path: pathlib.Path, port: int, credentials, count: int, region: str) -> pathlib.Path:
    """A file with a signed GetSecretValue of each secret, as load.lua reads it; good for five minutes."""
    lines = []
    for number in range(count):
        body = json.dumps({"SecretId": f"bench/secret-{number}"}, separators=(",", ":"))
        headers = {
            "Host": f"127.0.0.1:{port}",
            "Content-Type": "application/x-amz-json-1.1",
            "X-Amz-Target": "secretsmanager.GetSecretValue",
        }
        signed = sign(credentials, "secretsmanager", headers, body, region)
        lines.append("\t".join([signed["X-Amz-Date"], signed["Authorization"], credentials[2], body]))
    path.write_text("\n".join(lines) + "\n")
    return path
