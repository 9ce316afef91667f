"""https: the clients that insist on it, whom they trust, and http on the same port."""

import contextlib
import json
import os
import pathlib
import shutil
import socket
import ssl
import stat
import subprocess
import tempfile
import threading
import urllib.request

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError, SSLError

from conftest import client_program
from server import Pocketvault, binary, clean_environment, run

CLIENTS = pathlib.Path(__file__).parent / "clients"


@pytest.fixture(scope="module")
def secure():
    """A server that speaks https, with its vault in a file."""
    path = tempfile.mkdtemp(prefix="pocketvault-")
    try:
        with Pocketvault(path, "--tls", "--tls-name", "vault.test") as running:
            yield running
            assert running.stop() == 0, running.complaint()
    finally:
        shutil.rmtree(path, ignore_errors=True)


def authority(server) -> str:
    return str(server.folder / "tls-ca.pem")


def client(url, trusted, *, key="test", secret="test", service="secretsmanager"):
    return boto3.client(
        service,
        endpoint_url=url,
        region_name="us-east-1",
        aws_access_key_id=key,
        aws_secret_access_key=secret,
        verify=trusted,
        config=Config(retries={"total_max_attempts": 1}, max_pool_connections=50),
    )


def plain(server) -> str:
    return f"http://127.0.0.1:{server.port}"


def get(url, trusted=None, data=None):
    """The answer's bytes."""
    context = ssl.create_default_context(cafile=trusted) if trusted else None
    fields = {"Content-Type": "application/json"} if data else {}
    request = urllib.request.Request(url, data=data, headers=fields)
    with urllib.request.urlopen(request, context=context, timeout=60) as answer:
        return answer.read()


# -- Clients


def test_boto3_works_by_https_and_http_on_one_port(secure, account):
    assert secure.url == f"https://127.0.0.1:{secure.port}"
    encrypted = client(secure.url, authority(secure), key=account)
    value = "x" * 65_536
    encrypted.create_secret(Name="tls/large", SecretString=value)
    encrypted.create_secret(Name="tls/bytes", SecretBinary=bytes(range(256)))
    other = client(plain(secure), None, key=account)
    for each in (encrypted, other):
        assert each.get_secret_value(SecretId="tls/large")["SecretString"] == value
        assert each.get_secret_value(SecretId="tls/bytes")["SecretBinary"] == bytes(range(256))
    # The address of the client, not that of what speaks TLS for the server.
    trail = client(secure.url, authority(secure), key=account, service="cloudtrail")
    events = [json.loads(event["CloudTrailEvent"]) for event in trail.lookup_events()["Events"]]
    calls = [event for event in events if event["eventSource"] == "secretsmanager.amazonaws.com"]
    assert {event["sourceIPAddress"] for event in calls} == {"127.0.0.1"}


def test_who_does_not_trust_the_authority_is_told_of_in_the_log_once(folder):
    with Pocketvault(folder, "--tls") as server:
        for _ in range(3):
            with pytest.raises(SSLError):
                client(server.url, True).list_secrets()
        assert server.stop() == 0
        assert server.log.read_text().count("does not trust this server's certificate") == 1


def curl(server, *arguments, host="localhost", code=0):
    options = ["--silent", "--show-error", "--cacert", authority(server), *arguments]
    url = f"https://{host}:{server.port}/_pocketvault/ready"
    ended = subprocess.run(
        [client_program("curl"), *options, url], env=clean_environment(), capture_output=True, text=True
    )
    assert ended.returncode == code, ended.stderr
    return ended.stdout


@pytest.mark.parametrize("version", ["1.2", "1.3"])
def test_curl_speaks_each_version(secure, version):
    written = curl(
        secure, f"--tlsv{version}", "--tls-max", version, "--write-out", " %{http_version} %{ssl_verify_result}"
    )
    assert written == '{"ready":true} 1.1 0'


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "host.docker.internal", "vault.test",
                                  "secretsmanager.us-east-1.amazonaws.com"])
def test_every_name_of_the_server_is_in_its_certificate(secure, host):
    assert curl(secure, "--resolve", f"{host}:{secure.port}:127.0.0.1", host=host) == '{"ready":true}'


def test_a_name_that_is_not_in_the_certificate_is_none(secure):
    # 60: the peer's certificate cannot be verified.
    curl(secure, "--resolve", f"other.test:{secure.port}:127.0.0.1", host="other.test", code=60)


@pytest.fixture
def variables(secure):
    """What `pocketvault env` prints for the server."""
    printed = run("env", "--endpoint", secure.url, "--shell", "json")
    assert printed.returncode == 0, printed.stderr
    return {name: value for name, value in json.loads(printed.stdout).items() if value is not None}


def test_env_leads_to_https_and_names_the_authority(secure, variables):
    assert variables["AWS_ENDPOINT_URL_SECRETS_MANAGER"] == secure.url
    assert os.path.samefile(variables["NODE_EXTRA_CA_CERTS"], authority(secure))
    # Tools that trust one file alone are not cut off from everybody else.
    assert variables["AWS_CA_BUNDLE"] == variables["SSL_CERT_FILE"]
    bundle = pathlib.Path(variables["AWS_CA_BUNDLE"]).read_bytes()
    system = pathlib.Path("/etc/ssl/certs/ca-certificates.crt")
    assert bundle.endswith(pathlib.Path(authority(secure)).read_bytes())
    assert not system.exists() or bundle.startswith(system.read_bytes())
    by_port = run("env", "--shell", "json", environment=clean_environment(POCKETVAULT_PORT=str(secure.port)))
    assert json.loads(by_port.stdout)["AWS_ENDPOINT_URL_SECRETS_MANAGER"] == secure.url
    given = json.loads(run("env", "--endpoint", plain(secure), "--shell", "json").stdout)
    assert given["AWS_ENDPOINT_URL_SECRETS_MANAGER"] == plain(secure)
    assert "AWS_CA_BUNDLE" not in given


@pytest.mark.cli
def test_the_aws_cli_works_with_what_env_prints(variables):
    ended = subprocess.run(
        [client_program("aws"), "secretsmanager", "create-secret", "--name", "tls/cli", "--secret-string", "s"],
        env=clean_environment(**variables),
        capture_output=True,
        text=True,
    )
    assert ended.returncode == 0, ended.stderr
    assert json.loads(ended.stdout)["Name"] == "tls/cli"


def test_its_own_commands_work_with_what_env_prints(variables):
    environment = clean_environment(**variables)
    assert run("put", "tls/own", "v", environment=environment).returncode == 0
    got = run("get", "tls/own", environment=environment)
    assert (got.returncode, got.stdout) == (0, b"v"), got.stderr


@pytest.mark.client
def test_node_works_with_what_env_prints(secure, variables):
    program = f"fetch('{secure.url}/_pocketvault/ready').then(a => a.text()).then(console.log)"
    ended = subprocess.run(
        [client_program("node"), "-e", program], env=clean_environment(**variables), capture_output=True, text=True
    )
    assert ended.stdout.strip() == '{"ready":true}', ended.stderr


@pytest.mark.client
def test_go_works_with_what_env_prints(secure, variables, folder):
    environment = clean_environment(GO111MODULE="off", GOCACHE=folder, HOME=folder, **variables)
    ended = subprocess.run(
        [client_program("go"), "run", CLIENTS / "go-https" / "main.go", f"{secure.url}/_pocketvault/ready"],
        env=environment,
        capture_output=True,
        text=True,
    )
    assert ended.stdout.strip() == '200 HTTP/1.1 {"ready":true}', ended.stderr


@pytest.mark.client
def test_java_works_with_a_store_that_keytool_makes(secure, folder):
    store = f"{folder}/trusted.p12"
    made = subprocess.run(
        [client_program("keytool"), "-importcert", "-noprompt", "-alias", "pocketvault", "-file", authority(secure),
         "-keystore", store, "-storetype", "PKCS12", "-storepass", "changeit"],
        capture_output=True,
        text=True,
    )
    assert made.returncode == 0, made.stdout
    ended = subprocess.run(
        [client_program("java"), f"-Djavax.net.ssl.trustStore={store}", "-Djavax.net.ssl.trustStorePassword=changeit",
         CLIENTS / "java-https" / "Caller.java", f"{secure.url}/_pocketvault/ready"],
        env=clean_environment(),
        capture_output=True,
        text=True,
    )
    assert ended.stdout.strip() == '200 HTTP_1_1 {"ready":true}', ended.stderr


# -- The authority and the certificate


def leaf(server) -> bytes:
    context = ssl.create_default_context(cafile=authority(server))
    with socket.create_connection(("127.0.0.1", server.port)) as raw:
        with context.wrap_socket(raw, server_hostname="localhost") as wrapped:
            return wrapped.getpeercert(binary_form=True)


def test_the_authority_outlives_the_server_and_the_certificate_does_not(folder):
    server = Pocketvault(folder, "--tls").start()
    first = leaf(server)
    kept = pathlib.Path(authority(server)).read_bytes()
    assert get(f"{plain(server)}/_pocketvault/ca.pem") == kept
    assert [oct((server.folder / name).stat().st_mode & 0o777) for name in ("tls-ca.key", "tls-ca.pem")] == [
        "0o600", "0o644"]
    assert server.stop() == 0
    with Pocketvault(folder, "--tls") as again:
        assert pathlib.Path(authority(again)).read_bytes() == kept
        assert leaf(again) != first


def test_files_of_the_authority_that_cannot_be_used_are_refused(folder):
    server = Pocketvault(folder, "--tls").start()
    assert server.stop() == 0
    key, certificate = server.folder / "tls-ca.key", server.folder / "tls-ca.pem"
    key.chmod(0o644)
    assert f"chmod 600 {key}" in server.refusal()
    key.chmod(0o600)
    text = key.read_bytes()
    key.write_bytes(b"")
    assert "there is no private key in PEM" in server.refusal()
    key.write_bytes(other_key(folder))
    assert "the private key is not that of the certificate" in server.refusal()
    key.unlink()
    assert f"{certificate} is there and {key} is not" in server.refusal()
    key.write_bytes(text)
    key.chmod(0o600)
    server.start()
    assert server.stop() == 0


def test_an_authority_that_was_not_finished_is_made_anew(folder):
    """Its key is written first; a kill may have come before the certificate."""
    server = Pocketvault(folder, "--tls").start()
    assert server.stop() == 0
    key, certificate = server.folder / "tls-ca.key", server.folder / "tls-ca.pem"
    former = key.read_bytes()
    certificate.unlink()
    server.start()
    assert json.loads(get(f"{server.url}/_pocketvault/ready", str(certificate))) == {"ready": True}
    assert server.stop() == 0
    assert key.read_bytes() != former
    assert stat.S_IMODE(key.stat().st_mode) == 0o600


def test_the_authority_of_a_vault_in_memory_goes_with_it(folder):
    with Pocketvault(folder, "--tls", database=":memory:") as server:
        path = pathlib.Path(json.loads(get(f"{plain(server)}/_pocketvault/health"))["tls"]["file"])
        assert path.read_bytes() == get(f"{plain(server)}/_pocketvault/ca.pem")
        assert [name for name in os.listdir(path.parent) if "tls" in name and "key" in name] == []
        assert json.loads(get(f"{server.url}/_pocketvault/ready", str(path))) == {"ready": True}
        assert server.stop() == 0
        assert not path.parent.exists()


def test_no_path_is_told_to_other_machines(folder):
    with Pocketvault(folder, "--tls", "--host", "0.0.0.0") as server:
        assert json.loads(get(f"{plain(server)}/_pocketvault/health"))["tls"] == {"authority": "own"}
        printed = run("env", "--shell", "json", environment=clean_environment(POCKETVAULT_PORT=str(server.port)))
        assert json.loads(printed.stdout)["AWS_ENDPOINT_URL_SECRETS_MANAGER"] == plain(server)
        assert b"curl -o ca.pem http://127.0.0.1" in printed.stderr
        assert get(f"{plain(server)}/_pocketvault/ca.pem").startswith(b"-----BEGIN CERTIFICATE-----")


# -- One's own certificate


def openssl(*arguments):
    ended = subprocess.run([client_program("openssl"), *map(str, arguments)], capture_output=True)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


def other_key(folder) -> bytes:
    return openssl("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256")


@pytest.fixture
def own(folder):
    """A certificate of one's own, and its key, of RSA."""
    files = pathlib.Path(folder) / "own.pem", pathlib.Path(folder) / "own.key"
    openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=own",
            "-addext", "subjectAltName=DNS:localhost", "-out", files[0], "-keyout", files[1])
    return files


def test_a_certificate_of_ones_own_is_used(folder, own):
    with Pocketvault(folder, "--tls-cert", own[0], "--tls-key", own[1]) as server:
        url = f"https://localhost:{server.port}/_pocketvault"
        assert json.loads(get(f"{url}/ready", str(own[0]))) == {"ready": True}
        assert json.loads(get(f"{url}/health", str(own[0])))["tls"] == {"authority": "given"}
        with pytest.raises(urllib.error.HTTPError, match="404"):
            get(f"{url}/ca.pem", str(own[0]))
        assert not (server.folder / "tls-ca.pem").exists()


def test_a_certificate_that_cannot_be_used_is_refused(folder, own):
    certificate, key = own
    locked, other = pathlib.Path(folder) / "locked.key", pathlib.Path(folder) / "other.key"
    openssl("pkcs8", "-topk8", "-in", key, "-out", locked, "-passout", "pass:invented")
    other.write_bytes(other_key(folder))
    for given, reason in [
        ((certificate, locked), "the private key is under a passphrase"),
        ((certificate, other), "the private key is not that of the certificate"),
        ((certificate, certificate), "there is no private key in PEM"),
        ((key, key), "there is no certificate in PEM"),
        ((certificate, folder), "is no file of a certificate or a key"),
        ((f"{folder}/nothing", key), "cannot be read: No such file or directory"),
    ]:
        server = Pocketvault(folder, "--tls-cert", given[0], "--tls-key", given[1])
        assert reason in server.refusal()


# -- What it carries


def test_a_seed_of_fifteen_mebibytes_and_a_backup_go_through(secure):
    secrets = [{"name": f"tls/seed/{n}", "value": f"{n:03}" + "x" * 65_000} for n in range(230)]
    seed = json.dumps({"version": 1, "account": "700000000999", "secrets": secrets})
    body = json.dumps({"documents": [{"file": "large.json", "text": seed}]}).encode()
    assert len(body) > 14 << 20
    get(f"{secure.url}/_pocketvault/seed", authority(secure), body)
    read = client(secure.url, authority(secure), key="700000000999").get_secret_value
    for number in (0, 229):
        assert read(SecretId=f"tls/seed/{number}")["SecretString"] == secrets[number]["value"]
    copy = get(f"{secure.url}/_pocketvault/backup", authority(secure))
    assert copy.startswith(b"SQLite format 3") and len(copy) > 14 << 20


def test_what_happens_can_be_followed(secure, account):
    context = ssl.create_default_context(cafile=authority(secure))
    with urllib.request.urlopen(f"{secure.url}/_pocketvault/stream", context=context, timeout=20) as stream:
        client(plain(secure), None, key=account).create_secret(Name="tls/followed", SecretString="s")
        while b"tls/followed" not in stream.readline():
            pass


def test_many_clients_of_both_kinds_at_once(secure, account):
    clients = [client(secure.url, authority(secure), key=account), client(plain(secure), None, key=account)]
    clients[0].create_secret(Name="tls/many", SecretString="many")
    failures = []

    def read(number):
        try:
            for _ in range(10):
                assert clients[number % 2].get_secret_value(SecretId="tls/many")["SecretString"] == "many"
        except Exception as error:  # for the main thread
            failures.append(error)

    threads = [threading.Thread(target=read, args=(number,)) for number in range(32)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


def test_it_answers_after_a_flood_of_clients_that_leave_in_their_greeting(folder):
    few = ["bash", "-c", 'ulimit -n 128; exec "$@"', "few"]
    with Pocketvault(folder, "--tls", prefix=few) as server:
        for _ in range(400):
            with socket.create_connection(("127.0.0.1", server.port)) as gone:
                gone.sendall(b"\x16\x03\x01\x02\x00\x01")
        for url, trusted in ((server.url, authority(server)), (plain(server), None)):
            assert json.loads(get(f"{url}/_pocketvault/ready", trusted)) == {"ready": True}
        assert server.stop() == 0


def test_sigterm_ends_it_with_clients_in_every_state(folder):
    with Pocketvault(folder, "--tls") as server:
        context = ssl.create_default_context(cafile=authority(server))
        address = ("127.0.0.1", server.port)
        silent, half, idle = (socket.create_connection(address) for _ in range(3))
        half.sendall(b"\x16\x03\x01\x02\x00\x01")
        idle = context.wrap_socket(idle, server_hostname="localhost")
        stream = urllib.request.urlopen(f"{server.url}/_pocketvault/stream", context=context, timeout=20)
        assert server.stop(timeout=5) == 0
        assert (silent.recv(1), half.recv(1), idle.recv(1)) == (b"", b"", b"")
        assert stream.read() is not None
        for each in (silent, half, idle, stream):
            each.close()


# -- What policies and the log are told


ONLY_SECURE = {
    "Version": "2012-10-17",
    "Statement": [
        {"Effect": "Allow", "Action": "*", "Resource": "*"},
        {"Effect": "Deny", "Action": "*", "Resource": "*", "Condition": {"Bool": {"aws:SecureTransport": "false"}}},
    ],
}


@pytest.mark.parametrize("mode, refused", [("assumed", []), ("wire", ["http"])])
def test_policies_are_told_how_a_call_came(folder, mode, refused):
    with Pocketvault(folder, "--tls", "--iam", "enforce", "--secure-transport", mode) as server:
        iam = client(plain(server), None, service="iam")
        iam.create_user(UserName="u")
        iam.put_user_policy(UserName="u", PolicyName="p", PolicyDocument=json.dumps(ONLY_SECURE))
        key = iam.create_access_key(UserName="u")["AccessKey"]
        for url, trusted in ((server.url, authority(server)), (plain(server), None)):
            caller = client(url, trusted, key=key["AccessKeyId"], secret=key["SecretAccessKey"])
            if url.split(":")[0] in refused:
                with pytest.raises(ClientError, match="AccessDenied"):
                    caller.list_secrets()
            else:
                caller.list_secrets()


def test_an_https_client_on_a_port_without_tls_is_told_of_once(folder):
    with Pocketvault(folder) as server:
        for _ in range(3):
            with pytest.raises(SSLError):
                client(f"https://127.0.0.1:{server.port}", False).list_secrets()
        with pytest.raises(urllib.error.HTTPError, match="404"):
            get(f"{server.url}/_pocketvault/ca.pem")
        assert server.stop() == 0
        assert server.log.read_text().count("serve with --tls, or use http://") == 1


def test_clients_that_speak_http_badly_are_not_taken_for_https_clients(folder):
    with Pocketvault(folder) as server:
        for sent in (b"", b"GET", b"nonsense\r\n\r\n", b"GET /" + b"x" * 40_000, b"GET / HTTP/1.1\r\nHost: a\r\n" * 9):
            # The server may close before it has read all.
            with contextlib.suppress(OSError), socket.create_connection(
                ("127.0.0.1", server.port)
            ) as bad:
                bad.sendall(sent)
                bad.shutdown(socket.SHUT_WR)
                while bad.recv(65_536):
                    pass
        assert server.stop() == 0
        assert "serve with --tls" not in server.log.read_text()
