"""DriftSentry's secrets through the AWS CLI, each command typed as it would be against AWS."""

import base64
import json
import os
import shutil
import subprocess
import tempfile
from concurrent.futures import ThreadPoolExecutor

import pytest

from conftest import client_program
from server import binary, clean_environment

pytestmark = pytest.mark.cli

# What the pinned version 1 ends with; version 2 ends with 254 and 252.
REFUSED, BAD_USAGE = 255, 2


@pytest.fixture(scope="module")
def shell(server):
    """Runs a line of shell in which the output of `pocketvault env` was evaluated."""
    aws = client_program("aws")
    folder = tempfile.mkdtemp(prefix="pocketvault-")
    path = f"{os.path.dirname(aws)}:{binary().parent}:{os.environ['PATH']}"
    environment = clean_environment(PATH=path, HOME=folder, ENDPOINT=server.url)

    def run(line: str, code: int = 0, **variables) -> str:
        ended = subprocess.run(
            ["bash", "-c", f'eval "$(pocketvault env --all-services --endpoint "$ENDPOINT")"\n{line}'],
            env=environment | variables,
            cwd=folder,
            capture_output=True,
            timeout=60,
        )
        said = ended.stderr.decode()
        assert ended.returncode == code, f"{line}\nexit code {ended.returncode}: {said}"
        return ended.stdout.decode() if code == 0 else said

    run.folder = folder
    yield run
    shutil.rmtree(folder, ignore_errors=True)


def sm(shell, line: str, code: int = 0):
    """Runs `aws secretsmanager …`; returns the JSON that it prints."""
    output = shell(f"aws secretsmanager {line}", code)
    return json.loads(output) if code == 0 and output.strip() else output


def all_at_once(*calls):
    """Runs calls that do not depend on one another; a start of the CLI takes most of a second."""
    with ThreadPoolExecutor(4) as pool:
        return [future.result() for future in [pool.submit(call) for call in calls]]


DATABASE_URL = "postgresql://driftsentry:invented@db.driftsentry.example:5432/driftsentry?sslmode=require"
API_KEYS = '{"sentry":"https://invented@sentry.example/1","stripe":"invented-stripe-key"}'


@pytest.fixture(scope="module")
def project(shell):
    """Rows 1 and 7 of the scenario: the secrets of two environments, created as the project does."""
    create = "aws secretsmanager create-secret --name driftsentry"

    def tags(environment):
        return f"--tags Key=Project,Value=DriftSentry Key=Environment,Value={environment}"

    all_at_once(
        lambda: shell(
            f'{create}/prod/database-url --description "PostgreSQL connection string" '
            f'--secret-string "{DATABASE_URL}" {tags("production")}'
        ),
        lambda: shell(
            f"{create}/prod/redis-url --secret-string rediss://:invented@cache.example:6379/0 {tags('production')}"
        ),
        lambda: shell(
            "openssl rand -base64 64 > jwt.txt\n"
            f'{create}/prod/jwt-secret --secret-string "$(cat jwt.txt)" {tags("production")}'
        ),
        lambda: shell(f"{create}/prod/api-keys --secret-string '{API_KEYS}' {tags('production')}"),
        lambda: shell(f"{create}/stage/database-url --secret-string staged {tags('staging')}"),
        lambda: shell(f"{create}/stage/redis-url --secret-string staged {tags('staging')}"),
    )
    return shell


# -- the scenario


def test_row_1_the_secrets_are_created_with_description_tags_and_values_of_any_shape(project):
    described, keys = all_at_once(
        lambda: sm(project, "describe-secret --secret-id driftsentry/prod/database-url"),
        lambda: sm(project, "get-secret-value --secret-id driftsentry/prod/api-keys"),
    )
    assert described["Description"] == "PostgreSQL connection string"
    assert described["Tags"] == [
        {"Key": "Project", "Value": "DriftSentry"},
        {"Key": "Environment", "Value": "production"},
    ]
    assert keys["SecretString"] == API_KEYS


def test_row_1_the_two_lines_of_the_jwt_secret_come_back_byte_for_byte(project):
    get = "aws secretsmanager get-secret-value --secret-id driftsentry/prod/jwt-secret"
    # The CLI ends its text output with a line feed, as openssl ends its own.
    project(f"{get} --query SecretString --output text | cmp - jwt.txt && test $(wc -l < jwt.txt) = 2")


def test_row_5_an_update_of_the_jwt_secret_moves_the_labels(project):
    update = "aws secretsmanager update-secret --secret-id driftsentry/prod/jwt-secret"
    get = "aws secretsmanager get-secret-value --secret-id driftsentry/prod/jwt-secret"
    project(f'cp jwt.txt old.txt; openssl rand -base64 64 > jwt.txt; {update} --secret-string "$(cat jwt.txt)"')
    all_at_once(
        lambda: project(f"{get} --query SecretString --output text | cmp - jwt.txt"),
        lambda: project(
            f"{get} --version-stage AWSPREVIOUS --query SecretString --output text | cmp - old.txt"
        ),
    )


def test_row_7_environments_are_told_apart_by_tag_and_by_name(project):
    by_tag, by_name = all_at_once(
        lambda: project(
            "aws secretsmanager list-secrets --filters Key=tag-value,Values=staging "
            "--query 'SecretList[].Name' --output text"
        ),
        lambda: project(
            "aws secretsmanager list-secrets --filters Key=name,Values=driftsentry/prod/ "
            "--query 'SecretList[].Name' --output text"
        ),
    )
    assert sorted(by_tag.split()) == ["driftsentry/stage/database-url", "driftsentry/stage/redis-url"]
    assert sorted(by_name.split()) == [
        f"driftsentry/prod/{secret}" for secret in ("api-keys", "database-url", "jwt-secret", "redis-url")
    ]


def test_row_11_the_value_is_printed_as_text(project):
    printed = project(
        "aws secretsmanager get-secret-value --secret-id driftsentry/prod/database-url "
        "--query SecretString --output text"
    )
    assert printed == DATABASE_URL + "\n"


# -- the verbs that people script


def test_a_secret_can_be_put_tagged_restored_and_deleted(shell):
    made = sm(shell, "create-secret --name cli/life --secret-string one")
    sm(shell, "put-secret-value --secret-id cli/life --secret-string two --version-stages AWSPENDING")
    versions = sm(shell, "list-secret-version-ids --secret-id cli/life")["Versions"]
    pending = next(v["VersionId"] for v in versions if v["VersionStages"] == ["AWSPENDING"])
    sm(
        shell,
        "update-secret-version-stage --secret-id cli/life --version-stage AWSCURRENT "
        f"--move-to-version-id {pending} --remove-from-version-id {made['VersionId']}",
    )
    assert sm(shell, "get-secret-value --secret-id cli/life")["SecretString"] == "two"
    sm(shell, "tag-resource --secret-id cli/life --tags Key=k,Value=v")
    sm(shell, "untag-resource --secret-id cli/life --tag-keys k")
    sm(shell, "delete-secret --secret-id cli/life --recovery-window-in-days 7")
    sm(shell, "restore-secret --secret-id cli/life")
    assert sm(shell, "describe-secret --secret-id cli/life")["Tags"] == []
    sm(shell, "delete-secret --secret-id cli/life --force-delete-without-recovery")
    sm(shell, "describe-secret --secret-id cli/life", code=REFUSED)


def test_errors_name_their_code_and_end_with_the_code_of_the_cli(shell):
    shell("aws secretsmanager create-secret --name cli/errors --secret-string v")
    said, taken, window, usage = all_at_once(
        lambda: sm(shell, "get-secret-value --secret-id cli/missing", code=REFUSED),
        lambda: sm(shell, "create-secret --name cli/errors --secret-string w", code=REFUSED),
        lambda: sm(shell, "delete-secret --secret-id cli/errors --recovery-window-in-days 3", code=REFUSED),
        lambda: sm(shell, "get-secret-value", code=BAD_USAGE),
    )
    assert (
        "An error occurred (ResourceNotFoundException) when calling the GetSecretValue operation"
        in said
    )
    assert "Secrets Manager can't find the specified secret." in said
    assert "(ResourceExistsException)" in taken
    assert "(InvalidParameterException)" in window
    assert "--secret-id" in usage


def test_a_scheduled_secret_says_so(shell):
    shell("aws secretsmanager create-secret --name cli/scheduled --secret-string v")
    shell("aws secretsmanager delete-secret --secret-id cli/scheduled")
    said = sm(shell, "get-secret-value --secret-id cli/scheduled", code=REFUSED)
    assert "(InvalidRequestException)" in said and "because it was marked for deletion" in said


def test_values_come_from_files(shell):
    with open(f"{shell.folder}/bytes", "wb") as file:
        file.write(data := bytes(range(256)) * 20)
    with open(f"{shell.folder}/text", "w") as file:
        file.write(text := "-----BEGIN X-----\nline\n-----END X-----\n")
    all_at_once(
        lambda: sm(shell, "create-secret --name cli/binary --secret-binary fileb://bytes"),
        lambda: sm(shell, "create-secret --name cli/text --secret-string file://text"),
    )
    binary, string = all_at_once(
        lambda: sm(shell, "get-secret-value --secret-id cli/binary"),
        lambda: sm(shell, "get-secret-value --secret-id cli/text"),
    )
    assert base64.b64decode(binary["SecretBinary"]) == data
    assert string["SecretString"] == text


def test_a_value_over_65536_bytes_is_refused(shell):
    shell("head -c 65537 /dev/zero | tr '\\0' x > big")
    said = sm(shell, "create-secret --name cli/big --secret-string file://big", code=REFUSED)
    assert "(ValidationException)" in said


def test_lists_are_read_page_by_page(shell):
    all_at_once(*[
        lambda number=number: sm(shell, f"create-secret --name cli/page/{number}")
        for number in range(5)
    ])  # fmt: skip
    filters = "--filters Key=name,Values=cli/page/"
    whole, part = all_at_once(
        lambda: sm(shell, f"list-secrets {filters} --page-size 2"),
        lambda: sm(shell, f"list-secrets {filters} --page-size 2 --max-items 3"),
    )
    assert len(whole["SecretList"]) == 5
    assert len(part["SecretList"]) == 3
    rest = sm(shell, f"list-secrets {filters} --starting-token {part['NextToken']}")
    names = [entry["Name"] for entry in part["SecretList"] + rest["SecretList"]]
    assert sorted(names) == [f"cli/page/{number}" for number in range(5)]


def test_a_batch_tells_what_it_did_not_find(shell):
    sm(shell, "create-secret --name cli/batch --secret-string v")
    answer = sm(shell, "batch-get-secret-value --secret-id-list cli/batch cli/missing")
    assert [value["SecretString"] for value in answer["SecretValues"]] == ["v"]
    assert [error["ErrorCode"] for error in answer["Errors"]] == ["ResourceNotFoundException"]


def test_passwords_and_the_caller_are_answered(shell):
    password, caller = all_at_once(
        lambda: sm(shell, "get-random-password --password-length 20 --exclude-punctuation"),
        lambda: json.loads(shell("aws sts get-caller-identity")),
    )
    assert len(password["RandomPassword"]) == 20
    assert caller["Account"] == "000000000000"


# -- the ways to say where the server is


def test_the_endpoint_is_set_by_option_variable_and_profile(shell, server):
    sm(shell, "create-secret --name cli/endpoint --secret-string here")
    with open(f"{shell.folder}/config", "w") as file:
        file.write(
            "[profile vault]\nregion = us-east-1\nservices = local\n"
            f"[services local]\nsecrets_manager =\n  endpoint_url = {server.url}\n"
        )
    get = "secretsmanager get-secret-value --secret-id cli/endpoint --query SecretString --output text"
    lost = "unset AWS_ENDPOINT_URL;"
    printed = all_at_once(
        lambda: shell(f"{lost} aws --endpoint-url $ENDPOINT {get}"),
        lambda: shell(f"{lost} AWS_ENDPOINT_URL_SECRETS_MANAGER=$ENDPOINT aws {get}"),
        lambda: shell(f"{lost} AWS_CONFIG_FILE=config AWS_PROFILE=vault aws {get}"),
        lambda: shell(f"aws {get}"),
    )
    assert printed == ["here\n"] * 4


def test_rotation_is_refused_where_no_function_is_known_and_can_be_cancelled(shell):
    sm(shell, "create-secret --name cli/rotated --secret-string one")
    said = sm(
        shell,
        "rotate-secret --secret-id cli/rotated --rotation-rules AutomaticallyAfterDays=90 "
        "--rotation-lambda-arn arn:aws:lambda:us-east-1:000000000000:function:SecretsManagerRotation",
        REFUSED,
    )
    assert "AccessDeniedException" in said
    assert "cannot invoke the specified Lambda function" in said
    assert "RotationEnabled" not in sm(shell, "describe-secret --secret-id cli/rotated")
    sm(shell, "cancel-rotate-secret --secret-id cli/rotated")
    assert sm(shell, "describe-secret --secret-id cli/rotated")["RotationEnabled"] is False


def test_row_8_the_cli_looks_up_who_read_a_secret(shell):
    sm(shell, "create-secret --name cli/audited --secret-string v")
    sm(shell, "get-secret-value --secret-id cli/audited")
    found = shell(
        "for _ in $(seq 20); do"
        " aws cloudtrail lookup-events --max-items 50"
        " --lookup-attributes AttributeKey=EventName,AttributeValue=GetSecretValue"
        " --query 'Events[].CloudTrailEvent' --output text | grep cli/audited && break; sleep 0.1; done"
    )
    assert '"secretId":"cli/audited"' in found


def test_a_key_of_the_cli_opens_and_closes_a_secret(shell):
    def kms(line: str):
        output = shell(f"aws kms {line}")
        return json.loads(output) if output.strip() else output

    key = kms("create-key --description keys --tags TagKey=team,TagValue=x")["KeyMetadata"]["KeyId"]
    kms(f"create-alias --alias-name alias/cli --target-key-id {key}")
    assert kms("describe-key --key-id alias/cli")["KeyMetadata"]["KeyId"] == key
    sm(shell, "create-secret --name cli/keys --secret-string invented --kms-key-id alias/cli")
    kms(f"disable-key --key-id {key}")
    assert "(DecryptionFailure)" in sm(shell, "get-secret-value --secret-id cli/keys", REFUSED)
    kms(f"enable-key --key-id {key}")
    assert sm(shell, "get-secret-value --secret-id cli/keys")["SecretString"] == "invented"
    deletion = kms(f"schedule-key-deletion --key-id {key} --pending-window-in-days 7")
    assert deletion["KeyState"] == "PendingDeletion"
    refusal = shell(f"aws kms enable-key --key-id {key}", REFUSED)
    assert f"key/{key} is pending deletion." in refusal
    kms(f"cancel-key-deletion --key-id {key}")
    assert kms(f"describe-key --key-id {key}")["KeyMetadata"]["KeyState"] == "Disabled"
