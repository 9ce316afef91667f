"""docs/troubleshooting.md has the texts that this server really answers, word for word."""

import json
import re
import time
import urllib.error
import urllib.request
import uuid

import boto3
import botocore.exceptions
import pytest
from botocore.config import Config

from server import ROOT, Pocketvault

PAGE = (ROOT / "docs" / "troubleshooting.md").read_text()
KEY, SECRET = "AKIAIOSFODNN7EXAMPLE", "an-invented-secret"
NOWHERE = "arn:aws:lambda:us-east-1:000000000000:function:nowhere"


def client(url, service="secretsmanager", key="test", secret="test"):
    return boto3.client(
        service, endpoint_url=url, region_name="us-east-1", aws_access_key_id=key, aws_secret_access_key=secret,
        config=Config(retries={"total_max_attempts": 1}))


def sentences(text):
    """The page as one line, without what is only there for its looks."""
    return re.sub(r"\s+", " ", text.replace("`", ""))


def refusal(call):
    with pytest.raises(Exception) as caught:
        call()
    error = caught.value
    return error.response["Error"]["Message"] if isinstance(error, botocore.exceptions.ClientError) else str(error)


@pytest.fixture(scope="module")
def vault(tmp_path_factory):
    with Pocketvault(tmp_path_factory.mktemp("trouble"), database=":memory:") as running:
        secrets, kms = client(running.url), client(running.url, "kms")
        key = kms.create_key()["KeyMetadata"]["KeyId"]
        secrets.create_secret(Name="closed", SecretString="v", KmsKeyId=key)
        kms.disable_key(KeyId=key)
        secrets.create_secret(Name="empty")
        secrets.create_secret(Name="deleted", SecretString="v")
        secrets.delete_secret(SecretId="deleted")
        secrets.create_secret(Name="ends-in-abcdef", SecretString="v")
        secrets.create_secret(Name="token", SecretString="v", ClientRequestToken=TOKEN)
        yield running


TOKEN = str(uuid.uuid4())
PARTIAL = "arn:aws:secretsmanager:us-east-1:000000000000:secret:ends-in-abcdef"

# What is done, and what the page says that is answered, in pieces where something differs in between.
CASES = {
    "a name that is not there": (lambda s: s.get_secret_value(SecretId="none"),
                                 ["Secrets Manager can't find the specified secret."]),
    "a partial ARN of such a name": (lambda s: s.get_secret_value(SecretId=PARTIAL),
                                     ["Secrets Manager can't find the specified secret."]),
    "no value": (lambda s: s.get_secret_value(SecretId="empty"),
                 ["Secrets Manager can't find the specified secret value for staging label"]),
    "marked": (lambda s: s.get_secret_value(SecretId="deleted"),
               ["You can't perform this operation on the secret because it was marked for deletion."]),
    "scheduled": (lambda s: s.create_secret(Name="deleted", SecretString="v"),
                  ["You can't create this secret because a secret with this name is already scheduled for deletion."]),
    "exists": (lambda s: s.create_secret(Name="empty"), ["The operation failed because the secret", "already exists."]),
    "disabled key": (lambda s: s.get_secret_value(SecretId="closed"), ["Secrets Manager can't decrypt the secret value"]),
    "unknown key": (lambda s: s.create_secret(Name="n", KmsKeyId="alias/none", SecretString="v"),
                    ["The operation failed because of an invalid KMS key"]),
    "too long": (lambda s: s.create_secret(Name="n", SecretString="v" * 65_537),
                 ["Member must have length less than or equal to 65536"]),
    "bad name": (lambda s: s.create_secret(Name="a b", SecretString="v"),
                 ["Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!"]),
    "token": (lambda s: s.put_secret_value(SecretId="token", SecretString="w", ClientRequestToken=TOKEN),
              ["You can't use ClientRequestToken", "because that value is already in use for a version of secret"]),
    "no such function": (lambda s: s.rotate_secret(SecretId="token", RotationLambdaARN=NOWHERE),
                         ["Secrets Manager cannot invoke the specified Lambda function. Ensure that the function policy"
                          " grants access to the principal secretsmanager.amazonaws.com."]),
    "no function": (lambda s: s.rotate_secret(SecretId="token"),
                    ["No Lambda rotation function ARN is associated with this secret."]),
    "label": (lambda s: s.update_secret_version_stage(SecretId="token", VersionStage="AWSCURRENT", RemoveFromVersionId=TOKEN),
              ["You can only move staging label AWSCURRENT to a different secret version. It can’t be completely removed."]),
    "policy": (lambda s: s.put_resource_policy(SecretId="token", ResourcePolicy='{"a":1}'),
               ["This resource policy contains a syntax error."]),
}


@pytest.mark.parametrize("case", CASES)
def test_the_text_of_a_refusal_is_on_the_page(vault, case):
    call, pieces = CASES[case]
    text = refusal(lambda: call(client(vault.url)))
    for piece in pieces:
        assert piece in text
        assert piece in sentences(PAGE)


def test_what_is_wrong_with_a_policy_is_in_the_log(vault):
    refusal(lambda: client(vault.url).put_resource_policy(SecretId="token", ResourcePolicy='{"a":1}'))
    end = time.monotonic() + 30
    while not re.search(r"operation=PutResourcePolicy .*cause=", vault.log.read_text()):
        assert time.monotonic() < end, vault.log.read_text()
        time.sleep(0.02)


def test_the_texts_of_credentials_and_permissions_are_on_the_page(folder):
    options = ("--signatures", "verify", "--iam", "enforce", "--root-credentials", f"{KEY}:{SECRET}")
    with Pocketvault(folder, *options, database=":memory:") as vault:
        root, iam, kms = (client(vault.url, service, KEY, SECRET) for service in ("secretsmanager", "iam", "kms"))
        iam.create_user(UserName="u")
        pair = iam.create_access_key(UserName="u")["AccessKey"]
        user = client(vault.url, key=pair["AccessKeyId"], secret=pair["SecretAccessKey"])
        root.create_secret(Name="s", SecretString="v", KmsKeyId=kms.create_key()["KeyMetadata"]["KeyId"])
        texts = [
            refusal(client(vault.url).list_secrets),
            refusal(client(vault.url, key=KEY, secret="another-secret").list_secrets),
            refusal(lambda: user.get_secret_value(SecretId="s")),
        ]
        iam.put_user_policy(UserName="u", PolicyName="p", PolicyDocument=json.dumps({
            "Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "secretsmanager:*", "Resource": "*"}]}))
        texts.append(refusal(lambda: user.get_secret_value(SecretId="s")))
    pieces = [
        "The security token included in the request is invalid.",
        "The request signature we calculated does not match",
        "is not authorized to perform: secretsmanager:GetSecretValue on resource:",
        "Access to KMS is not allowed",
    ]
    for text, piece in zip(texts, pieces, strict=True):
        assert piece in text and piece in sentences(PAGE)
    assert "because no identity-based policy allows the secretsmanager:GetSecretValue action" in sentences(PAGE)


def test_the_texts_of_a_client_that_does_not_come_through_are_on_the_page(vault, monkeypatch):
    for name in ("AWS_REGION", "AWS_DEFAULT_REGION", "AWS_ACCESS_KEY_ID", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    for name in ("AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"):
        monkeypatch.setenv(name, "/dev/null")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    bare = boto3.session.Session()
    no_credentials = bare.client("secretsmanager", region_name="us-east-1", endpoint_url=vault.url)
    for call, piece in (
        (client("http://127.0.0.1:9").list_secrets, "Could not connect to the endpoint URL"),
        (lambda: bare.client("secretsmanager"), "You must specify a region."),
        (no_credentials.list_secrets, "Unable to locate credentials"),
        (client(vault.url.replace("http:", "https:")).list_secrets, "SSL validation failed"),
        (client(vault.url, "s3").list_buckets, "Pocketvault does not serve s3 (ListBuckets), only"),
    ):
        assert piece in refusal(call) and piece in sentences(PAGE)


def test_the_text_of_a_foreign_host_is_on_the_page(vault):
    request = urllib.request.Request(vault.url, headers={"Host": "vault.test:4566"})
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(request, timeout=10)
    assert caught.value.code == 403
    sentence = caught.value.read().decode().split(". ")[0] + "."
    assert sentence in sentences(PAGE)


def test_every_text_of_the_table_has_its_section():
    rows = re.findall(r"^\| (.+?) \| \[\d+\]\(#(.+)\) \|$", PAGE, re.M)
    headings = re.findall(r"^## (.+)$", PAGE, re.M)
    anchors = [re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings]
    assert len(rows) >= 20 and [anchor for _, anchor in rows] == anchors
