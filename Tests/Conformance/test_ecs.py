"""ECS by the AWS CLI and boto3, with a task that holds the stream of its service open."""

import http.client
import json
import signal
import subprocess
import sys
import threading
import time
import urllib.parse

import pytest
from botocore.exceptions import ClientError

from conftest import client_program, make_client
from server import binary, clean_environment


@pytest.fixture
def ecs(server, account):
    client = make_client(server.url, key=account, service="ecs")
    client.create_cluster(clusterName="c")
    client.register_task_definition(**DEFINITION)
    return client


DEFINITION = {
    "family": "web",
    "executionRoleArn": "arn:aws:iam::000000000000:role/execution",
    "containerDefinitions": [
        {
            "name": "app",
            "image": "app:1",
            "memory": 128,
            "secrets": [
                {
                    "name": "DATABASE_URL",
                    "valueFrom": "arn:aws:secretsmanager:us-east-1:000000000000:secret:app/url",
                }
            ],
            "environment": [{"name": "MODE", "value": "production"}],
        }
    ],
}


class Task:
    """Does what docs/ecs.md asks of a task, but runs nothing."""

    def __init__(self, server, account, cluster, service):
        self.address = urllib.parse.urlsplit(server.url).netloc
        self.orders = []
        self.changed = threading.Condition()
        self.connection = http.client.HTTPConnection(self.address, timeout=30)
        self.connection.request(
            "GET",
            f"/_pocketvault/stream?cluster={cluster}&service={service}&account={account}",
        )
        self.answer = self.connection.getresponse()
        assert self.answer.status == 200, self.answer.read()
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self):
        event = None
        try:
            for line in self.answer:
                text = line.decode().rstrip("\n")
                if text.startswith("event: "):
                    event = text[7:]
                elif text.startswith("data: "):
                    assert event == "deployment"
                    with self.changed:
                        self.orders.append(json.loads(text[6:]))
                        self.changed.notify_all()
        except (OSError, ValueError, AttributeError):
            pass

    def wait(self, count):
        with self.changed:
            assert self.changed.wait_for(lambda: len(self.orders) >= count, timeout=10)
            return self.orders[count - 1]

    def report(self, status):
        order = self.orders[-1]
        body = {"task": order["task"], "status": status}
        if status == "RUNNING":
            body["deployment"] = order["deployment"]
        connection = http.client.HTTPConnection(self.address, timeout=10)
        connection.request(
            "POST",
            "/_pocketvault/stream",
            json.dumps(body),
            {"Content-Type": "application/json"},
        )
        answer = connection.getresponse()
        assert answer.status == 200, answer.read()
        connection.close()


def test_a_forced_deployment_reaches_the_task_and_is_stable_when_it_runs_again(server, account, ecs):
    ecs.create_service(cluster="c", serviceName="s", taskDefinition="web", desiredCount=1)
    task = Task(server, account, "c", "s")
    assert task.wait(1)["run"] is True
    task.report("RUNNING")
    ecs.get_waiter("services_stable").wait(
        cluster="c", services=["s"], WaiterConfig={"Delay": 1, "MaxAttempts": 10}
    )
    service = ecs.update_service(cluster="c", service="s", forceNewDeployment=True)["service"]
    assert [d["status"] for d in service["deployments"]] == ["PRIMARY", "ACTIVE"]
    assert task.wait(2)["deployment"] == service["deployments"][0]["id"]
    task.report("RUNNING")
    ecs.get_waiter("services_stable").wait(
        cluster="c", services=["s"], WaiterConfig={"Delay": 1, "MaxAttempts": 10}
    )
    service = ecs.describe_services(cluster="c", services=["s"])["services"][0]
    assert service["runningCount"] == 1
    assert service["deployments"][0]["rolloutState"] == "COMPLETED"
    assert service["events"][0]["message"] == "(service s) has reached a steady state."
    assert ecs.describe_clusters(clusters=["c"])["clusters"][0]["runningTasksCount"] == 1


def test_a_service_of_no_tasks_is_stable_and_can_be_deleted(server, account, ecs):
    ecs.create_service(cluster="c", serviceName="s", taskDefinition="web", desiredCount=1)
    task = Task(server, account, "c", "s")
    task.wait(1)
    task.report("RUNNING")
    ecs.update_service(cluster="c", service="s", desiredCount=0)
    assert task.wait(2)["run"] is False
    task.report("STOPPED")
    ecs.get_waiter("services_stable").wait(
        cluster="c", services=["s"], WaiterConfig={"Delay": 1, "MaxAttempts": 10}
    )
    assert ecs.delete_service(cluster="c", service="s")["service"]["status"] == "DRAINING"
    ecs.get_waiter("services_inactive").wait(
        cluster="c", services=["s"], WaiterConfig={"Delay": 1, "MaxAttempts": 10}
    )
    assert task.wait(3)["status"] in ("DRAINING", "INACTIVE")


def test_errors_are_the_exceptions_of_the_model(ecs):
    with pytest.raises(ecs.exceptions.ClusterNotFoundException):
        ecs.list_services(cluster="nope")
    with pytest.raises(ecs.exceptions.ServiceNotFoundException):
        ecs.update_service(cluster="c", service="nope")
    with pytest.raises(ecs.exceptions.ClientException) as caught:
        ecs.describe_task_definition(taskDefinition="nope")
    assert caught.value.response["Error"]["Message"] == "Unable to describe task definition."
    with pytest.raises(ecs.exceptions.InvalidParameterException) as caught:
        ecs.create_service(cluster="c", serviceName="s", taskDefinition="web")
    assert caught.value.response["Error"]["Message"] == "DesiredCount is missing"
    with pytest.raises(ClientError) as caught:
        ecs.list_clusters()
    assert caught.value.response["Error"]["Code"] == "UnknownOperationException"


def test_task_definitions_come_back_as_they_were_sent(ecs):
    answer = ecs.describe_task_definition(taskDefinition="web")["taskDefinition"]
    container = answer["containerDefinitions"][0]
    sent = DEFINITION["containerDefinitions"][0]
    assert {name: container[name] for name in sent} == sent
    assert answer["registeredAt"].tzinfo is not None
    ecs.register_task_definition(**DEFINITION)
    pages = ecs.get_paginator("list_task_definitions").paginate(
        familyPrefix="web", PaginationConfig={"PageSize": 1}
    )
    arns = [arn for page in pages for arn in page["taskDefinitionArns"]]
    assert [arn.rsplit("/", 1)[1] for arn in arns] == ["web:1", "web:2"]


def test_the_cli_types_it_as_against_aws(server, account, tmp_path):
    definition = tmp_path / "task-definition.json"
    definition.write_text(json.dumps(DEFINITION))
    environment = clean_environment() | {
        "AWS_ENDPOINT_URL": server.url,
        "AWS_ACCESS_KEY_ID": account,
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_PAGER": "",
    }

    def aws(*arguments):
        command = [client_program("aws"), "ecs", *arguments]
        run = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)
        assert run.returncode == 0, run.stderr
        return run.stdout

    aws("create-cluster", "--cluster-name", "driftsentry-cluster")
    aws("register-task-definition", "--cli-input-json", f"file://{definition}")
    here = ("--cluster", "driftsentry-cluster")
    aws(
        "create-service", *here, "--service-name", "driftsentry-backend",
        "--task-definition", "web", "--desired-count", "1",
    )
    task = Task(server, account, "driftsentry-cluster", "driftsentry-backend")
    task.wait(1)
    aws("update-service", *here, "--service", "driftsentry-backend", "--force-new-deployment")
    task.wait(2)
    task.report("RUNNING")
    aws("wait", "services-stable", *here, "--services", "driftsentry-backend")


PROGRAM = """
import os, time
print("runs with", os.environ["DATABASE_URL"], os.environ["MODE"], flush=True)
time.sleep(600)
"""


def lines(path, count):
    """The first so many lines that a program has written."""
    for _ in range(400):
        written = path.read_text().splitlines()
        if len(written) >= count:
            return written
        time.sleep(0.05)
    pytest.fail(f"there are no {count} lines: {written}")


def test_exec_runs_a_service_and_a_deployment_brings_it_the_new_value(
    server, account, aws, ecs, tmp_path
):
    aws.create_secret(Name="app/url", SecretString="postgres://one")
    definition = json.loads(
        json.dumps(DEFINITION).replace("000000000000:secret", f"{account}:secret")
    )
    ecs.register_task_definition(**definition)
    ecs.create_service(cluster="c", serviceName="s", taskDefinition="web", desiredCount=1)
    output = tmp_path / "output"
    environment = clean_environment(
        AWS_ENDPOINT_URL=server.url,
        AWS_ACCESS_KEY_ID=account,
        AWS_SECRET_ACCESS_KEY="test",
        AWS_REGION="us-east-1",
    )
    command = [binary(), "exec", "--cluster", "c", "--service", "s", "--", sys.executable]
    with output.open("w") as file:
        running = subprocess.Popen([*command, "-c", PROGRAM], env=environment, stdout=file)
    try:
        assert lines(output, 1) == ["runs with postgres://one production"]
        aws.update_secret(SecretId="app/url", SecretString="postgres://two")
        ecs.update_service(cluster="c", service="s", forceNewDeployment=True)
        assert lines(output, 2)[1] == "runs with postgres://two production"
        ecs.get_waiter("services_stable").wait(
            cluster="c", services=["s"], WaiterConfig={"Delay": 1, "MaxAttempts": 10}
        )
        ecs.update_service(cluster="c", service="s", desiredCount=0)
        ecs.get_waiter("services_stable").wait(
            cluster="c", services=["s"], WaiterConfig={"Delay": 1, "MaxAttempts": 20}
        )
        assert running.poll() is None
        ecs.update_service(cluster="c", service="s", desiredCount=1)
        assert len(lines(output, 3)) == 3
        ecs.delete_service(cluster="c", service="s", force=True)
        assert running.wait(timeout=20) == 128 + signal.SIGTERM
    finally:
        if running.poll() is None:
            running.kill()
    ecs.get_waiter("services_inactive").wait(
        cluster="c", services=["s"], WaiterConfig={"Delay": 1, "MaxAttempts": 10}
    )


def test_exec_of_a_service_that_is_not_there_says_what_to_do(server, account, ecs):
    environment = clean_environment(
        AWS_ENDPOINT_URL=server.url, AWS_ACCESS_KEY_ID=account, AWS_SECRET_ACCESS_KEY="test"
    )
    run = subprocess.run(
        [binary(), "exec", "--cluster", "c", "--service", "s", "--", "true"],
        env=environment, capture_output=True, text=True, timeout=30,
    )
    assert run.returncode == 1
    assert run.stderr == (
        "pocketvault: there is no service s in the cluster c; make it: aws ecs create-service\n"
    )
