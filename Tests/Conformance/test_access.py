"""Who may: real signatures, real policies, and the answers that real clients get."""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import urllib.request

import boto3
import botocore.auth
import botocore.awsrequest
import botocore.credentials
import botocore.exceptions
import pytest
from botocore.config import Config

from conftest import client_program
from server import Pocketvault, binary, clean_environment, run, wait_until

ROOT_KEY, ROOT_SECRET = "AKIAROOTROOTROOTROOT", "invented-root-secret-access-key"
ACCOUNT = "000000000000"
READ = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Sid": "ReadProduction",
            "Effect": "Allow",
            "Action": ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"],
            "Resource": "arn:aws:secretsmanager:us-east-1:*:secret:driftsentry/prod/*",
        }
    ],
}
TRUST = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow",
            "Principal": {"AWS": f"arn:aws:iam::{ACCOUNT}:root"},
            "Action": ["sts:AssumeRole", "sts:TagSession"],
        }
    ],
}


@pytest.fixture(scope="module")
def vault():
    """A server that lets nobody in who has not signed, and nothing be done that no policy allows."""
    folder = tempfile.mkdtemp(prefix="pocketvault-")
    environment = clean_environment(POCKETVAULT_ROOT_CREDENTIALS=f"{ROOT_KEY}:{ROOT_SECRET}")
    try:
        with Pocketvault(folder, "--signatures", "verify", "--iam", "enforce", environment=environment) as server:
            yield server
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def client(vault, service, key=ROOT_KEY, secret=ROOT_SECRET, token=None, region="us-east-1"):
    return boto3.client(
        service,
        endpoint_url=vault.url,
        region_name=region,
        aws_access_key_id=key,
        aws_secret_access_key=secret,
        aws_session_token=token,
        config=Config(retries={"total_max_attempts": 1}),
    )


def of(credentials):
    """The arguments that make a client of the answer of STS."""
    return (credentials["AccessKeyId"], credentials["SecretAccessKey"], credentials["SessionToken"])


@pytest.fixture(scope="module")
def root(vault):
    return lambda service: client(vault, service)


@pytest.fixture(scope="module")
def secrets(root):
    aws = root("secretsmanager")
    for environment in ("prod", "stage"):
        aws.create_secret(Name=f"driftsentry/{environment}/database-url", SecretString=environment)
    return aws


@pytest.fixture(scope="module")
def task(vault, root, secrets):
    """A session of a role that may read production."""
    iam = root("iam")
    role = iam.create_role(RoleName="reader", AssumeRolePolicyDocument=json.dumps(TRUST))["Role"]
    iam.put_role_policy(RoleName="reader", PolicyName="read", PolicyDocument=json.dumps(READ))
    answer = root("sts").assume_role(RoleArn=role["Arn"], RoleSessionName="task")
    return lambda service: client(vault, service, *of(answer["Credentials"]))


def refused(code, text=""):
    return pytest.raises(botocore.exceptions.ClientError, match=f"({code}).*{text}")


def control(vault, path, body=None):
    request = urllib.request.Request(
        vault.url + path,
        data=None if body is None else json.dumps(body).encode(),
        headers={"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


# -- who gets in


def test_clients_sign_as_every_service_here_wants_it(root, secrets):
    assert secrets.get_secret_value(SecretId="driftsentry/prod/database-url")["SecretString"] == "prod"
    assert root("sts").get_caller_identity()["Arn"] == f"arn:aws:iam::{ACCOUNT}:root"
    assert root("iam").list_users()["Users"] == []
    assert root("kms").list_keys()["Keys"]
    assert root("cloudtrail").lookup_events()["Events"]


@pytest.mark.parametrize(
    ("key", "secret", "token", "code", "query_code"),
    [
        ("AKIANOBODYNOBODYNOBO", "x", None, "UnrecognizedClientException", "InvalidClientTokenId"),
        (ROOT_KEY, "wrong", None, "InvalidSignatureException", "SignatureDoesNotMatch"),
        (ROOT_KEY, ROOT_SECRET, "a token", "UnrecognizedClientException", "InvalidClientTokenId"),
        ("test", "test", None, "UnrecognizedClientException", "InvalidClientTokenId"),
        (ACCOUNT, "test", None, "UnrecognizedClientException", "InvalidClientTokenId"),
    ],
)
def test_others_do_not(vault, key, secret, token, code, query_code):
    with refused(code):
        client(vault, "secretsmanager", key, secret, token).list_secrets()
    with refused(code):
        client(vault, "kms", key, secret, token).list_keys()
    with refused(query_code):
        client(vault, "sts", key, secret, token).get_caller_identity()
    with refused(query_code):
        client(vault, "iam", key, secret, token).list_users()


def test_a_presigned_call_is_let_in_once_it_is_signed(vault, root):
    url = root("sts").generate_presigned_url("get_caller_identity", HttpMethod="GET")
    with urllib.request.urlopen(url) as answer:
        assert f"<Account>{ACCOUNT}</Account>".encode() in answer.read()
    with pytest.raises(urllib.error.HTTPError) as refusal:
        urllib.request.urlopen(url.replace("GetCallerIdentity", "GetSessionToken"))
    assert refusal.value.code == 403
    assert b"SignatureDoesNotMatch" in refusal.value.read()


def test_a_presigned_address_changes_something_once_it_is_signed(vault, root):
    iam = root("iam")
    url = iam.generate_presigned_url("create_user", {"UserName": "by-address"}, HttpMethod="GET")
    for forged in (url.replace("by-address", "forged"), url.split("&X-Amz-Signature=")[0], url.split("&X-Amz-")[0]):
        with pytest.raises(urllib.error.HTTPError) as refusal:
            urllib.request.urlopen(forged)
        assert refusal.value.code in (400, 403)
    assert "by-address" not in [user["UserName"] for user in iam.list_users()["Users"]]
    with urllib.request.urlopen(url) as answer:
        assert b"<UserName>by-address</UserName>" in answer.read()
    assert "by-address" in [user["UserName"] for user in iam.list_users()["Users"]]


@pytest.mark.cli
def test_curl_signs_by_itself(vault, secrets):
    curl = client_program("curl")
    body = '{"SecretId":"driftsentry/stage/database-url"}'
    command = [
        curl, "-sS", vault.url, "--aws-sigv4", "aws:amz:us-east-1:secretsmanager",
        "-H", "X-Amz-Target: secretsmanager.GetSecretValue",
        "-H", "Content-Type: application/x-amz-json-1.1", "-d", body,
    ]  # fmt: skip
    good = subprocess.run([*command, "-u", f"{ROOT_KEY}:{ROOT_SECRET}"], capture_output=True, timeout=20)
    assert json.loads(good.stdout)["SecretString"] == "stage"
    bad = subprocess.run([*command, "-u", f"{ROOT_KEY}:other"], capture_output=True, timeout=20)
    assert json.loads(bad.stdout)["__type"] == "InvalidSignatureException"


def test_a_key_that_is_made_inactive_or_deleted_opens_nothing(vault, root):
    iam = root("iam")
    iam.create_user(UserName="closing")
    key = iam.create_access_key(UserName="closing")["AccessKey"]
    own = client(vault, "sts", key["AccessKeyId"], key["SecretAccessKey"])
    assert own.get_caller_identity()["Arn"].endswith(":user/closing")
    iam.update_access_key(UserName="closing", AccessKeyId=key["AccessKeyId"], Status="Inactive")
    with refused("InvalidClientTokenId"):
        own.get_caller_identity()
    iam.update_access_key(UserName="closing", AccessKeyId=key["AccessKeyId"], Status="Active")
    own.get_caller_identity()
    iam.delete_access_key(UserName="closing", AccessKeyId=key["AccessKeyId"])
    with refused("InvalidClientTokenId"):
        own.get_caller_identity()


def test_a_server_that_nobody_could_get_into_does_not_start(folder):
    ended = run("serve", "--database", folder + "/v.db", "--port", "0", "--signatures", "verify")
    assert ended.returncode == 1 and not ended.stdout
    assert b"nobody has an access key: set POCKETVAULT_ROOT_CREDENTIALS" in ended.stderr


def test_credentials_of_the_root_that_make_no_sense_are_not_repeated(folder):
    ended = run("serve", "--port", "0", "--root-credentials", "short:invented-secret")
    assert ended.returncode == 64
    assert b"KEYID:SECRET" in ended.stderr and b"invented-secret" not in ended.stderr


def test_a_date_in_the_form_of_http_is_signed_as_well(vault, secrets):
    """As botocore does it where a request has a Date header."""
    request = botocore.awsrequest.AWSRequest(
        "POST",
        vault.url,
        data=b'{"SecretId":"driftsentry/stage/database-url"}',
        headers={
            "X-Amz-Target": "secretsmanager.GetSecretValue",
            "Content-Type": "application/x-amz-json-1.1",
            "Date": "now",
        },
    )
    signer = botocore.auth.SigV4Auth(
        botocore.credentials.Credentials(ROOT_KEY, ROOT_SECRET), "secretsmanager", "us-east-1"
    )
    signer.add_auth(request)
    assert request.headers["Date"] != "now" and "X-Amz-Date" not in request.headers
    sent = request.prepare()
    call = urllib.request.Request(sent.url, sent.body, dict(sent.headers))
    with urllib.request.urlopen(call) as answer:
        assert json.load(answer)["SecretString"] == "stage"


# -- what they may


def test_what_aws_keeps_in_every_account_may_be_looked_at(root, secrets):
    policy = root("iam").get_policy(PolicyArn="arn:aws:iam::aws:policy/SecretsManagerReadWrite")["Policy"]
    version = root("iam").get_policy_version(PolicyArn=policy["Arn"], VersionId=policy["DefaultVersionId"])
    assert version["PolicyVersion"]["Document"]["Statement"]
    key = root("kms").describe_key(KeyId="alias/aws/secretsmanager")["KeyMetadata"]
    assert key["KeyManager"] == "AWS"


def test_a_role_reads_what_its_policy_names_and_nothing_else(task):
    aws = task("secretsmanager")
    session = f"arn:aws:sts::{ACCOUNT}:assumed-role/reader/task"
    assert task("sts").get_caller_identity()["Arn"] == session
    assert aws.get_secret_value(SecretId="driftsentry/prod/database-url")["SecretString"] == "prod"
    for call, operation, name in [
        (aws.get_secret_value, "GetSecretValue", "driftsentry/stage/database-url"),
        (aws.delete_secret, "DeleteSecret", "driftsentry/prod/database-url"),
    ]:
        action = f"secretsmanager:{operation}"
        with refused(
            "AccessDeniedException",
            f"User: {session} is not authorized to perform: {action} on resource: {name}"
            f" because no identity-based policy allows the {action} action",
        ):
            call(SecretId=name)


def test_the_explanation_names_the_statement(vault, task):
    def explain(request):
        ended = run("policy", "explain", request, "--endpoint", vault.url)
        return ended.returncode == 0 and ended.stdout.decode()

    with refused("AccessDeniedException") as refusal:
        task("secretsmanager").get_secret_value(SecretId="driftsentry/stage/database-url")
    request = refusal.value.response["ResponseMetadata"]["RequestId"]
    said = wait_until(lambda: explain(request))
    assert "secretsmanager:GetSecretValue: Denied: no identity-based policy allows it." in said
    assert 'statement 1 ("ReadProduction") of the identity-based policy read' in said
    assert "it is about other resources" in said
    answer = task("secretsmanager").get_secret_value(SecretId="driftsentry/prod/database-url")
    request = answer["ResponseMetadata"]["RequestId"]
    assert 'Allowed by statement 1 ("ReadProduction")' in wait_until(lambda: explain(request))
    newest = run("policy", "explain", "--endpoint", vault.url)
    assert newest.returncode == 0 and b"Denied: " in newest.stdout


def test_a_simulation_answers_before_anybody_calls(vault, task):
    role = f"arn:aws:iam::{ACCOUNT}:role/reader"

    def simulate(*arguments):
        ended = run("policy", "simulate", "--principal", role, *arguments, "--json", "--endpoint", vault.url)
        assert ended.returncode == 0, ended.stderr
        return json.loads(ended.stdout)

    read = ("--action", "secretsmanager:GetSecretValue")
    assert simulate(*read, "--secret", "driftsentry/prod/anything")["allowed"]
    assert not simulate(*read, "--secret", "driftsentry/stage/anything")["allowed"]
    nobody = run("policy", "simulate", "--principal", "arn:x", *read, "--endpoint", vault.url)
    assert nobody.returncode == 1 and b"Nobody has the ARN arn:x" in nobody.stderr


def test_a_simulation_says_what_the_call_would_be_told(vault, root, secrets):
    """Each question is asked, and then the call is made."""
    iam, kms = root("iam"), root("kms")
    key = kms.create_key()["KeyMetadata"]["Arn"]
    secrets.create_secret(Name="under-a-key", SecretString="1", KmsKeyId=key)
    user = iam.create_user(UserName="simulated")["User"]["Arn"]
    allow = {"Effect": "Allow", "Action": ["secretsmanager:*", "sts:AssumeRole"], "Resource": "*"}
    document = json.dumps({"Version": "2012-10-17", "Statement": allow})
    iam.put_user_policy(UserName="simulated", PolicyName="p", PolicyDocument=document)
    trust = json.loads(json.dumps(TRUST).replace(f"iam::{ACCOUNT}:root", f"iam::{ACCOUNT}:user/simulated"))
    roles = {
        name: iam.create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps(policy))["Role"]["Arn"]
        for name, policy in [("trusts-simulated", trust), ("trusts-service", service_trust())]
    }
    made = iam.create_access_key(UserName="simulated")["AccessKey"]
    keys = (made["AccessKeyId"], made["SecretAccessKey"])

    def simulate(action, *arguments):
        ended = run(
            "policy", "simulate", "--principal", user, "--action", action, *arguments, "--json", "--endpoint", vault.url
        )
        assert ended.returncode == 0, ended.stderr
        return json.loads(ended.stdout)

    own = client(vault, "secretsmanager", *keys)
    said = simulate("secretsmanager:GetSecretValue", "--secret", "under-a-key")
    assert not said["allowed"] and f"kms:Decrypt on {key}" in said["explanation"]
    with refused("AccessDeniedException", "Access to KMS is not allowed"):
        own.get_secret_value(SecretId="under-a-key")
    said = simulate("secretsmanager:PutSecretValue", "--secret", "under-a-key")
    assert not said["allowed"] and f"kms:GenerateDataKey on {key}" in said["explanation"]
    with refused("AccessDeniedException", "Access to KMS is not allowed"):
        own.put_secret_value(SecretId="under-a-key", SecretString="2")
    sts = client(vault, "sts", *keys)
    assert simulate("sts:AssumeRole", "--resource", roles["trusts-simulated"])["allowed"]
    sts.assume_role(RoleArn=roles["trusts-simulated"], RoleSessionName="s1")
    assert not simulate("sts:AssumeRole", "--resource", roles["trusts-service"])["allowed"]
    with refused("AccessDenied"):
        sts.assume_role(RoleArn=roles["trusts-service"], RoleSessionName="s1")


def service_trust():
    """A trust policy that lets no user in."""
    statement = {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}
    return {"Version": "2012-10-17", "Statement": [statement]}


def test_what_is_only_reported_can_be_listed_and_suggested(folder):
    """As docs/access.md has it: --iam report, the tests, and then the policy that they need."""
    seed = pathlib.Path(folder) / "seed.json"
    key = {"id": "AKIAREPORTREPORTREPO", "secret": "invented-secret"}
    document = {"version": 1, "secrets": [], "principals": [{"user": "tester", "accessKeys": [key]}]}
    seed.write_text(json.dumps(document))
    arn = f"arn:aws:iam::{ACCOUNT}:user/tester"
    with Pocketvault(folder, "--iam", "report", "--seed", seed) as server:
        own = client(server, "secretsmanager", key["id"], key["secret"])
        own.create_secret(Name="made", SecretString="1")
        with refused("ResourceNotFoundException"):
            own.get_secret_value(SecretId="not-made")
        own.list_secrets()

        def command(*arguments):
            ended = run(*arguments, "--endpoint", server.url)
            assert ended.returncode == 0, ended.stderr
            return ended.stdout.decode()

        def lines():
            shown = command("audit", "--refused").splitlines()
            return len(shown) == 3 and shown

        shown = wait_until(lines)
        assert all(f"Would be refused: User: {arn} is not authorized" in line for line in shown)
        page = control(server, "/_pocketvault/audit?refused=true")["records"]
        assert [entry["decision"].startswith("Would be refused: ") for entry in page] == [True] * 3
        suggested = json.loads(command("policy", "suggest", "--principal", arn))
        resources = {s["Action"][0]: s["Resource"] for s in suggested["Statement"]}
        secret = f"arn:aws:secretsmanager:us-east-1:{ACCOUNT}:secret"
        assert resources == {
            "secretsmanager:CreateSecret": [f"{secret}:made-??????"],
            "secretsmanager:GetSecretValue": [f"{secret}:not-made-??????"],
            "secretsmanager:ListSecrets": ["*"],
        }


@pytest.mark.parametrize(
    ("principal", "said"),
    [
        ({"user": "u", "attached": ["none"]}, "principals[0].attached[0]: there is no such policy;"),
        ({"user": "u", "boundary": "arn:aws:iam::aws:policy/None"}, "principals[0].boundary: there is no such policy;"),
        ({"user": "u", "tags": {"aws:x": "y"}}, "principals[0].tags.aws:x: keys that begin with aws:"),
        ({"user": "u", "policies": {"a b": READ}}, "principals[0].policies.a b: the name must"),
    ],
)
def test_a_seed_with_what_iam_would_refuse_is_refused_with_its_place(folder, principal, said):
    seed = pathlib.Path(folder) / "seed.json"
    seed.write_text(json.dumps({"version": 1, "secrets": [], "principals": [principal]}))
    ended = run("serve", "--database", folder + "/v.db", "--port", "0", "--seed", seed)
    assert ended.returncode == 1 and not ended.stdout
    assert f"{seed}:1: {said}" in ended.stderr.decode()


def test_what_is_suggested_allows_what_was_seen_and_no_more(vault, root, secrets):
    iam = root("iam")
    iam.create_user(UserName="observed")
    iam.attach_user_policy(
        UserName="observed", PolicyArn="arn:aws:iam::aws:policy/SecretsManagerReadWrite"
    )
    key = iam.create_access_key(UserName="observed")["AccessKey"]
    own = client(vault, "secretsmanager", key["AccessKeyId"], key["SecretAccessKey"])
    own.create_secret(Name="observed/one", SecretString="1", Tags=[{"Key": "a", "Value": "b"}])
    own.get_secret_value(SecretId="observed/one")
    own.list_secrets()
    arn = f"arn:aws:iam::{ACCOUNT}:user/observed"

    def suggest():
        ended = run("policy", "suggest", "--principal", arn, "--endpoint", vault.url)
        assert ended.returncode == 0, ended.stderr
        return b"ListSecrets" in ended.stdout and ended

    suggested = wait_until(suggest)
    assert b"secretsmanager:DeleteSecret" in suggested.stderr, "granted and never used"
    assert b"secretsmanager:GetSecretValue" not in suggested.stderr
    iam.detach_user_policy(
        UserName="observed", PolicyArn="arn:aws:iam::aws:policy/SecretsManagerReadWrite"
    )
    iam.put_user_policy(
        UserName="observed", PolicyName="suggested", PolicyDocument=suggested.stdout.decode()
    )
    own.get_secret_value(SecretId="observed/one")
    own.list_secrets()
    with refused("AccessDeniedException"):
        own.delete_secret(SecretId="observed/one")
    with refused("AccessDeniedException"):
        own.get_secret_value(SecretId="driftsentry/prod/database-url")
    secrets.delete_secret(SecretId="observed/one", ForceDeleteWithoutRecovery=True)
    own.create_secret(Name="observed/one", SecretString="1", Tags=[{"Key": "a", "Value": "b"}])


def test_tags_of_sessions_and_secrets_decide(vault, root):
    iam, aws = root("iam"), root("secretsmanager")
    iam.create_role(RoleName="by-tag", AssumeRolePolicyDocument=json.dumps(TRUST))
    policy = {
        "Version": "2012-10-17",
        "Statement": {
            "Effect": "Allow",
            "Action": "secretsmanager:GetSecretValue",
            "Resource": "*",
            "Condition": {"StringEquals": {"secretsmanager:ResourceTag/team": "${aws:PrincipalTag/team}"}},
        },
    }
    iam.put_role_policy(RoleName="by-tag", PolicyName="p", PolicyDocument=json.dumps(policy))
    for team in ("payments", "search"):
        aws.create_secret(Name=f"tags/{team}", SecretString=team, Tags=[{"Key": "team", "Value": team}])
    session = root("sts").assume_role(
        RoleArn=f"arn:aws:iam::{ACCOUNT}:role/by-tag",
        RoleSessionName="s1",
        Tags=[{"Key": "team", "Value": "payments"}],
    )
    own = client(vault, "secretsmanager", *of(session["Credentials"]))
    assert own.get_secret_value(SecretId="tags/payments")["SecretString"] == "payments"
    with refused("AccessDeniedException"):
        own.get_secret_value(SecretId="tags/search")


def test_a_role_is_assumed_by_whom_it_trusts_and_a_session_policy_limits_it(vault, root, secrets):
    iam, sts = root("iam"), root("sts")
    iam.create_user(UserName="trusted")
    iam.create_user(UserName="other")
    keys = {}
    for user in ("trusted", "other"):
        key = iam.create_access_key(UserName=user)["AccessKey"]
        keys[user] = client(vault, "sts", key["AccessKeyId"], key["SecretAccessKey"])
    trust = {
        "Version": "2012-10-17",
        "Statement": {
            "Effect": "Allow",
            "Principal": {"AWS": f"arn:aws:iam::{ACCOUNT}:user/trusted"},
            "Action": "sts:AssumeRole",
            "Condition": {"StringEquals": {"sts:ExternalId": "agreed"}},
        },
    }
    role = iam.create_role(RoleName="trusting", AssumeRolePolicyDocument=json.dumps(trust))["Role"]["Arn"]
    iam.put_role_policy(RoleName="trusting", PolicyName="p", PolicyDocument=json.dumps(READ))

    def assume(caller, **others):
        return caller.assume_role(RoleArn=role, RoleSessionName="session", **others)

    for caller in (keys["other"], sts):
        with refused("AccessDenied", f"is not authorized to perform: sts:AssumeRole on resource: {role}"):
            assume(caller, ExternalId="agreed")
    with refused("AccessDenied"):
        assume(keys["trusted"])
    with refused("AccessDenied"):
        keys["trusted"].assume_role(RoleArn=role + "x", RoleSessionName="session")
    name = "driftsentry/prod/database-url"
    whole = assume(keys["trusted"], ExternalId="agreed")["Credentials"]
    assert client(vault, "secretsmanager", *of(whole)).get_secret_value(SecretId=name)
    nothing = json.dumps({"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}})
    limited = assume(keys["trusted"], ExternalId="agreed", Policy=nothing)
    assert limited["PackedPolicySize"] >= 1
    with refused("AccessDeniedException", "because no session policy allows"):
        client(vault, "secretsmanager", *of(limited["Credentials"])).get_secret_value(SecretId=name)
    with refused("ValidationError", "exceeds the MaxSessionDuration"):
        assume(keys["trusted"], ExternalId="agreed", DurationSeconds=7200)


def test_a_session_of_a_user_is_the_user_and_ends(vault, root):
    iam = root("iam")
    iam.create_user(UserName="for-a-while")
    key = iam.create_access_key(UserName="for-a-while")["AccessKey"]
    own = client(vault, "sts", key["AccessKeyId"], key["SecretAccessKey"])
    session = own.get_session_token(DurationSeconds=900)["Credentials"]
    assert session["AccessKeyId"].startswith("ASIA")
    temporary = client(vault, "sts", *of(session))
    assert temporary.get_caller_identity()["Arn"].endswith(":user/for-a-while")
    control(vault, "/_pocketvault/clock", {"advance": "PT20M"})
    try:
        with refused("ExpiredToken", "The security token included in the request is expired"):
            temporary.get_caller_identity()
        with refused("ExpiredTokenException"):
            client(vault, "secretsmanager", *of(session)).list_secrets()
    finally:
        control(vault, "/_pocketvault/clock", {"reset": True})
    temporary.get_caller_identity()


def test_the_trail_tells_users_from_sessions(vault, root, task):
    with refused("AccessDeniedException"):
        task("secretsmanager").list_secrets()

    def find():
        events = root("cloudtrail").lookup_events(
            LookupAttributes=[{"AttributeKey": "EventName", "AttributeValue": "ListSecrets"}]
        )["Events"]
        records = [json.loads(event["CloudTrailEvent"]) for event in events]
        return next((r for r in records if r["userIdentity"]["type"] == "AssumedRole"), None)

    record = wait_until(find)
    identity = record["userIdentity"]
    assert record["errorCode"] == "AccessDenied"
    assert identity["arn"] == f"arn:aws:sts::{ACCOUNT}:assumed-role/reader/task"
    assert identity["principalId"].startswith("AROA") and identity["principalId"].endswith(":task")
    assert identity["sessionContext"]["sessionIssuer"]["arn"] == f"arn:aws:iam::{ACCOUNT}:role/reader"


def test_a_rotation_command_has_credentials_that_are_let_in(folder):
    script = pathlib.Path(folder) / "rotate.sh"
    script.write_text(
        f"#!{sys.executable}\n"
        "import json, sys, boto3\n"
        "event = json.load(sys.stdin)\n"
        "aws = boto3.client('secretsmanager')\n"
        "arn, token = event['SecretId'], event['ClientRequestToken']\n"
        "if event['Step'] == 'createSecret':\n"
        "    aws.put_secret_value(SecretId=arn, ClientRequestToken=token, SecretString='new',\n"
        "                         VersionStages=['AWSPENDING'])\n"
        "if event['Step'] == 'finishSecret':\n"
        "    labels = aws.describe_secret(SecretId=arn)['VersionIdsToStages']\n"
        "    old = next(v for v, names in labels.items() if 'AWSCURRENT' in names)\n"
        "    aws.update_secret_version_stage(SecretId=arn, VersionStage='AWSCURRENT',\n"
        "                                    MoveToVersionId=token, RemoveFromVersionId=old)\n"
    )
    script.chmod(0o755)
    environment = clean_environment(POCKETVAULT_ROOT_CREDENTIALS=f"{ROOT_KEY}:{ROOT_SECRET}")
    options = ("--signatures", "verify", "--iam", "enforce", "--rotation-function", f"*={script}")
    with Pocketvault(folder, *options, environment=environment) as server:
        aws = client(server, "secretsmanager")
        aws.create_secret(Name="rotated", SecretString="old")
        aws.rotate_secret(
            SecretId="rotated",
            RotationLambdaARN=f"arn:aws:lambda:us-east-1:{ACCOUNT}:function:rotate",
            RotationRules={"AutomaticallyAfterDays": 30},
        )
        value = lambda: aws.get_secret_value(SecretId="rotated")["SecretString"]  # noqa: E731
        # Each of the four steps starts Python and boto3.
        assert wait_until(lambda: value() == "new", seconds=60)


# -- scenario.md, as it is typed


@pytest.mark.cli
def test_row_2_a_policy_is_made_and_attached_and_has_its_effect(folder):
    aws = client_program("aws")
    (pathlib.Path(folder) / "policy.json").write_text(json.dumps(READ))
    environment = clean_environment(POCKETVAULT_ROOT_CREDENTIALS=f"{ROOT_KEY}:{ROOT_SECRET}")
    seed = pathlib.Path(__file__).resolve().parents[2] / "seed" / "driftsentry.json"
    options = ("--signatures", "verify", "--iam", "enforce", "--seed", seed)
    with Pocketvault(folder, *options, environment=environment) as server:
        variables = clean_environment(
            PATH=f"{os.path.dirname(aws)}:{binary().parent}:{os.environ['PATH']}",
            HOME=str(folder),
            AWS_ENDPOINT_URL=server.url,
            AWS_DEFAULT_REGION="us-east-1",
            AWS_ACCESS_KEY_ID=ROOT_KEY,
            AWS_SECRET_ACCESS_KEY=ROOT_SECRET,
        )

        def shell(line, code=0, **others):
            ended = subprocess.run(
                ["bash", "-c", line], env=variables | others, cwd=folder, capture_output=True, text=True, timeout=60
            )
            assert ended.returncode == code, f"{line}\n{ended.stderr}"
            return ended.stdout if code == 0 else ended.stderr

        shell("aws iam create-policy --policy-name DriftSentrySecretsReadPolicy --policy-document file://policy.json")
        shell(
            "aws iam attach-role-policy --role-name driftsentry-ecs-task-role"
            f" --policy-arn arn:aws:iam::{ACCOUNT}:policy/DriftSentrySecretsReadPolicy"
        )
        session = json.loads(
            shell(
                f"aws sts assume-role --role-arn arn:aws:iam::{ACCOUNT}:role/driftsentry-ecs-task-role"
                " --role-session-name task"
            )
        )["Credentials"]
        task = {
            "AWS_ACCESS_KEY_ID": session["AccessKeyId"],
            "AWS_SECRET_ACCESS_KEY": session["SecretAccessKey"],
            "AWS_SESSION_TOKEN": session["SessionToken"],
        }
        get = "aws secretsmanager get-secret-value --query SecretString --output text --secret-id"
        assert shell(f"{get} driftsentry/prod/database-url", **task).startswith("postgresql://")
        said = shell(f"{get} driftsentry/stage/database-url", 255, **task)
        assert "(AccessDeniedException)" in said and "assumed-role/driftsentry-ecs-task-role/task" in said
        put = "aws secretsmanager put-secret-value --secret-id driftsentry/prod/database-url --secret-string x"
        assert "secretsmanager:PutSecretValue" in shell(put, 255, **task)
        # A refused read is in the trail a moment after its answer; an assertion waits for all of them.
        shell(f"pocketvault assert --endpoint {server.url}")
        explained = shell(f"pocketvault policy explain --endpoint {server.url}")
        assert 'statement 1 ("ReadProduction")' in explained
        assert "policy/DriftSentrySecretsReadPolicy" in explained


# -- guests


@pytest.fixture(scope="module")
def host(vault, root, secrets):
    """A user who may have guests, and read all environments."""
    allow = {"Effect": "Allow", "Action": ["secretsmanager:*", "sts:GetFederationToken"], "Resource": "*"}
    iam = root("iam")
    iam.create_user(UserName="host")
    document = json.dumps({"Version": "2012-10-17", "Statement": [allow]})
    iam.put_user_policy(UserName="host", PolicyName="all", PolicyDocument=document)
    key = iam.create_access_key(UserName="host")["AccessKey"]
    return lambda service: client(vault, service, key["AccessKeyId"], key["SecretAccessKey"])


def guest(vault, host, name="guest", **options):
    answer = host("sts").get_federation_token(Name=name, **options)
    return lambda service: client(vault, service, *of(answer["Credentials"]))


def test_a_guest_has_what_its_host_and_its_own_policy_allow(vault, host):
    """C88."""
    answer = host("sts").get_federation_token(Name="guest", Policy=json.dumps(READ))
    arn = f"arn:aws:sts::{ACCOUNT}:federated-user/guest"
    assert answer["FederatedUser"] == {"FederatedUserId": f"{ACCOUNT}:guest", "Arn": arn}
    assert answer["PackedPolicySize"] > 0
    aws = client(vault, "secretsmanager", *of(answer["Credentials"]))
    assert aws.get_secret_value(SecretId="driftsentry/prod/database-url")["SecretString"] == "prod"
    with refused("AccessDeniedException", "because no session policy allows"):
        aws.get_secret_value(SecretId="driftsentry/stage/database-url")
    identity = client(vault, "sts", *of(answer["Credentials"])).get_caller_identity()
    assert (identity["Arn"], identity["UserId"]) == (arn, f"{ACCOUNT}:guest")


def test_a_guest_without_a_policy_has_what_names_it(vault, root, host):
    """C88."""
    aws = guest(vault, host, "named")("secretsmanager")
    with refused("AccessDeniedException"):
        aws.get_secret_value(SecretId="driftsentry/stage/database-url")
    root("secretsmanager").create_secret(Name="guestbook", SecretString="welcome")
    statement = {
        "Effect": "Allow",
        "Principal": {"AWS": f"arn:aws:sts::{ACCOUNT}:federated-user/named"},
        "Action": "secretsmanager:GetSecretValue",
        "Resource": "*",
    }
    policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    root("secretsmanager").put_resource_policy(SecretId="guestbook", ResourcePolicy=policy)
    assert aws.get_secret_value(SecretId="guestbook")["SecretString"] == "welcome"
    with refused("AccessDeniedException"):
        guest(vault, host, "other")("secretsmanager").get_secret_value(SecretId="guestbook")


def test_a_guest_calls_neither_iam_nor_sts(vault, host):
    """C88."""
    aws = guest(vault, host)
    with refused("InvalidClientTokenId", "The security token included in the request is invalid"):
        aws("iam").list_users()
    for call in [lambda: aws("sts").get_session_token(), lambda: aws("sts").get_federation_token(Name="next")]:
        with refused("AccessDenied", "with session credentials"):
            call()
