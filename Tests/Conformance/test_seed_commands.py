"""`pocketvault seed`: documents applied, compared and written, and what AWS and Terraform write."""

import base64
import json
import os
import pathlib
import time
import uuid

import boto3
import pytest

from server import Pocketvault, run, wait_until

READ = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Action": "secretsmanager:GetSecretValue", "Resource": "*"}],
}
TRUST = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Principal": {"AWS": "000000000000"}, "Action": "sts:AssumeRole"}],
}
KEY_POLICY = {
    "Version": "2012-10-17",
    "Statement": [
        {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::000000000000:root"}, "Action": "kms:*", "Resource": "*"}
    ],
}
FUNCTION = "arn:aws:lambda:us-east-1:000000000000:function:rotate"


def client(url, service="secretsmanager", region="us-east-1"):
    return boto3.client(
        service, endpoint_url=url, region_name=region, aws_access_key_id="test", aws_secret_access_key="test"
    )


def write(folder, document, name="seed.json") -> pathlib.Path:
    path = pathlib.Path(folder) / name
    path.write_text(document if isinstance(document, str) else json.dumps(document, indent=1))
    return path


def document(*secrets, **members):
    return {"version": 1, "secrets": list(secrets), **members}


def seed(server, *arguments, **more):
    return run("seed", *arguments, "--endpoint", server.url, **more)


def applied(server, *arguments, **more):
    """The lines of a `seed apply` that must succeed."""
    done = seed(server, "apply", *arguments, **more)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode().splitlines()


def value(server, name, **which):
    return client(server.url).get_secret_value(SecretId=name, **which)["SecretString"]


def ids(server, name):
    versions = client(server.url).list_secret_version_ids(SecretId=name, IncludeDeprecated=True)["Versions"]
    return {version["VersionId"]: version.get("VersionStages", []) for version in versions}


# -- apply


def test_applying_makes_what_is_missing_and_a_second_time_changes_nothing(server, folder):
    path = write(folder, document({"name": "twice/a", "value": "one"}, {"name": "twice/b", "generate": {}}))
    assert applied(server, path) == ["created secret twice/a", "created secret twice/b"]
    before = ids(server, "twice/a"), value(server, "twice/b")
    again = seed(server, "apply", path)
    assert (again.stdout, again.stderr) == (b"", b"0 created, 0 changed, 2 the same\n")
    assert (ids(server, "twice/a"), value(server, "twice/b")) == before


def test_another_value_is_a_new_version_and_the_former_one_the_previous(server, folder):
    applied(server, write(folder, document({"name": "moved", "value": "one", "tags": {"a": "1"}})))
    changed = document({"name": "moved", "value": "two", "description": "new", "tags": {"a": "1"}})
    assert applied(server, write(folder, changed)) == ["changed secret moved: description, value"]
    assert value(server, "moved") == "two"
    assert value(server, "moved", VersionStage="AWSPREVIOUS") == "one"
    described = client(server.url).describe_secret(SecretId="moved")
    assert described["Description"] == "new"
    assert described["Tags"] == [{"Key": "a", "Value": "1"}]
    assert len(ids(server, "moved")) == 2


def test_what_a_document_does_not_name_stays_as_it_is(server, folder):
    aws = client(server.url)
    aws.create_secret(Name="kept", SecretString="v", Description="mine", Tags=[{"Key": "Own", "Value": "er"}])
    assert applied(server, write(folder, document({"name": "kept", "value": "v"}))) == []
    described = aws.describe_secret(SecretId="kept")
    assert described["Description"] == "mine" and described["Tags"] == [{"Key": "Own", "Value": "er"}]


def test_a_rehearsal_says_what_would_be_done_and_does_nothing(server, folder):
    path = write(folder, document({"name": "rehearsed", "value": "v"}))
    done = seed(server, "apply", path, "--dry-run")
    assert done.stdout == b"would create secret rehearsed\n"
    assert done.stderr == b"1 to create, 0 to change, 0 the same\n"
    assert seed(server, "apply", path, "--dry-run").stdout == done.stdout


def test_pruning_removes_what_no_document_has_and_only_when_asked(folder):
    with Pocketvault(folder, database=":memory:") as vault:
        client(vault.url).create_secret(Name="old", SecretString="v")
        client(vault.url, region="eu-west-1").create_secret(Name="elsewhere", SecretString="v")
        client(vault.url, "iam").create_user(UserName="gone")
        path = write(folder, document({"name": "new", "value": "v"}))
        assert applied(vault, path) == ["created secret new"]
        assert applied(vault, path, "--prune") == ["removed secret old"]
        write(folder, document({"name": "new", "value": "v"}, principals=[{"user": "stays"}]))
        assert applied(vault, path, "--prune") == ["created user stays", "removed user gone"]
        names = [entry["Name"] for entry in client(vault.url).list_secrets()["SecretList"]]
        assert names == ["new"]
        # Another region than the documents' is left alone.
        assert client(vault.url, region="eu-west-1").list_secrets()["SecretList"]


def test_a_document_that_cannot_be_applied_changes_nothing_and_names_the_place(server, folder):
    version = {"id": "0" * 32, "value": "one"}
    applied(server, write(folder, document({"name": "immutable", "versions": [version]})))
    other = document(
        {"name": "before", "value": "v"},
        {"name": "immutable", "versions": [{"id": "0" * 32, "value": "ANOTHER"}]},
    )
    path = write(folder, other)
    done = seed(server, "apply", path)
    assert done.returncode == 1 and done.stdout == b""
    text = done.stderr.decode()
    assert f"{path}:" in text and "secrets[1].versions[0]" in text and "ANOTHER" not in text
    names = [entry["Name"] for entry in client(server.url).list_secrets()["SecretList"]]
    assert "before" not in names


def test_a_wrong_document_is_told_with_file_line_and_member(server, folder):
    path = write(folder, '{"version":1,"secrets":[\n{"name":"a","vaule":"v"}]}')
    done = seed(server, "apply", path)
    assert done.returncode == 1
    assert f"{path}:2: secrets[0].vaule: there is no such member here" in done.stderr.decode()


def test_documents_come_from_folders_and_standard_input_too(server, folder):
    (pathlib.Path(folder) / "seeds").mkdir()
    write(folder, document({"name": "from/folder", "value": "v"}), "seeds/a.json")
    piped = json.dumps(document({"name": "from/pipe", "value": "v"})).encode()
    lines = applied(server, pathlib.Path(folder) / "seeds", "-", input=piped)
    assert lines == ["created secret from/folder", "created secret from/pipe"]


def test_a_file_that_nobody_serves_is_seeded_by_the_same_command(folder):
    with Pocketvault(folder):
        pass
    path = write(folder, document({"name": "offline", "value": "v"}))
    database = pathlib.Path(folder) / "vault.db"
    done = run("seed", "apply", path, "--database", database)
    assert (done.returncode, done.stdout) == (0, b"created secret offline\n"), done.stderr
    exported = json.loads(run("seed", "export", "--database", database).stdout)
    assert [secret["name"] for secret in exported["secrets"]] == ["offline"]


def test_a_secret_that_is_scheduled_for_deletion_is_restored_when_a_document_has_it(server, folder):
    path = write(folder, document({"name": "back", "value": "v"}))
    applied(server, path)
    client(server.url).delete_secret(SecretId="back")
    assert applied(server, path) == ["changed secret back: deletionDate"]
    assert value(server, "back") == "v"


def test_replicas_follow_what_is_applied(server, folder):
    replicas = [{"region": "eu-west-1"}]
    path = write(folder, document({"name": "copied", "value": "one", "replicas": replicas}))
    applied(server, path)
    write(folder, document({"name": "copied", "value": "two", "replicas": replicas}))
    assert applied(server, path) == ["changed secret copied: value"]
    there = client(server.url, region="eu-west-1")
    assert there.get_secret_value(SecretId="copied")["SecretString"] == "two"
    write(folder, document({"name": "copied", "value": "two", "replicas": []}))
    assert applied(server, path) == ["changed secret copied: replicas"]
    assert not there.list_secrets(Filters=[{"Key": "name", "Values": ["copied"]}])["SecretList"]


def test_keys_and_principals_are_changed_too(server, folder):
    path = pathlib.Path(folder) / "seed.json"

    def has(**more):
        key = {"aliases": ["alias/seeded"], "description": more.get("description", "one")}
        policy = {"policy": "seeded", "document": more.get("read", READ)}
        role = {"role": "seeded", "trust": TRUST, "attached": ["seeded"]}
        write(folder, {"version": 1, "keys": [key], "principals": [role, policy]})

    has()
    assert applied(server, path) == ["created key alias/seeded", "created policy seeded", "created role seeded"]
    other = json.loads(json.dumps(READ).replace("GetSecretValue", "DescribeSecret"))
    has(description="two", read=other)
    assert applied(server, path) == ["changed key alias/seeded: description", "changed policy seeded: document"]
    assert applied(server, path) == []
    iam = client(server.url, "iam")
    arn = "arn:aws:iam::000000000000:policy/seeded"
    assert iam.get_policy(PolicyArn=arn)["Policy"]["DefaultVersionId"] == "v2"
    assert client(server.url, "kms").describe_key(KeyId="alias/seeded")["KeyMetadata"]["Description"] == "two"


# -- diff


def test_a_difference_is_told_without_values_and_by_the_exit_code(folder):
    with Pocketvault(folder, database=":memory:") as vault:
        path = write(folder, document({"name": "same", "value": "v"}, {"name": "other", "value": "PLAIN"}))
        applied(vault, path)
        client(vault.url).put_secret_value(SecretId="other", SecretString="DIFFERENT")
        client(vault.url).create_secret(Name="more", SecretString="v")
        client(vault.url).delete_secret(SecretId="same", ForceDeleteWithoutRecovery=True)
        done = seed(vault, "diff", path)
        assert done.returncode == 1
        assert sorted(done.stdout.decode().splitlines()) == ["+ secret same", "- secret more", "~ secret other: value"]
        assert b"PLAIN" not in done.stdout + done.stderr and b"DIFFERENT" not in done.stdout + done.stderr
        applied(vault, path, "--prune")
        assert seed(vault, "diff", path).returncode == 0


# -- export


def everything(url):
    """A vault with all that a seed document can carry."""
    kms, iam, secrets = (client(url, service) for service in ("kms", "iam", "secretsmanager"))
    key = kms.create_key(Description="app", Policy=json.dumps(KEY_POLICY), Tags=[{"TagKey": "t", "TagValue": "v"}])
    key = key["KeyMetadata"]["KeyId"]
    kms.create_alias(AliasName="alias/app", TargetKeyId=key)
    kms.enable_key_rotation(KeyId=key, RotationPeriodInDays=100)
    disabled = kms.create_key(MultiRegion=True)["KeyMetadata"]["KeyId"]
    doomed = kms.create_key()["KeyMetadata"]["KeyId"]
    secrets.create_secret(Name="under/disabled", SecretString="v", KmsKeyId=disabled)
    kms.disable_key(KeyId=disabled)
    kms.schedule_key_deletion(KeyId=doomed, PendingWindowInDays=9)
    abroad = client(url, "kms", "eu-west-1").create_key(Description="abroad")["KeyMetadata"]["Arn"]
    read = iam.create_policy(
        PolicyName="read", Path="/team/", Description="reads", PolicyDocument=json.dumps(READ), Tags=[{"Key": "k", "Value": "v"}]
    )["Policy"]["Arn"]
    iam.create_role(RoleName="task", AssumeRolePolicyDocument=json.dumps(TRUST), MaxSessionDuration=7200,
                    PermissionsBoundary=read, Description="what runs", Tags=[{"Key": "k", "Value": "v"}])
    iam.put_role_policy(RoleName="task", PolicyName="inline", PolicyDocument=json.dumps(READ))
    iam.attach_role_policy(RoleName="task", PolicyArn="arn:aws:iam::aws:policy/SecretsManagerReadWrite")
    iam.create_user(UserName="ci", Path="/robots/")
    iam.attach_user_policy(UserName="ci", PolicyArn=read)
    first = iam.create_access_key(UserName="ci")["AccessKey"]["AccessKeyId"]
    iam.create_access_key(UserName="ci")
    iam.update_access_key(UserName="ci", AccessKeyId=first, Status="Inactive")
    secrets.create_secret(
        Name="app/database", SecretString='{"user":"é\\u0000"}', Description="database", KmsKeyId="alias/app",
        Tags=[{"Key": "b", "Value": "2"}, {"Key": "a", "Value": ""}], AddReplicaRegions=[{"Region": "eu-west-1", "KmsKeyId": abroad}],
    )
    for labels in (["AWSCURRENT"], ["MINE"], ["AWSCURRENT", "BLUE"], ["AWSPENDING"]):
        secrets.put_secret_value(SecretId="app/database", SecretString=str(labels), VersionStages=labels, ClientRequestToken=str(uuid.uuid4()))
    secrets.put_resource_policy(SecretId="app/database", ResourcePolicy=json.dumps(
        READ | {"Statement": [READ["Statement"][0] | {"Principal": {"AWS": "arn:aws:iam::000000000000:role/task"}}]}))
    secrets.create_secret(Name="app/binary", SecretBinary=bytes(range(256)))
    secrets.create_secret(Name="app/empty", Description="no value yet")
    secrets.create_secret(Name="app/labels", SecretString="only")
    version = secrets.put_secret_value(SecretId="app/labels", SecretString="mine", VersionStages=["MINE"])["VersionId"]
    current = secrets.describe_secret(SecretId="app/labels")["VersionIdsToStages"]
    current = next(each for each, labels in current.items() if "AWSCURRENT" in labels)
    secrets.update_secret_version_stage(SecretId="app/labels", VersionStage="AWSCURRENT", MoveToVersionId=version, RemoveFromVersionId=current)
    secrets.update_secret_version_stage(SecretId="app/labels", VersionStage="AWSPREVIOUS", RemoveFromVersionId=current)
    for name, rules in (("days", {"AutomaticallyAfterDays": 7}), ("cron", {"ScheduleExpression": "rate(10 days)", "Duration": "3h"})):
        secrets.create_secret(Name=f"rotated/{name}", SecretString="v")
        secrets.rotate_secret(SecretId=f"rotated/{name}", RotationLambdaARN=FUNCTION, RotationRules=rules, RotateImmediately=False)
        # Its test of the function has a version of its own, until it ends.
        wait_until(lambda: "AWSPENDING" not in str(secrets.describe_secret(SecretId=f"rotated/{name}")))
    secrets.cancel_rotate_secret(SecretId="rotated/days")
    secrets.create_secret(Name="doomed", SecretString="v")
    secrets.delete_secret(SecretId="doomed", RecoveryWindowInDays=7)
    client(url, region="ap-south-1").create_secret(Name="abroad", SecretString="v")


def exported(server, *arguments):
    done = seed(server, "export", *arguments)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


@pytest.fixture(scope="module")
def full(tmp_path_factory):
    function = ("--rotation-function", f"{FUNCTION}=builtin:random-password")
    with Pocketvault(tmp_path_factory.mktemp("full"), *function, database=":memory:") as vault:
        everything(vault.url)
        yield vault


@pytest.mark.parametrize("with_values", [(), ("--with-values",)], ids=["shape", "values"])
def test_an_export_applied_to_an_empty_vault_gives_the_same_export(full, folder, with_values):
    first = exported(full, *with_values)
    path = write(folder, first.decode())
    with Pocketvault(folder, database=":memory:") as vault:
        applied(vault, path)
        assert exported(vault, *with_values).decode() == first.decode()
        assert applied(vault, path) == []
    # The server's own start does the same as the command.
    with Pocketvault(folder, "--seed", path, database=":memory:") as vault:
        assert exported(vault, *with_values).decode() == first.decode()
    assert applied(full, path) == []


def test_an_export_without_values_has_none(full):
    text = exported(full).decode()
    for plain in ("only", '"mine"', "user", base64.b64encode(bytes(range(256))).decode(), "accessKeys"):
        assert plain not in text.replace('"user" : "ci"', "")
    assert {"secret", "value", "binary"}.isdisjoint(
        key for secret in json.loads(text)["secrets"] for version in secret.get("versions", []) for key in version)


def test_an_export_with_values_is_for_its_owner_alone_and_says_so(full, folder):
    path = pathlib.Path(folder) / "out.json"
    done = seed(full, "export", "--with-values", "--output", path)
    assert done.returncode == 0 and "values in the clear" in done.stderr.decode()
    assert path.stat().st_mode & 0o777 == 0o600
    assert seed(full, "export", "--output", path).returncode == 1, "nothing that is there gives way"
    assert seed(full, "export", "--output", path, "--force").returncode == 0
    assert "value" not in json.loads(path.read_text())["secrets"][0]["versions"][0]


def test_a_version_that_waits_for_its_value_gets_it_from_a_later_document(server, folder):
    version = {"id": "1" * 32, "stages": ["AWSCURRENT"]}
    applied(server, write(folder, document({"name": "waits", "versions": [version]})))
    with pytest.raises(Exception, match="ResourceNotFoundException"):
        value(server, "waits")
    filled = document({"name": "waits", "versions": [version | {"value": "here"}]})
    assert applied(server, write(folder, filled)) == ["changed secret waits: value"]
    assert value(server, "waits") == "here" and list(ids(server, "waits")) == ["1" * 32]


# -- what AWS and Terraform write


def arn(name, region="eu-central-1", account="123456789012"):
    return f"arn:aws:secretsmanager:{region}:{account}:secret:{name}-AbCdEf"


def listed(number):
    """An entry of list-secrets, as the CLI prints it."""
    entry = {
        "ARN": arn(f"prod/{number}"), "Name": f"prod/{number}", "LastChangedDate": "2026-11-01T10:00:00+00:00",
        "Tags": [{"Key": "Number", "Value": str(number)}, {"Key": "aws:cloudformation:stack-name", "Value": "s"}],
        "SecretVersionsToStages": {str(uuid.uuid4()): ["AWSCURRENT"], str(uuid.uuid4()): ["AWSPREVIOUS"]},
        "CreatedDate": "2026-10-01T10:00:00+00:00",
    }
    if number % 3 == 0:
        entry |= {"KmsKeyId": "arn:aws:kms:eu-central-1:123456789012:key/" + str(uuid.uuid4())}
    if number % 5 == 0:
        entry |= {"RotationEnabled": True, "RotationLambdaARN": FUNCTION, "RotationRules": {"AutomaticallyAfterDays": 30}}
    return entry


def test_a_list_of_300_secrets_becomes_a_vault_and_no_invented_value_equals_another(folder):
    path = write(folder, {"SecretList": [listed(number) for number in range(300)]})
    with Pocketvault(folder, database=":memory:") as vault:
        assert len(applied(vault, path, "--synthesize")) == 300
        aws, values = client(vault.url), []
        for number in range(300):
            for label in ("AWSCURRENT", "AWSPREVIOUS"):
                values.append(value(vault, f"prod/{number}", VersionStage=label))
        assert len(set(values)) == 600 and all(values)
        described = aws.describe_secret(SecretId="prod/15")
        assert described["ARN"] == arn("prod/15", "us-east-1", "000000000000")
        assert described["RotationRules"] == {"AutomaticallyAfterDays": 30}
        assert described["Tags"] == [{"Key": "Number", "Value": "15"}]
        assert applied(vault, path, "--synthesize") == [], "what was invented stays"
        assert value(vault, "prod/0") == values[0]


def test_arns_can_be_kept(folder):
    path = write(folder, {"SecretList": [listed(1)]})
    with Pocketvault(folder, database=":memory:") as vault:
        applied(vault, path, "--synthesize", "--keep-arns")
        theirs = boto3.client("secretsmanager", endpoint_url=vault.url, region_name="eu-central-1",
                              aws_access_key_id="123456789012", aws_secret_access_key="test")
        assert theirs.describe_secret(SecretId=arn("prod/1"))["Name"] == "prod/1"


VALUES = {
    "prod/json": json.dumps({"username": "app", "password": "Pr0duction-Only", "port": 5432}),
    "prod/url": "postgres://app:pr0duct1on@db.internal:5432/app",
    "prod/short": "a",
    "prod/short2": "b",
}


def batch():
    entries = [
        {"ARN": arn(name), "Name": name, "VersionId": str(uuid.uuid4()), "SecretString": text, "VersionStages": ["AWSCURRENT"]}
        for name, text in VALUES.items()
    ]
    return {"SecretValues": entries, "Errors": []}


def test_values_of_production_are_replaced_by_others_of_their_shape(folder):
    path = write(folder, batch())
    with Pocketvault(folder, database=":memory:") as vault:
        applied(vault, path, "--synthesize")
        found = {name: value(vault, name) for name in VALUES}
        assert set(found.values()).isdisjoint(VALUES.values()) and len(set(found.values())) == len(VALUES)
        shaped = json.loads(found["prod/json"])
        assert set(shaped) == {"username", "password", "port"} and len(shaped["password"]) == 15
        assert found["prod/url"].startswith("postgres://app:") and found["prod/url"].endswith("@db.internal:5432/app")


def test_values_are_taken_by_apply_and_by_import_where_nothing_is_invented(folder):
    path = write(folder, batch())
    with Pocketvault(folder, database=":memory:") as vault:
        applied(vault, path)
        assert {name: value(vault, name) for name in VALUES} == VALUES
        done = run("import", path, "--endpoint", vault.url, "--on-conflict", "update")
        assert done.stdout.decode().splitlines() == [f"unchanged {name}" for name in VALUES]
        done = run("import", write(folder, listed(7), "one.json"), "--endpoint", vault.url)
        assert done.returncode == 1 and b"no value of it is in there" in done.stderr


def test_what_list_secrets_of_the_vault_itself_answers_is_read(full, folder):
    aws = client(full.url)
    entries = aws.get_paginator("list_secrets").paginate(IncludePlannedDeletion=True).build_full_result()["SecretList"]
    described = [aws.describe_secret(SecretId=entry["ARN"]) for entry in entries]
    path = write(folder, json.dumps(described, default=str))
    with Pocketvault(folder, database=":memory:") as vault:
        done = seed(vault, "apply", path, "--synthesize")
        assert done.returncode == 0, done.stderr.decode()
        assert "doomed is left out: it is scheduled for deletion" in done.stderr.decode()
        names = {entry["Name"] for entry in client(vault.url).list_secrets()["SecretList"]}
        assert names == {entry["Name"] for entry in entries} - {"doomed"}


def state(*resources):
    return {"version": 4, "terraform_version": "1.9.0", "serial": 1, "lineage": "x", "outputs": {}, "resources": [
        {"mode": "managed", "type": kind, "name": "r", "provider": "p", "instances": [{"schema_version": 0, "attributes": attributes}]}
        for kind, attributes in resources
    ]}


def test_a_state_of_terraform_is_read(folder):
    secret = arn("tf/app")
    path = write(folder, state(
        ("aws_secretsmanager_secret", {
            "arn": secret, "id": secret, "name": "tf/app", "description": "from tf", "kms_key_id": "", "policy": "",
            "tags": {"Env": "prod"}, "tags_all": {"Env": "prod"}, "replica": []}),
        ("aws_secretsmanager_secret_version", {
            "arn": secret, "secret_id": secret, "secret_string": "from-state", "secret_binary": "",
            "version_id": "2" * 32, "version_stages": ["AWSCURRENT"]}),
        ("aws_secretsmanager_secret_rotation", {
            "secret_id": secret, "rotation_enabled": True, "rotation_lambda_arn": FUNCTION,
            "rotation_rules": [{"automatically_after_days": 30, "duration": "", "schedule_expression": ""}]}),
        ("aws_secretsmanager_secret_policy", {"secret_arn": secret, "policy": json.dumps(
            READ | {"Statement": [READ["Statement"][0] | {"Principal": {"AWS": "000000000000"}}]})}),
        ("aws_instance", {"id": "i-1"}),
    ), "terraform.tfstate")
    with Pocketvault(folder, database=":memory:") as vault:
        assert applied(vault, path) == ["created secret tf/app"]
        aws = client(vault.url)
        described = aws.describe_secret(SecretId="tf/app")
        assert (described["Description"], described["RotationRules"]) == ("from tf", {"AutomaticallyAfterDays": 30})
        assert value(vault, "tf/app") == "from-state" and list(ids(vault, "tf/app")) == ["2" * 32]
        assert "ResourcePolicy" in aws.get_resource_policy(SecretId="tf/app")


def test_a_wrong_list_is_told_with_file_line_and_member(server, folder):
    path = write(folder, '{"SecretList":[\n{"Name":"a"}]}')
    done = seed(server, "apply", path)
    assert done.returncode == 1
    assert done.stderr.decode().strip().endswith(f"{path}: line 2: SecretList[0]: a secret needs the members Name and ARN")


# -- what a server does with seeds


def test_a_seed_in_a_variable_is_applied_after_the_files(folder):
    path = write(folder, document({"name": "file", "value": "v"}))
    text = json.dumps(document({"name": "variable", "value": "v"}))
    environment = {"POCKETVAULT_SEED_JSON": text}
    with Pocketvault(folder, "--seed", path, database=":memory:", environment=environment) as vault:
        names = [entry["Name"] for entry in client(vault.url).list_secrets(SortOrder="asc")["SecretList"]]
        assert sorted(names) == ["file", "variable"]
    environment = {"POCKETVAULT_SEED_JSON": '{"version":1,"secrets":[{"nam":1}]}'}
    assert "POCKETVAULT_SEED_JSON:1: secrets[0].nam: " in Pocketvault(folder, environment=environment).refusal()


def test_a_seed_comes_from_standard_input(folder):
    path = write(folder, document({"name": "piped", "value": "v"}))
    shell = ("sh", "-c", f'exec "$@" < {path}', "sh")
    with Pocketvault(folder, "--seed", "-", database=":memory:", prefix=shell) as vault:
        assert value(vault, "piped") == "v"
        reset(vault)
        assert value(vault, "piped") == "v"


def reset(vault):
    import urllib.request

    request = urllib.request.Request(
        vault.url + "/_pocketvault/reset", b"{}", {"Content-Type": "application/json"}, method="POST")
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.load(answer)


def test_a_reset_applies_the_seed_files_as_they_are_now(folder):
    path = write(folder, document({"name": "before", "value": "v"}))
    with Pocketvault(folder, "--seed", path, database=":memory:") as vault:
        write(folder, document({"name": "after", "value": "v"}))
        assert reset(vault) == {"status": "ok", "seeded": 1}
        assert [entry["Name"] for entry in client(vault.url).list_secrets()["SecretList"]] == ["after"]
        write(folder, "{")
        with pytest.raises(Exception, match="409"):
            reset(vault)
        assert [entry["Name"] for entry in client(vault.url).list_secrets()["SecretList"]] == ["after"]


def test_a_watched_seed_file_is_applied_when_it_changes_or_is_replaced(folder):
    path = write(folder, document({"name": "watched", "value": "one"}))
    with Pocketvault(folder, "--seed", path, "--watch-seeds", database=":memory:") as vault:
        write(folder, document({"name": "watched", "value": "two"}))
        wait_until(lambda: value(vault, "watched") == "two")
        # As editors do it.
        write(folder, document({"name": "watched", "value": "three"}), "new")
        os.rename(pathlib.Path(folder) / "new", path)
        wait_until(lambda: value(vault, "watched") == "three")
        write(folder, "{ this is wrong")
        wait_until(lambda: "Seeds not applied." in vault.log.read_text())
        assert value(vault, "watched") == "three"


def test_the_shape_of_a_vault_is_written_after_each_change_and_not_after_a_read(folder):
    shape = pathlib.Path(folder) / "shape.json"
    with Pocketvault(folder, "--export", shape, database=":memory:") as vault:
        aws = client(vault.url)
        aws.create_secret(Name="one", SecretString="PLAIN")
        wait_until(lambda: "one" in shape.read_text())
        assert "PLAIN" not in shape.read_text()
        before = shape.stat().st_ino
        value(vault, "one")
        time.sleep(0.4)
        assert shape.stat().st_ino == before
        aws.tag_resource(SecretId="one", Tags=[{"Key": "k", "Value": "v"}])
        wait_until(lambda: '"k"' in shape.read_text())
        assert shape.read_bytes() == exported(vault)


def test_seeds_take_the_write_lane_in_pieces(folder):
    secrets = [{"name": f"many/{number}", "value": "v"} for number in range(3_000)]
    path = write(folder, document(*secrets))
    with Pocketvault(folder, "--seed", path, database=":memory:") as vault:
        assert "created=3000" in vault.log.read_text()
        assert value(vault, "many/2999") == "v"


def test_documents_larger_than_a_call_to_aws_may_be_are_applied(server, folder):
    secrets = [{"name": f"large/{number}", "value": "v" * 60_000} for number in range(30)]
    assert len(applied(server, write(folder, document(*secrets)))) == 30
