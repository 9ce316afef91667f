"""A rotation function that makes the calls of AWS's published ones, in their order, and insists on
the same conditions; and a host that calls it, with Lambda's invoke contract."""

import json
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import boto3

STEPS = ["createSecret", "setSecret", "testSecret", "finishSecret"]


def versions_to_rotate(event, aws):
    """What each of AWS's published functions looks at first; None when nothing is left to do."""
    arn, token = event["SecretId"], event["ClientRequestToken"]
    metadata = aws.describe_secret(SecretId=arn)
    if not metadata["RotationEnabled"]:
        raise ValueError(f"Secret {arn} is not enabled for rotation")
    versions = metadata["VersionIdsToStages"]
    if token not in versions:
        raise ValueError(f"Secret version {token} has no stage for rotation of secret {arn}.")
    if "AWSCURRENT" in versions[token]:
        return None
    if "AWSPENDING" not in versions[token]:
        raise ValueError(f"Secret version {token} not set as AWSPENDING for rotation of secret {arn}.")
    return versions


def put_pending(event, aws, value):
    aws.put_secret_value(
        SecretId=event["SecretId"],
        ClientRequestToken=event["ClientRequestToken"],
        SecretString=value,
        VersionStages=["AWSPENDING"],
        RotationToken=event["RotationToken"],
    )


def finish(event, aws, versions):
    current = next(id for id, labels in versions.items() if "AWSCURRENT" in labels)
    aws.update_secret_version_stage(
        SecretId=event["SecretId"],
        VersionStage="AWSCURRENT",
        MoveToVersionId=event["ClientRequestToken"],
        RemoveFromVersionId=current,
    )


def rotate(event, aws, new_value, logins):
    """`logins` is what the secret opens: a set of values that are accepted."""
    versions = versions_to_rotate(event, aws)
    if versions is None:
        return
    arn, token, step = event["SecretId"], event["ClientRequestToken"], event["Step"]
    if step == "createSecret":
        aws.get_secret_value(SecretId=arn, VersionStage="AWSCURRENT")
        try:
            aws.get_secret_value(SecretId=arn, VersionId=token, VersionStage="AWSPENDING")
        except aws.exceptions.ResourceNotFoundException:
            put_pending(event, aws, new_value())
    elif step == "setSecret":
        pending = aws.get_secret_value(SecretId=arn, VersionId=token, VersionStage="AWSPENDING")
        logins.add(pending["SecretString"])
    elif step == "testSecret":
        pending = aws.get_secret_value(SecretId=arn, VersionId=token, VersionStage="AWSPENDING")
        if pending["SecretString"] not in logins:
            raise ValueError("Unable to log in with pending secret")
    elif step == "finishSecret":
        finish(event, aws, versions)
    else:
        raise ValueError("Invalid step parameter")


class FunctionHost:
    """Serves the function under `/2015-03-31/functions/<name>/invocations`."""

    def __init__(self, function=None):
        """`function` is called with the event and a client of the event's region."""
        self.function = function or (
            lambda event, aws: rotate(event, aws, self.new_value, self.logins)
        )
        self.endpoint = None
        self.events, self.paths, self.logins = [], [], set()
        self.made = 0
        # What answers instead of the function, by step.
        self.instead = {}
        # What is done before the function runs, and before it answers, by step.
        self.before, self.after = {}, {}
        host = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                event = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                host.paths.append(self.path)
                status, headers, body = host.answer(event, self.headers["Authorization"])
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def steps(self):
        return [event["Step"] for event in self.events]

    def forget(self):
        self.events.clear()
        self.paths.clear()

    def new_value(self):
        self.made += 1
        return f"rotated value {self.made}"

    def client(self, authorization):
        account, region = re.search(r"Credential=(\d{12})/\d{8}/([^/]+)/lambda/", authorization).groups()
        return boto3.client(
            "secretsmanager",
            endpoint_url=self.endpoint,
            region_name=region,
            aws_access_key_id=account,
            aws_secret_access_key="test",
        )

    def answer(self, event, authorization):
        self.events.append(event)
        step = event["Step"]
        if step in self.before:
            self.before[step]()
        if step in self.instead:
            status, headers, body = self.instead[step]
            return status, headers, body.encode()
        try:
            self.function(event, self.client(authorization))
        except Exception as error:  # noqa: BLE001 — as Lambda does with whatever is raised
            body = {"errorMessage": str(error), "errorType": type(error).__name__, "stackTrace": []}
            return 200, {"X-Amz-Function-Error": "Unhandled"}, json.dumps(body).encode()
        if step in self.after:
            self.after[step]()
        return 200, {}, b"null"

    def close(self):
        self.server.shutdown()
        self.server.server_close()
