"""A program that has a token of an identity provider, and nothing else: as AWS's SDKs take it."""

import base64
import json
import subprocess
import time

import boto3
import botocore.exceptions
import botocore.session
import pytest

from conftest import make_client
from server import Pocketvault, clean_environment

ACCOUNT = "000000000000"
ISSUER = "https://token.idp.test"
PROVIDER = f"arn:aws:iam::{ACCOUNT}:oidc-provider/token.idp.test"
TRUST = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow",
            "Action": "sts:AssumeRoleWithWebIdentity",
            "Principal": {"Federated": PROVIDER},
            "Condition": {
                "StringEquals": {"token.idp.test:aud": "sts.amazonaws.com"},
                "StringLike": {"token.idp.test:sub": "repo:app/*"},
            },
        }
    ],
}
READ = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Action": "secretsmanager:GetSecretValue", "Resource": "*"}],
}


def text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def openssl(*arguments, data: bytes = b"") -> bytes:
    return subprocess.run(
        ["openssl", *map(str, arguments)], input=data, capture_output=True, check=True
    ).stdout


class Provider:
    """An identity provider: a key, and the tokens that it signs."""

    def __init__(self, folder, kind: str):
        self.kind = kind
        self.key = folder / f"{kind}.pem"
        if kind == "RS256":
            openssl("genrsa", "-out", self.key, 2048)
        else:
            openssl("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", self.key)

    def public(self) -> dict:
        """The key as a JWKS has it."""
        if self.kind == "RS256":
            modulus = openssl("rsa", "-in", self.key, "-noout", "-modulus").decode().strip()
            number = bytes.fromhex(modulus.split("=")[1])
            return {"kty": "RSA", "kid": self.kind, "alg": "RS256", "n": text(number), "e": "AQAB"}
        point = openssl("ec", "-in", self.key, "-pubout", "-outform", "DER")[-64:]
        return {"kty": "EC", "kid": self.kind, "crv": "P-256", "x": text(point[:32]), "y": text(point[32:])}

    def token(self, **claims) -> str:
        header = {"alg": self.kind, "kid": self.kind}
        body = {
            "iss": ISSUER,
            "aud": "sts.amazonaws.com",
            "sub": "repo:app/web",
            "exp": int(time.time()) + 600,
        } | claims
        signed = ".".join(text(json.dumps(part).encode()) for part in (header, body))
        signature = openssl("dgst", "-sha256", "-sign", self.key, data=signed.encode())
        if self.kind == "ES256":
            signature = plain(signature)
        return f"{signed}.{text(signature)}"


def plain(signature: bytes) -> bytes:
    """Both numbers of a DER signature, 32 bytes each."""
    numbers, place = b"", 2
    for _ in range(2):
        length = signature[place + 1]
        number = signature[place + 2 : place + 2 + length]
        numbers += int.from_bytes(number, "big").to_bytes(32, "big")
        place += 2 + length
    return numbers


def prepare(url: str) -> str:
    """A secret, and a role that may read it; by the root, without a signature that counts."""
    iam = make_client(url, key=ACCOUNT, service="iam")
    role = iam.create_role(RoleName="web", AssumeRolePolicyDocument=json.dumps(TRUST))["Role"]
    iam.put_role_policy(RoleName="web", PolicyName="read", PolicyDocument=json.dumps(READ))
    make_client(url, key=ACCOUNT).create_secret(Name="app/db", SecretString="invented")
    return role["Arn"]


@pytest.fixture
def profile(folder, tmp_path, monkeypatch):
    """Writes a profile with a token's file, and gives a session of it."""

    def session(url: str, role: str, token: str) -> boto3.Session:
        (tmp_path / "token").write_text(token)
        (tmp_path / "config").write_text(
            f"[profile web]\nregion = us-east-1\nrole_arn = {role}\nrole_session_name = program\n"
            f"web_identity_token_file = {tmp_path}/token\nendpoint_url = {url}\n"
        )
        for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_PROFILE"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "config"))
        # The SDK's own call of STS takes its endpoint from here.
        monkeypatch.setenv("AWS_ENDPOINT_URL", url)
        monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
        return boto3.Session(profile_name="web")

    return session


def read(session: boto3.Session) -> str:
    return session.client("secretsmanager").get_secret_value(SecretId="app/db")["SecretString"]


def test_a_profile_with_a_token_reads_what_its_role_may(folder, tmp_path, profile):
    provider = Provider(tmp_path, "RS256")
    with Pocketvault(folder, "--iam", "enforce") as server:
        role = prepare(server.url)
        session = profile(server.url, role, provider.token())
        assert read(session) == "invented"
        identity = session.client("sts").get_caller_identity()
        assert identity["Arn"] == f"arn:aws:sts::{ACCOUNT}:assumed-role/web/program"
        with pytest.raises(botocore.exceptions.ClientError, match="AccessDenied"):
            session.client("secretsmanager").list_secrets()


@pytest.mark.parametrize(
    ("claims", "error"),
    [
        ({"sub": "repo:other/web"}, "AccessDenied.*Not authorized to perform sts:AssumeRoleWithWebIdentity"),
        ({"iss": "https://other.test"}, "InvalidIdentityToken.*No OpenIDConnect provider found in your account for"),
        ({"aud": "other"}, "InvalidIdentityToken.*Incorrect token audience"),
        ({"exp": 1_700_000_000}, "ExpiredTokenException.*Token expired: current date/time"),
    ],
)
def test_c88_a_token_that_will_not_do(folder, tmp_path, profile, claims, error):
    provider = Provider(tmp_path, "ES256")
    with Pocketvault(folder, "--iam", "enforce") as server:
        session = profile(server.url, prepare(server.url), provider.token(**claims))
        with pytest.raises(botocore.exceptions.ClientError, match=error):
            read(session)


@pytest.mark.parametrize("kind", ["RS256", "ES256"])
def test_with_keys_the_provider_must_have_signed_and_nobody_else_signs(folder, tmp_path, profile, kind):
    provider, other = Provider(tmp_path, kind), Provider(folder_of(tmp_path, "other"), kind)
    keys = tmp_path / "keys.json"
    keys.write_text(json.dumps({"keys": [provider.public()]}))
    with Pocketvault(folder) as server:
        role = prepare(server.url)
    secured = Pocketvault(
        folder,
        *("--signatures", "verify", "--iam", "enforce", "--web-identity-keys", keys),
        environment=clean_environment(POCKETVAULT_ROOT_CREDENTIALS="AKIAROOTROOTROOTROOT:invented-secret"),
    )
    with secured as server:
        assert read(profile(server.url, role, provider.token())) == "invented"
        with pytest.raises(botocore.exceptions.ClientError, match="InvalidIdentityToken"):
            read(profile(server.url, role, other.token()))


def folder_of(path, name: str):
    made = path / name
    made.mkdir()
    return made
