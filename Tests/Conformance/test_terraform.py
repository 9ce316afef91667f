"""Terraform with the AWS provider: apply, no difference, update, import, destroy; nothing from any network."""

import contextlib
import json
import os
import pathlib
import shutil
import subprocess
import tempfile

import pytest

from conftest import client_missing, client_program, make_client
from expect import refused
from server import clean_environment

pytestmark = pytest.mark.client

CLIENTS = pathlib.Path(__file__).parent / "clients"
PROVIDER = "registry.terraform.io/hashicorp/aws"
# Where Terraform itself looks for providers that are installed, and where images put them.
MIRRORS = [
    os.environ.get("TF_PLUGIN_DIR"), "/opt/tf-plugins", "~/.terraform.d/plugins",
    "/usr/local/share/terraform/plugins", "/usr/share/terraform/plugins",
]  # fmt: skip
ACCOUNT = "740000000001"

# What `terraform plan -detailed-exitcode` ends with.
NO_DIFFERENCE = 0


def mirror() -> pathlib.Path:
    """The folder with the provider as files; nothing is downloaded."""
    for folder in MIRRORS:
        if folder and (path := pathlib.Path(folder).expanduser() / PROVIDER).is_dir():
            return path.parents[2]
    return client_missing("Terraform's AWS provider")


@contextlib.contextmanager
def workspace(server, sources: str, account: str):
    """Runs Terraform commands; everything they need is in a folder of its own."""
    program = client_program("terraform")
    folder = pathlib.Path(tempfile.mkdtemp(prefix="pocketvault-"))
    (folder / "terraform.rc").write_text(
        f'provider_installation {{\n  filesystem_mirror {{ path = "{mirror()}" }}\n}}\n'
        "disable_checkpoint = true\n"
    )
    for source in (CLIENTS / sources).glob("*.tf"):
        shutil.copy(source, folder)
    environment = clean_environment(
        HOME=str(folder),
        AWS_ENDPOINT_URL=server.url,
        AWS_ACCESS_KEY_ID=account,
        AWS_SECRET_ACCESS_KEY="test",
        AWS_REGION="us-east-1",
        AWS_EC2_METADATA_DISABLED="true",
        TF_CLI_CONFIG_FILE=str(folder / "terraform.rc"),
        TF_IN_AUTOMATION="1",
        CHECKPOINT_DISABLE="1",
    )

    def run(*arguments: str, code: int = 0) -> str:
        ended = subprocess.run(
            [program, *arguments], cwd=folder, env=environment, capture_output=True, text=True, timeout=300
        )
        said = f"terraform {' '.join(arguments)}\n{ended.stdout[-6000:]}\n{ended.stderr[-6000:]}"
        assert ended.returncode == code, f"exit code {ended.returncode}: {said}"
        return ended.stdout

    run.folder = folder
    try:
        yield run
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def terraform(server):
    with workspace(server, "terraform", ACCOUNT) as run:
        yield run


PLAIN = ["-no-color", "-input=false"]
CHANGED = ["-var", "description=changed", "-var", "password=second-invented-password", "-var", 'tags={env="prod",team="x"}']


def test_terraform_applies_sees_no_difference_updates_imports_and_destroys(terraform, server):
    """One story, for each command costs seconds in which the provider starts."""
    aws = make_client(server.url, key=ACCOUNT)
    ireland = make_client(server.url, key=ACCOUNT, region="eu-west-1")

    def value(name):
        return aws.get_secret_value(SecretId=name)["SecretString"]

    def apply(*variables):
        terraform("apply", "-auto-approve", *PLAIN, *variables)

    def differs_in_nothing(*variables):
        terraform("plan", "-detailed-exitcode", *PLAIN, *variables, code=NO_DIFFERENCE)

    terraform("init", *PLAIN)

    apply()
    differs_in_nothing()
    assert json.loads(value("terraform/database"))["password"] == "first-invented-password"
    assert len(generated := value("terraform/write-only")) == 20
    assert value("terraform/window") == value("terraform/database")
    described = aws.describe_secret(SecretId="terraform/database")
    # In the order in which Terraform sent them, which is any.
    assert {t["Key"]: t["Value"] for t in described["Tags"]} == {"env": "dev", "owner": "payments"}
    policy = json.loads(aws.get_resource_policy(SecretId="terraform/database")["ResourcePolicy"])
    assert policy["Statement"][0]["Sid"] == "ReadOnly"
    assert ireland.describe_secret(SecretId="terraform/replicated")["PrimaryRegion"] == "us-east-1"
    outputs = {name: out["value"] for name, out in json.loads(terraform("output", "-json")).items()}
    assert outputs == {
        "arn": described["ARN"],
        "names": ["terraform/database", "terraform/replicated", "terraform/window", "terraform/write-only"],
        "versions": 1,
        "username": "app",
        "password_length": 24,
    }

    apply(*CHANGED)
    differs_in_nothing(*CHANGED)
    assert json.loads(value("terraform/database"))["password"] == "second-invented-password"
    assert value("terraform/write-only") == generated, "a write-only value changes with its version only"
    described = aws.describe_secret(SecretId="terraform/database")
    assert described["Description"] == "changed"
    assert {tag["Key"]: tag["Value"] for tag in described["Tags"]} == {"env": "prod", "team": "x"}
    state = (terraform.folder / "terraform.tfstate").read_text()
    assert "second-invented-password" in state and generated not in state

    terraform("state", "rm", "aws_secretsmanager_secret.database")
    terraform("import", *PLAIN, *CHANGED, "aws_secretsmanager_secret.database", described["ARN"])
    # The provider's own settings are not in the vault: one apply settles them.
    apply(*CHANGED)
    differs_in_nothing(*CHANGED)

    terraform("destroy", "-auto-approve", *PLAIN, *CHANGED)
    left = aws.list_secrets(IncludePlannedDeletion=True)["SecretList"]
    assert [entry["Name"] for entry in left] == ["terraform/window"]
    assert "DeletedDate" in left[0]
    assert ireland.list_secrets(IncludePlannedDeletion=True)["SecretList"] == []


def test_terraform_makes_keys_and_the_secrets_under_them(server):
    account = "740000000002"
    aws = make_client(server.url, key=account)
    kms = make_client(server.url, key=account, service="kms")
    changed = [
        "-var", "description=changed", "-var", 'tags={env="prod",team="x"}',
        "-var", "rotates=true", "-var", "second=true",
    ]  # fmt: skip
    with workspace(server, "terraform-keys", account) as terraform:
        terraform("init", *PLAIN)
        for variables in ([], changed):
            terraform("apply", "-auto-approve", *PLAIN, *variables)
            terraform("plan", "-detailed-exitcode", *PLAIN, *variables, code=NO_DIFFERENCE)
            outputs = {name: out["value"] for name, out in json.loads(terraform("output", "-json")).items()}
            key = kms.describe_key(KeyId=outputs["key"])["KeyMetadata"]
            assert key["Description"] == ("changed" if variables else "for secrets")
            assert aws.get_secret_value(SecretId="app")["SecretString"] == "invented"
            assert (outputs["found"] == outputs["key"]) == (not variables)
            assert outputs["managed"].startswith(f"arn:aws:kms:us-east-1:{account}:key/")
        assert kms.get_key_rotation_status(KeyId=outputs["key"])["KeyRotationEnabled"]
        kms.disable_key(KeyId=outputs["key"])
        with refused("DecryptionFailure"):
            aws.get_secret_value(SecretId="app")
        kms.enable_key(KeyId=outputs["key"])
        terraform("destroy", "-auto-approve", *PLAIN, *changed)
    assert kms.describe_key(KeyId=outputs["key"])["KeyMetadata"]["KeyState"] == "PendingDeletion"
    assert [alias["AliasName"] for alias in kms.list_aliases()["Aliases"]] == ["alias/aws/secretsmanager"]


def test_terraform_makes_principals_that_can_assume_and_read(server):
    """A role, policies, attachments, a boundary and a user with a key: no difference afterwards."""
    account = "740000000003"
    with workspace(server, "terraform-principals", account) as terraform:
        terraform("init", *PLAIN)
        terraform("apply", "-auto-approve", *PLAIN)
        terraform("plan", "-detailed-exitcode", *PLAIN, code=NO_DIFFERENCE)
        outputs = {name: out["value"] for name, out in json.loads(terraform("output", "-json")).items()}

        # The data sources of the account's name and of IAM's simulator.
        assert (outputs["account_alias"], outputs["may_read"]) == (f"account-{account}", True)

        iam = make_client(server.url, key=account, service="iam")
        role = iam.get_role(RoleName="task")["Role"]
        assert role["Arn"] == outputs["role_arn"] == f"arn:aws:iam::{account}:role/service/task"
        assert role["MaxSessionDuration"] == 7200
        attached = iam.list_attached_role_policies(RoleName="task")["AttachedPolicies"]
        assert {policy["PolicyName"] for policy in attached} == {
            "read-production",
            "AmazonECSTaskExecutionRolePolicy",
        }

        sts = make_client(server.url, key=outputs["access_key_id"], service="sts")
        assert sts.get_caller_identity()["Arn"] == f"arn:aws:iam::{account}:user/ci/pipeline"
        session = sts.assume_role(RoleArn=outputs["role_arn"], RoleSessionName="terraform")
        assert session["AssumedRoleUser"]["Arn"] == (
            f"arn:aws:sts::{account}:assumed-role/task/terraform"
        )

        changed = ["-var", "description=changed"]
        terraform("apply", "-auto-approve", *PLAIN, *changed)
        terraform("plan", "-detailed-exitcode", *PLAIN, *changed, code=NO_DIFFERENCE)
        assert iam.get_role(RoleName="task")["Role"]["Description"] == "changed"
        terraform("destroy", "-auto-approve", *PLAIN, *changed)
        assert iam.list_roles()["Roles"] == iam.list_users()["Users"] == []
        assert iam.list_policies(Scope="Local")["Policies"] == []
