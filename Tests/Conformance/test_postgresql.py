"""Rotations of real PostgreSQL roles: built in, and by a function over HTTP that does what AWS's do."""

import json
import random
import threading
import time
import uuid

import pytest
from botocore.exceptions import ConnectionError as NoConnection, HTTPClientError

from conftest import client_missing, make_client
from postgresql import PostgreSQL, Proxy, can_log_in, function, is_installed, login
from rotation_function import STEPS, FunctionHost
from server import Pocketvault, wait_until
from wire import Wire

pytestmark = pytest.mark.client

LAMBDA = "arn:aws:lambda:us-east-1:000000000000:function:"
ROTATIONS = 50
# Which target rotates, and whose password it changes.
TARGETS = [
    ("builtin", "single"),
    ("builtin", "alternating"),
    ("function", "single"),
    ("function", "alternating"),
]


@pytest.fixture(scope="module")
def database():
    if not is_installed():
        client_missing("PostgreSQL")
    running = PostgreSQL()
    try:
        yield running.start()
    finally:
        running.stop()


@pytest.fixture
def hosts():
    hosts = {users: FunctionHost(function(users)) for users in ("single", "alternating")}
    yield hosts
    for host in hosts.values():
        host.close()


def options(hosts):
    for users, name in (("single", "single-user"), ("alternating", "alternating-users")):
        path = "/2015-03-31/functions/{function}/invocations"
        yield from ("--rotation-function", f"*:builtin-{users}=builtin:postgresql-{name}")
        yield from ("--rotation-function", f"*:function-{users}={hosts[users].url}{path}")


def started(folder, hosts) -> Pocketvault:
    server = Pocketvault(folder, *options(hosts)).start()
    for host in hosts.values():
        host.endpoint = server.url
    return server


@pytest.fixture
def server(folder, hosts):
    with started(folder, hosts) as running:
        yield running


@pytest.fixture
def aws(server):
    return make_client(server.url)


@pytest.fixture
def role(database, request):
    """A role whose name and password SQL would trip over, had it not been told what they are."""
    number = sum(map(ord, request.node.name)) % 100_000
    return database.make_role(f'''Shop "{number}"; DROP''', "it's \\one")


def store(aws, database, role, users) -> None:
    if users == "alternating":
        master = aws.create_secret(
            Name="master", SecretString=json.dumps(database.administrator())
        )
        role = role | {"masterarn": master["ARN"]}
    aws.create_secret(Name="db", SecretString=json.dumps(role))


def read(aws, label="AWSCURRENT") -> dict:
    return json.loads(aws.get_secret_value(SecretId="db", VersionStage=label)["SecretString"])


def begin(aws, target, users) -> str:
    return aws.rotate_secret(SecretId="db", RotationLambdaARN=f"{LAMBDA}{target}-{users}")["VersionId"]


def last_rotated(aws):
    return aws.describe_secret(SecretId="db").get("LastRotatedDate")


def rotate(aws, target, users) -> str:
    before = last_rotated(aws)
    token = begin(aws, target, users)
    wait_until(lambda: last_rotated(aws) != before)
    return token


class Client(threading.Thread):
    """Reads the secret and logs in, again and again. Refused, it reads again, as AWS tells clients of
    a single user to, and notes for how long it was refused."""

    def __init__(self, url):
        super().__init__(daemon=True)
        self.aws = make_client(url)
        self.is_over = threading.Event()
        self.logins, self.refusals, self.errors = 0, [], []

    def run(self):
        try:
            while not self.is_over.is_set():
                self.log_in()
        except Exception as error:  # noqa: BLE001 — told by the test, not lost with the thread
            self.errors.append(repr(error))

    def log_in(self):
        since = time.monotonic()
        is_refused = False
        while not can_log_in(value := read(self.aws)):
            # What is no longer current may be refused, to whoever took so long from reading to logging in.
            is_refused |= read(self.aws) == value
            assert time.monotonic() - since < 30, "no login with the current secret for thirty seconds"
        self.logins += 1
        if is_refused:
            self.refusals.append(time.monotonic() - since)


@pytest.mark.parametrize(("target", "users"), TARGETS)
def test_a_client_logs_in_before_during_and_after_fifty_rotations(
    database, role, server, aws, target, users
):
    store(aws, database, role, users)
    client = Client(server.url)
    assert can_log_in(read(aws))
    client.start()
    seen = {role["password"]}
    for _ in range(ROTATIONS):
        before = read(aws)
        rotate(aws, target, users)
        after = read(aws)
        assert can_log_in(after), "after a rotation the current secret opens the database"
        # Whoever has not read the secret again is let in only where users take turns.
        assert can_log_in(before) is (users == "alternating")
        seen.add(after["password"])
    client.is_over.set()
    client.join(60)
    print(
        f"{target} {users}: {client.logins} logins, {len(client.refusals)} refused at first,",
        f"for {max(client.refusals, default=0) * 1000:.0f} ms at most",
    )
    assert client.errors == []
    assert client.logins > ROTATIONS
    assert len(seen) == ROTATIONS + 1
    if users == "alternating":
        # The role that clients use is never the one whose password changes.
        assert client.refusals == []
    assert "A rotation function failed" not in server.log.read_text()
    log = server.log.read_text()
    assert not any(password in log for password in seen)
    if target == "builtin":
        # The database has been told what it stores, not the password.
        assert not any(password in database.log() for password in seen if password != role["password"])


def test_the_other_user_has_the_first_ones_privileges(database, role, aws):
    database.execute(
        f"CREATE TABLE stock_{database.port} (article text)",
        f"""GRANT SELECT ON stock_{database.port} TO "{role["username"].replace('"', '""')}" """,
    )
    store(aws, database, role, "alternating")
    rotate(aws, "builtin", "alternating")
    other = read(aws)
    assert other["username"] == role["username"] + "_clone"
    assert {**other, "username": None, "password": None, "masterarn": None} == {
        **role, "username": None, "password": None, "masterarn": None,
    }  # fmt: skip
    assert login(other).run(f"SELECT * FROM stock_{database.port}") == []
    rotate(aws, "builtin", "alternating")
    assert read(aws)["username"] == role["username"]
    assert can_log_in(read(aws))


def test_a_password_that_somebody_changed_back_is_found(database, role, aws):
    """As AWS's functions do: when the current password is refused, the previous one is tried."""
    store(aws, database, role, "single")
    rotate(aws, "builtin", "single")
    quoted = role["username"].replace('"', '""')
    database.execute(f"""ALTER ROLE "{quoted}" WITH PASSWORD 'it''s \\one'""")
    assert not can_log_in(read(aws))
    rotate(aws, "builtin", "single")
    assert can_log_in(read(aws))


WRONG = {
    "no JSON": (lambda role: "plain", "createSecret", "the value is no JSON object"),
    "another engine": (
        lambda role: role | {"engine": "mysql"},
        "createSecret",
        "the member engine must be postgres",
    ),
    "no host": (
        lambda role: {name: role[name] for name in role if name != "host"},
        "createSecret",
        "the value has no member host",
    ),
    "a long name": (
        lambda role: role | {"username": "u" * 60},
        "createSecret",
        "the username with _clone is longer than 63 characters",
    ),
    "nobody there": (lambda role: role | {"port": 9, "masterarn": "self"}, "setSecret", "the database cannot be reached"),
    "a wrong password": (
        lambda role: role | {"password": "quiet-heron", "masterarn": "self"},
        "setSecret",
        "no login with the current version",
    ),
    "no master": (lambda role: role, "setSecret", "the value has no member masterarn"),
    "a master that is not there": (
        lambda role: role | {"masterarn": "arn:aws:secretsmanager:us-east-1:000000000000:secret:x-AbCdEf"},
        "setSecret",
        "the member masterarn names no secret of this account",
    ),
    "a master of another account": (
        lambda role: role | {"masterarn": "arn:aws:secretsmanager:us-east-1:111111111111:secret:x-AbCdEf"},
        "setSecret",
        "the member masterarn names no secret of this account",
    ),
    "a master that may not": (
        lambda role: role | {"masterarn": "self"},
        "setSecret",
        "the database refuses the statement with SQLSTATE 42501 to the role of the secret in masterarn",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_what_cannot_be_rotated_says_why_and_stays_as_it_is(database, role, server, aws, case):
    change, step, reason = WRONG[case]
    value = change(role)
    if isinstance(value, dict) and value.get("masterarn") == "self":
        value["masterarn"] = aws.create_secret(Name="self", SecretString=json.dumps(role))["ARN"]
    text = value if isinstance(value, str) else json.dumps(value)
    aws.create_secret(Name="db", SecretString=text)
    begin(aws, "builtin", "alternating")
    wait_until(lambda: "A rotation function failed" in server.log.read_text())
    log = server.log.read_text()
    assert f"step={step}" in log and reason in log
    assert "quiet-heron" not in log and role["password"] not in log
    assert aws.get_secret_value(SecretId="db")["SecretString"] == text
    assert can_log_in(role)


def test_a_test_of_the_rotation_logs_in_and_changes_nothing(database, role, server, aws):
    store(aws, database, role, "single")
    token = aws.rotate_secret(
        SecretId="db", RotationLambdaARN=f"{LAMBDA}builtin-single", RotateImmediately=False
    )["VersionId"]
    labels = lambda: aws.describe_secret(SecretId="db")["VersionIdsToStages"]  # noqa: E731
    wait_until(lambda: token not in labels())
    assert "A rotation function failed" not in server.log.read_text()
    assert read(aws) == role and can_log_in(role)


def test_a_server_stops_at_once_while_a_database_does_not_answer(database, role, server, aws):
    proxy = Proxy(database.port)
    reached, is_over = threading.Event(), threading.Event()
    proxy.on = lambda *_: (reached.set(), is_over.wait(30))
    store(aws, database, role | {"port": proxy.port}, "single")
    begin(aws, "builtin", "single")
    assert reached.wait(30)
    since = time.monotonic()
    assert server.stop() == 0
    assert time.monotonic() - since < 5, "it waits for the database"
    is_over.set()
    proxy.close()


# Where the server is killed: what the proxy saw, or the step before or after which the function was.
BORDERS = [
    ("builtin", None, "after RotateSecret"),
    ("builtin", ("connected", 1), "createSecret is stored"),
    ("builtin", ("connected", 2), "the pending password was tried"),
    ("builtin", ("done", "ALTER ROLE"), "the role has the new password"),
    ("builtin", ("connected", 3), "setSecret is stored"),
    ("builtin", ("done", "SELECT 1"), "the new password was tested"),
    *(("function", ("before", step), f"before {step}") for step in STEPS),
    *(("function", ("after", step), f"after {step}") for step in STEPS),
]
KILLS = [border for _ in range(3) for border in BORDERS]


def test_a_kill_between_any_two_steps_locks_nobody_out(database, role, hosts, folder):
    """More than 40 kills; every time the rotation ends after the restart, with the same version."""
    chance = random.Random(1)
    proxy = Proxy(database.port)
    server = started(folder, hosts)
    host = hosts["single"]
    try:
        store(make_client(server.url), database, role | {"port": proxy.port}, "single")
        for target, border, name in KILLS:
            server, token = kill_at(border, target, server, host, proxy, chance, folder, hosts)
            aws = make_client(server.url)
            # At once after the restart, and at any time before: the old password or the new one.
            labels = labels_of(aws)
            assert sum("AWSCURRENT" in held for held in labels.values()) == 1, name
            read_before = None
            while not any(map(can_log_in, passwords := candidates(aws))):
                # The rotation goes on, and may have changed them between the reading and the login.
                assert passwords != read_before, f"nobody is let in: {name}"
                read_before = passwords
            wait_until(lambda: "AWSCURRENT" in labels_of(aws)[token])  # noqa: B023
            assert can_log_in(read(aws)), name
            # Nothing is left of it that would refuse another.
            wait_until(lambda: ended(server, token))  # noqa: B023
        print(f"{len(KILLS)} kills")
    finally:
        server.kill()
        proxy.close()


def candidates(aws) -> list[dict]:
    """The secret as it is, and as it will be where that is known."""
    current = read(aws)
    try:
        return [current, read(aws, "AWSPENDING")]
    except aws.exceptions.ResourceNotFoundException:
        return [current]


def labels_of(aws):
    return aws.describe_secret(SecretId="db")["VersionIdsToStages"]


def ended(server, token) -> bool:
    with Wire(server.url) as wire:
        answer = wire.request("GET", "/_pocketvault/audit?events=true&event=RotationSucceeded&limit=1000")
    found = [record for record in answer.json["records"] if token in json.dumps(record)]
    assert len(found) < 2, "a rotation succeeds once"
    return len(found) == 1


def kill_at(border, target, server, host, proxy, chance, folder, hosts):
    """Begins a rotation, kills the server at that border and starts it again."""
    process = server.process
    # Forgets the logins of the test itself.
    proxy.forget()
    if border and border[0] in ("connected", "done"):
        proxy.on = lambda *seen: seen == border and process.kill()
    elif border:
        getattr(host, border[0])[border[1]] = process.kill
    token = str(uuid.uuid4())
    aws, function = make_client(server.url), f"{LAMBDA}{target}-single"
    try:
        aws.rotate_secret(SecretId="db", RotationLambdaARN=function, ClientRequestToken=token)
    except (NoConnection, HTTPClientError):
        pass  # It is stored, for a step has begun; the kill was quicker than the answer.
    if border is None:
        time.sleep(chance.uniform(0, 0.02))
        process.kill()
    process.wait(20)
    server.kill()
    proxy.forget()
    host.before.clear()
    host.after.clear()
    return started(folder, hosts), token
