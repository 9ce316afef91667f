"""Writes docs/benchmarks.md: every number is a result of the run that it names."""

import statistics

import figures
import machine
from measurements import FEW, Numbers, Ratio

METHOD = """\
`make benchmark` measures and writes this page; nothing in it is typed by hand. It takes four to six
minutes, speaks to loopback only, and installs nothing.

- The server is the binary of a release, with its defaults: the request log goes to a file,
  `synchronous=FULL`, the audit trail is written. Values have 200 bytes, secrets two tags, and calls
  the headers that boto3 sends. Vaults are warm: what is read was read before, so that no
  LastAccessedDate has to be written.
- The **limit** is `Tests/Benchmarks/limit/limit.c`: libmicrohttpd, one prepared SELECT, one
  AES-256-GCM, `sprintf`. It checks nothing, logs nothing, records nothing. It is not a rival but the
  floor under any server on these libraries.
- The load generator, wrk, runs on the same cores as the servers, and shares them with whatever else
  the machine does. So requests a second differ from run to run by half and more. **Ratios** of runs
  that took turns, and **processor time** for each request (user and system time of the server by
  the requests that it answered), are what to compare.
- A ratio is the median of those of the rounds, with the lowest and the highest in brackets.
"""


def table(head: list[str], rows: list[list]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join("| " + " | ".join(str(cell) for cell in line) + " |\n" for line in lines)


def count(number: float) -> str:
    return f"{number:,.0f}"


def rates(left, right) -> Ratio:
    return Ratio([one.rate / other.rate for one, other in zip(left, right)])


def reads(results) -> str:
    rows = []
    for connections in (16, 64):
        runs = results[f"get {connections}"]
        ours, least = Numbers(runs["Pocketvault"]), Numbers(runs["the limit"])
        pairs = list(zip(ours.runs, least.runs))
        cost = Ratio([one.microseconds / other.microseconds for one, other in pairs])
        rows.append(
            [connections, count(ours.rate), count(least.rate), f"**{rates(ours.runs, least.runs)}**",
             f"{ours.microseconds:.0f} µs", f"{least.microseconds:.0f} µs", f"**{cost}**",
             f"{ours.p50:.1f} / {ours.p99:.1f} ms", ours.errors]
        )  # fmt: skip
    return table(
        ["connections", "requests/s", "limit", "ratio (aim: ≥ 0.80)", "processor time", "limit",
         "ratio (aim: ≤ 1.35)", "p50 / p99", "errors"],
        rows,
    )  # fmt: skip


def mixes(results) -> str:
    rows = []
    for call, text in [
        ("get", "GetSecretValue"),
        ("batch", "BatchGetSecretValue of 20"),
        ("mix", "95 GetSecretValue to 5 PutSecretValue"),
    ]:
        numbers = Numbers(results[f"mixed {call}"])
        values = 20 if call == "batch" else 1
        rows.append(
            [text, count(numbers.rate), f"{numbers.microseconds:.0f} µs",
             f"{numbers.microseconds / values:.1f} µs", f"{numbers.p50:.1f} / {numbers.p99:.1f} ms",
             numbers.errors]
        )  # fmt: skip
    return table(
        ["16 connections", "requests/s", "processor time", "of a value", "p50 / p99", "errors"], rows
    )


def access(results) -> str:
    rows = []
    for who in ("a user", "a session of a role"):
        runs = results[f"access {who}"]
        guarded, plain = Numbers(runs["guarded"]), Numbers(runs["Pocketvault"])
        pairs = zip(guarded.runs, plain.runs)
        cost = Ratio([one.microseconds / other.microseconds for one, other in pairs])
        rows.append(
            [who, count(guarded.rate), count(plain.rate), f"{guarded.microseconds:.0f} µs",
             f"{plain.microseconds:.0f} µs", f"**{cost}**", guarded.errors]
        )  # fmt: skip
    return table(
        ["16 connections, by", "requests/s", "without", "processor time", "without",
         "ratio (aim: ≤ 1.4)", "errors"],
        rows,
    )  # fmt: skip


def writes(results) -> str:
    rows = []
    for call, name in (("put", "PutSecretValue"), ("create", "CreateSecret")):
        found = {connections: Numbers(runs) for connections, runs in results[call].items()}
        alone = found[1].rate
        for connections, numbers in found.items():
            rows.append(
                [name, connections, count(numbers.rate), f"{numbers.rate / alone:.1f}",
                 f"{numbers.microseconds:.0f} µs", f"{numbers.p50:.1f} / {numbers.p99:.1f} ms",
                 numbers.errors]
            )  # fmt: skip
    return table(
        ["operation", "connections", "requests/s", "times those of 1", "processor time", "p50 / p99",
         "errors"],
        rows,
    )  # fmt: skip


def sizes(results) -> str:
    rows = []
    for what, text in [
        ("first page", "ListSecrets, the first page of 100"),
        ("middle page", "ListSecrets, a page of 100 from the middle"),
        ("read", f"GetSecretValue of {FEW:,} secrets"),
    ]:
        few, many = (Numbers(results["sizes"][(what, name)]) for name in ("few", "many"))
        ratio = many.p50 / few.p50
        rows.append([text, f"{few.p50:.2f} ms", f"{many.p50:.2f} ms", f"{ratio:.2f}"])
    many, bytes_each = results["many"]
    return table(["one connection", f"{FEW:,} secrets", f"{many:,}", "ratio (aim: ≤ 3)"], rows) + (
        f"\nA secret of these, with its version and two tags, takes {count(bytes_each)} bytes on disk.\n"
    )


def starts(results) -> str:
    ours, least = results["starts"]
    ratio = statistics.median(one / other for one, other in zip(ours, least))
    rows = [
        [name, f"{statistics.median(times):.0f} ms", f"{min(times):.0f} ms", f"{max(times):.0f} ms"]
        for name, times in (("Pocketvault", ours), ("limit", least))
    ]
    return table(["", "median", "fastest", "slowest"], rows) + (
        f"\n{len(ours)} starts each, taking turns; the median of the ratios is {ratio:.1f} (aim: ≤ 1.5).\n"
    )


def peers(results) -> str:
    if not results.get("peers"):
        return "None was installed where this was run.\n"
    rows = []
    for name, version, get, create, resident in results["peers"]:
        for call, runs in (("GetSecretValue", get), ("CreateSecret", create)):
            ours, theirs = Numbers(runs["Pocketvault"]), Numbers(runs[name])
            rows.append(
                [f"{name} {version}", call, count(theirs.rate), theirs.errors, count(ours.rate),
                 ours.errors, rates(ours.runs, theirs.runs), f"{resident:.0f} MiB"]
            )  # fmt: skip
    return (
        table(
            ["peer", "16 connections", "its requests/s", "its errors", "Pocketvault's", "errors",
             "ratio", "its memory"],
            rows,
        )
        + "\nPeers keep secrets in memory; Pocketvault's writes are on disk when they are answered.\n"
    )  # fmt: skip


def page(results, before: str, after: str) -> str:
    (ours, private), (least, least_private) = results["resident"]
    single = results["single commits"]
    grouped = Numbers(results["create"][16]).rate
    facts = table(["", ""], [list(fact) for fact in machine.facts()])
    return f"""\
# Benchmarks

{METHOD}
## This run

{facts}| load average before and after | {before}; {after} |

## GetSecretValue beside the limit

{FEW:,} secrets.

{reads(results)}
{figures.picture("reads")}
## Twenty at once, and some writes among the reads

{mixes(results)}
## With signatures verified and policies enforced

The same signed calls, to a server with `--signatures verify --iam enforce` and to one without. One
policy allows reading by a prefix of the ARN.

{access(results)}
## Writes

Many connections share commits; a connection alone waits for the disk with each call.

{writes(results)}
A C program that does nothing but write secrets, each in a durable commit of its own, made
{count(single)} a second on this disk; Pocketvault's CreateSecret at 16 connections {grouped / single:.1f} times that,
over HTTP and with its audit record.

## A thousand times as many secrets

{sizes(results)}
## From start to the first answer

A vault of {FEW:,} secrets, the master key in a file.

{starts(results)}
## Memory and size

| | |
| --- | --- |
| resident two seconds after the reads above, {FEW:,} secrets, 64 connections | {ours:.1f} MiB; limit {least:.1f} MiB |
| of that its own, without mapped files such as the vault with its audit trail (aim: ≤ 15 MiB) | {private:.1f} MiB; limit {least_private:.1f} MiB |
| the binary of a release, with Swift's runtime and all libraries but glibc inside | {results["binary"][0] / 1e6:.1f} MB |
| that of `make static`, with Swift's runtime inside (aim: ≤ 22 MB) | {results["binary"][1] / 1e6:.1f} MB |

## Beside other emulators

{peers(results)}
{figures.picture("peers")}"""
