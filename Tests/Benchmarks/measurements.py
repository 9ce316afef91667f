"""The measurements: each in interleaved rounds, so that what disturbs one program disturbs the other."""

import http.client
import json
import pathlib
import shutil
import statistics
import subprocess
import time

import signing
from programs import BINARY, REGION, STATIC_BINARY, Load, Program, free_port, limit, make_vault, pocketvault, read_all

FEW, MANY = 1_000, 1_000_000
# Of a server that lets few people in.
GUARDS = ("--signatures", "verify", "--iam", "enforce")


class Numbers:
    """The runs of one program in one measurement."""

    def __init__(self, runs: list[Load]):
        self.runs = runs
        self.rate = statistics.median(run.rate for run in runs)
        self.microseconds = statistics.median(run.microseconds for run in runs)
        self.p50 = statistics.median(run.p50 for run in runs)
        self.p99 = statistics.median(run.p99 for run in runs)
        errors, late = sum(run.errors for run in runs), sum(run.late for run in runs)
        self.errors = f"{errors}, {late} later than 2 s" if late else str(errors)


class Ratio:
    """Of pairs that ran one after the other."""

    def __init__(self, values: list[float]):
        self.median, self.lowest, self.highest = statistics.median(values), min(values), max(values)

    def __str__(self) -> str:
        return f"{self.median:.2f} ({self.lowest:.2f}–{self.highest:.2f})"


def paired(programs, call, connections, seconds, rounds, there, signed=None) -> dict[str, list[Load]]:
    """`signed` says where the calls of each program are that were signed for it."""
    runs = {program.name: [] for program in programs}
    for number in range(rounds):
        # The one that goes first alternates.
        for program in programs if number % 2 == 0 else reversed(programs):
            calls = signed(program) if signed else None
            runs[program.name].append(Load(program, call, connections, seconds, there, signed=calls))
    return runs


class Bench:
    """A folder with the databases, and what was measured so far."""

    def __init__(self, folder: pathlib.Path, limit_program: pathlib.Path, quick: bool):
        self.folder, self.limit_program = folder, limit_program
        self.seconds, self.rounds = (1, 1) if quick else (3, 5)
        self.results = {}
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        self.few, self.many, self.written = folder / "few", folder / "many", folder / "written"
        self.guarded = folder / "guarded"
        self.limit_database = folder / "limit.db"

    def prepare(self) -> None:
        make_vault(self.few, FEW)
        make_vault(self.guarded, FEW)
        self.many_count = 20 * FEW if self.seconds == 1 else MANY
        make_vault(self.many, self.many_count)
        database = self.many / "vault.db"
        self.results["many"] = (self.many_count, database.stat().st_size / self.many_count)
        # PutSecretValue keeps a hundred versions of a secret for a day: room for all rounds.
        make_vault(self.written, 5 * FEW)
        subprocess.run([self.limit_program, "fill", self.limit_database, str(FEW)], check=True)

    def reads(self) -> None:
        with pocketvault(self.few) as ours, limit(self.limit_program, self.limit_database) as least:
            for server in (ours, least):
                read_all(server, FEW)
            for connections in (16, 64):
                runs = paired([least, ours], "get", connections, self.seconds, self.rounds, FEW)
                self.results[f"get {connections}"] = runs
            # A server that nobody calls gives back what the peak took.
            time.sleep(2)
            self.results["resident"] = [
                (program.resident_mebibytes(), program.resident_mebibytes("RssAnon"))
                for program in (ours, least)
            ]

    def mixes(self) -> None:
        """Twenty values at once, and reads among which some writes are."""
        with pocketvault(self.written) as ours:
            read_all(ours, FEW)
            rounds = max(1, self.rounds - 2)
            for call in ("get", "batch", "mix"):
                self.results[f"mixed {call}"] = [
                    Load(ours, call, 16, self.seconds, FEW) for _ in range(rounds)
                ]

    def access(self) -> None:
        """The same signed calls to a server that checks nothing and to one that lets few people in."""
        with pocketvault(self.few) as plain, pocketvault(self.guarded, *GUARDS) as guarded:
            guarded.name = "guarded"
            read_all(plain, FEW)
            for who in ("a user", "a session of a role"):

                def signed(server: Program) -> pathlib.Path:
                    is_user = who == "a user"
                    holder = signing.USER if is_user else signing.session(server.port, REGION)
                    path = self.folder / "signed"
                    return signing.signed_reads(path, server.port, holder, FEW, REGION)

                runs = paired([plain, guarded], "get", 16, self.seconds, self.rounds, FEW, signed)
                self.results[f"access {who}"] = runs

    def writes(self) -> None:
        with pocketvault(self.written) as ours:
            for call in ("put", "create"):
                found = {connections: [] for connections in (1, 16, 64)}
                for _ in range(max(1, self.rounds - 3)):
                    for connections, runs in found.items():
                        runs.append(Load(ours, call, connections, self.seconds, 5 * FEW))
                self.results[call] = found
        single = [self.single_commits() for _ in range(max(1, self.rounds - 2))]
        self.results["single commits"] = statistics.median(single)

    def single_commits(self) -> float:
        database = self.folder / "single.db"
        database.unlink(missing_ok=True)
        seconds = "1" if self.seconds == 1 else "2"
        ended = subprocess.run(
            [self.limit_program, "commits", database, seconds], capture_output=True, text=True, check=True
        )
        return float(ended.stdout)

    def sizes(self) -> None:
        """What a thousand times as many secrets cost."""
        found = {}
        with pocketvault(self.few) as few, pocketvault(self.many) as many:
            tokens = {few: self.middle(few, 4), many: self.middle(many, self.many_count // 200 - 1)}
            # As many of the large vault as there are of the small one, from all over it.
            servers = [("few", few, 1), ("many", many, self.many_count // FEW)]
            for _, server, stride in servers:
                read_all(server, FEW, stride)
            for what, call in [("first page", "page"), ("middle page", "page"), ("read", "get")]:
                for _ in range(max(1, self.rounds - 2)):
                    for name, server, stride in servers:
                        token = tokens[server] if what == "middle page" else None
                        load = Load(server, call, 1, 1, FEW, stride, token)
                        found.setdefault((what, name), []).append(load)
        self.results["sizes"] = found

    @staticmethod
    def middle(server: Program, pages: int) -> str:
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
        members = {"MaxResults": 100}
        for _ in range(pages):
            status, body = server.call_on(connection, "ListSecrets", members)
            members["NextToken"] = json.loads(body)["NextToken"]
        return members["NextToken"]

    def starts(self) -> None:
        """From the start of the process to the first answer to GetSecretValue."""
        ours, least = [], []
        for _ in range(5 if self.seconds == 1 else 21):
            ours.append(self.start_once(pocketvault(self.few)))
            least.append(self.start_once(limit(self.limit_program, self.limit_database)))
        self.results["starts"] = (ours, least)

    @staticmethod
    def start_once(program: Program) -> float:
        began = time.monotonic()
        program.spawn()
        try:
            while time.monotonic() - began < 10:
                try:
                    status, _ = program.call("GetSecretValue", {"SecretId": "bench/secret-7"})
                    if status == 200:
                        return (time.monotonic() - began) * 1_000
                except OSError:
                    time.sleep(0.000_5)
            raise RuntimeError(f"{program.name} did not start; see {program.log}")
        finally:
            program.stop()

    def peers(self, peers: list[tuple[str, str, list, dict]]) -> None:
        """Other emulators, with as many secrets, beside Pocketvault."""
        found = []
        for name, version, command, environment in peers:
            port = str(free_port())
            command = [word.replace("PORT", port) for word in command]
            environment = {key: word.replace("PORT", port) for key, word in environment.items()}
            peer = Program(name, command, int(port), self.folder / f"{name}.log", **environment)
            with peer, pocketvault(self.few) as ours:
                peer.call_many("CreateSecret", (self.secret(number) for number in range(FEW)))
                rounds = max(1, self.rounds - 3)
                get = paired([peer, ours], "get", 16, self.seconds, rounds, FEW)
                create = paired([peer, ours], "create", 16, self.seconds, rounds, FEW)
                found.append((name, version, get, create, peer.resident_mebibytes()))
        self.results["peers"] = found

    @staticmethod
    def secret(number: int) -> dict:
        return {
            "Name": f"bench/secret-{number}",
            "ClientRequestToken": f"{number:08d}-0000-4000-8000-000000000000",
            "SecretString": "x" * 200,
            "Tags": [{"Key": "env", "Value": "test"}, {"Key": "team", "Value": "core"}],
        }

    def binary(self) -> None:
        smaller = STATIC_BINARY if STATIC_BINARY.exists() else BINARY
        self.results["binary"] = (BINARY.stat().st_size, smaller.stat().st_size)
