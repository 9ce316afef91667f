"""Bad requests, made from the service model of the newest botocore: seeded, so always the same.

Each is a request that would be good but for one fault, and says what may come of it. A new
operation or member joins by itself, with the model that knows it.
"""

import base64
import dataclasses
import functools
import itertools
import json
import random
import re
import uuid
from collections.abc import Callable, Iterator

import botocore.session

from wire import JSON_1_1, authorization

MODEL = botocore.session.get_session().get_service_model("secretsmanager")
OPERATIONS = list(MODEL.operation_names)
READING = {name for name in OPERATIONS if name.startswith(("BatchGet", "Describe", "Get", "List", "Validate"))}

# Stands in every value that is sent; no answer may repeat it.
HUSH = "hush-never-repeat-this"

SERIALIZATION = {"SerializationException"}
VALIDATION = {"ValidationException"}
# What an operation itself refuses, each case with a code of its own.
BY_THE_SERVICE = VALIDATION | {
    "InvalidParameterException",
    "InvalidRequestException",
    "InvalidNextTokenException",
    "ResourceNotFoundException",
    "MalformedPolicyDocumentException",
}

# Refused before anything looks at what it says.
LARGEST_BODY, TOO_LARGE = 1 << 20, {"413"}


@dataclasses.dataclass(frozen=True)
class BadRequest:
    kind: str
    body: bytes
    codes: frozenset[str]
    """The errors it may have."""
    target: str | None
    content_type: str | None = JSON_1_1
    authorization: str | None = None

    def head(self, host: str, length: int | None = None) -> bytes:
        fields = {
            "Host": host,
            "Content-Type": self.content_type,
            "X-Amz-Target": self.target,
            "Authorization": self.authorization,
            "Content-Length": str(len(self.body) if length is None else length),
        }
        lines = [f"{name}: {value}" for name, value in fields.items() if value is not None]
        return "\r\n".join(["POST / HTTP/1.1", *lines, "", ""]).encode()

    def __str__(self) -> str:
        return f"{self.kind}: {self.target!r} {self.content_type!r} {self.authorization!r} {self.body[:600]!r}"


# -- good values


def good(shape, name: str, known: dict):
    """A value of this shape that breaks nothing."""
    if name in known:
        return known[name]
    if getattr(shape, "enum", None):
        return shape.enum[0]
    match shape.type_name:
        case "structure":
            return {member: good(inner, member, known) for member, inner in shape.members.items()}
        case "list":
            return [good(shape.member, name + "[]", known)]
        case "boolean":
            return True
        case "integer" | "long":
            return shape.metadata.get("min", 7) + 1
        case "blob":
            return base64.b64encode(HUSH.encode()).decode()
        case "string":
            least, most = shape.metadata.get("min", 0), shape.metadata.get("max", 64)
            return "x" * min(max(least, 8), most)
    raise NotImplementedError(f"{name} is a {shape.type_name}")


def places(shape, path: tuple = ()) -> Iterator[tuple[tuple, object]]:
    """Every member of a structure, however deep, with the path to it."""
    for name, member in shape.members.items():
        yield path + (name,), member
        inner, place = member, path + (name,)
        while inner.type_name == "list":
            inner, place = inner.member, place + (0,)
            if inner.type_name != "structure":
                yield place, inner
        if inner.type_name == "structure":
            if place[-1] == 0:
                yield place, inner
            yield from places(inner, place)


def name_of(path: tuple) -> str:
    return next(part for part in reversed(path) if part != 0) + "[]" * (path[-1] == 0)


def put(members: dict, path: tuple, value) -> dict:
    """The members with another value at a path whose beginning is there."""
    copy = json.loads(json.dumps(members))
    at = copy
    for part in path[:-1]:
        at = at[part]
    at[path[-1]] = value
    return copy


def without(members: dict, path: tuple) -> dict:
    copy = json.loads(json.dumps(members))
    at = copy
    for part in path[:-1]:
        at = at[part]
    at.pop(path[-1], None)
    return copy


# -- bad values


SCALARS = ["", "text", 0, 7, -1, 1.5, True, False]
WRONG = {
    "string": [7, -1.5, 1e300, True, False, [], ["x"], [[]], {}, {"x": 1}],
    "blob": [7, 0.5, True, False, [], ["eA=="], {}, {"x": "eA=="}, "no base64!", "eA", "=", "e A==", "ä"],
    "integer": ["7", "", "x", True, False, [], [7], {}, {"x": 7}],
    "boolean": ["true", "", 0, 1, 1.0, [], [True], {}, {"x": True}],
    "list": [*SCALARS, {}, {"0": "x"}],
    "structure": [*SCALARS, [], [{}], [[]]],
}
WRONG["long"] = WRONG["integer"]

ODD_TEXTS = [
    "with space", "tab\there", "line\nbreak", "nul\0", "star*", "tilde~", "ümlaut", "snow☃", "🗝",
    "a\u0301", "\u202egnp", "\ufeff", "\u2028", "\ud83d\udd11", "%00", "../../etc/passwd", "' OR 1=1 --",
    '"; DROP TABLE secret; --', "${jndi:ldap://x}", "{{7*7}}", "<script>", "a:b", "a,b", "a|b", "a\\b",
    "١٢٣", "ａｂｃ", "e\u0300\u0300\u0300", "\x7f", "\x85", "\ufffd", "\uffff", "a" * 300 + "ß",
]  # fmt: skip
ODD_ARNS = [
    "arn:", "arn:aws", "arn:aws:secretsmanager", "arn:aws:secretsmanager:us-east-1:000000000000:secret:",
    "arn:aws:secretsmanager:us-east-1:000000000000:secret", "arn:aws:s3:::bucket",
    "arn:aws:secretsmanager:us-east-1:00000000000:secret:x", "arn:aws:secretsmanager:us-east-1::secret:x",
    "arn:aws:secretsmanager::000000000000:secret:x", "arn::secretsmanager:us-east-1:000000000000:secret:x",
    "arn:aws:secretsmanager:us-east-1:000000000000:other:x", "arn:aws:secretsmanager:us-east-1:000000000000:secret:a b",
    "arn:aws:secretsmanager:us-east-1:000000000000:secret:nobody-AbCdEf", "arn:aws:secretsmanager:eu-west-1:000000000000:secret:plain",
    "arn:aws:secretsmanager:us-east-1:999999999999:secret:plain", "arn:aws:secretsmanager:us-east-1:000000000000:secret:plain:extra",
    "arn:aws:secretsmanager:us-east-1:000000000000:secret:☃", "arn:" + ":" * 200,
]  # fmt: skip


def out_of_bounds(shape, chance: random.Random) -> Iterator:
    """Values of the right type that break a bound of the model."""
    bounds = shape.metadata
    match shape.type_name:
        case "string" if shape.enum:
            yield from ("nope", shape.enum[0].upper(), shape.enum[0] + " ", "", "x" * 5000)
        case "string":
            if least := bounds.get("min", 0):
                yield from {"", "x" * (least - 1), "ß" * (least - 1)}
            if most := bounds.get("max"):
                yield from ("x" * (most + 1), "☃" * (most + 1), "🗝" * (most // 2 + 1))
                yield "x" * chance.randrange(most + 2, 2 * most + 100)
        case "integer" | "long" if "min" in bounds:
            yield from (bounds["min"] - 1, -1, -(2**31), -(2**63), -(2**63) - 1, -1e300)
            yield from (bounds["max"] + 1, 2**31, 2**32 + 1, 2**63, 2**64 + bounds["min"], 1e300)
        case "list" if bounds:
            element = "x" if shape.member.type_name == "string" else {}
            yield from [[]] if bounds.get("min") else []
            if most := bounds.get("max"):
                yield from ([element] * (most + 1), [element] * (most * 50))


def breaking(pattern: str | None) -> list[str]:
    """Texts that a pattern of the model, meant for the whole of a value, does not match."""
    return [text for text in ODD_TEXTS if pattern and not re.fullmatch(pattern, text, re.ASCII)]


def junk(chance: random.Random, depth: int = 0):
    """Any JSON at all, for members that no operation knows."""
    kind = chance.randrange(9 if depth < 4 else 6)
    if kind < 2:
        return "".join(chr(chance.choice([chance.randrange(32, 127), chance.randrange(0xA0, 0xD7FF)])) for _ in range(chance.randrange(12)))
    if kind < 6:
        return [None, True, chance.randrange(-(10**6), 10**20), chance.random() * 10 ** chance.randrange(-300, 300)][kind - 2]
    if kind < 8:
        return [junk(chance, depth + 1) for _ in range(chance.randrange(4))]
    return {str(junk(chance, 9)): junk(chance, depth + 1) for _ in range(chance.randrange(4))}


def escaped(text: str) -> str:
    """The same string in JSON with every character escaped."""
    return '"' + "".join(f"\\u{ord(character):04x}" for character in text) + '"'


@functools.cache
def fillers(size: int) -> list[str]:
    """Members that are long, each in another way."""
    return [
        '"x":"' + "x" * size + '"',
        '"' + "x" * size + '":1',
        '"x":[' + "1," * (size // 2) + "1]",
        '"x":' + "9" * size,
        '"x":1e' + "9" * (size // 200),
        ",".join(f'"{number}":0' for number in range(size // 10)),
    ]


# -- the corpus of an operation


class Corpus:
    """The bad requests of one operation: first every fault at every member, then random ones."""

    def __init__(self, operation: str, known: dict, seed: int = 2026):
        self.operation, self.known = operation, known
        self.shape = MODEL.operation_model(operation).input_shape
        self.chance = random.Random(f"{operation} {seed}")
        self.places = list(places(self.shape))
        self.beyond = {path: list(out_of_bounds(shape, self.chance)) for path, shape in self.places}
        self.required = set(self.shape.required_members)

    def requests(self, count: int) -> list[BadRequest]:
        """Distinct bad requests: so many, or all systematic ones when those are more."""
        found: dict[tuple, BadRequest] = {}
        every = itertools.chain(self.systematic(), self.randomly())
        for number, request in enumerate(every):
            if len(found) >= count:
                return list(found.values())
            assert number < 50 * count, "the generator repeats itself"
            key = (request.body, request.target, request.content_type, request.authorization)
            found.setdefault(key, request)
        raise AssertionError("unreachable: random requests do not end")

    def good(self, *needed: str) -> dict:
        """Good members: what is required, what is needed, and some of the others."""
        chosen = self.required | set(needed) | {"ClientRequestToken"}
        return {
            name: good(member, name, self.known)
            for name, member in self.shape.members.items()
            if name in chosen or self.chance.random() < 0.2
        }

    def bad(self, kind: str, body, codes, **others) -> BadRequest:
        if not isinstance(body, bytes):
            body = (body if isinstance(body, str) else json.dumps(body)).encode()
        others.setdefault("target", f"secretsmanager.{self.operation}")
        others.setdefault("authorization", self.chance.choice([None, authorization()]))
        return BadRequest(kind, body, frozenset(codes), **others)

    def systematic(self) -> Iterator[BadRequest]:
        for path, shape in self.places:
            for value in WRONG[shape.type_name]:
                yield self.bad("wrong type", put(self.good(path[0]), path, value), SERIALIZATION)
            for value in self.beyond[path]:
                yield self.bad("out of bounds", put(self.good(path[0]), path, value), VALIDATION)
            for text in breaking(shape.metadata.get("pattern")):
                yield self.bad("pattern", put(self.good(path[0]), path, text), BY_THE_SERVICE)
        for name in self.required:
            yield self.bad("missing", without(self.good(), (name,)), VALIDATION)
            yield self.bad("null", put(self.good(), (name,), None), VALIDATION)
        if "ClientRequestToken" in self.shape.members:
            yield self.bad("missing", without(self.good(), ("ClientRequestToken",)), BY_THE_SERVICE)
        for name in ("SecretId", "Name"):
            if name in self.required:
                for text in ODD_TEXTS:
                    if not re.fullmatch(r"[A-Za-z0-9/_+=.@!-]+", text):
                        yield self.bad("unicode", put(self.good(), (name,), text), VALIDATION)
                for text in ODD_ARNS:
                    yield self.bad("bad ARN", put(self.good(), (name,), text), BY_THE_SERVICE)
        for body in (b"", b" ", b"null", b'"text"', b"7", b"true", b"[]", b"[{}]", b"\xef\xbb\xbf{}", b"{}{}", b"\0", b'{"x":"\\ud800"}'):
            yield self.bad("no object", body, SERIALIZATION)
        yield from self.targets()
        for kind in (None, "", "text/plain", "application/x-amz-json-1.0", "application/xml", "x" * 200, "application/x-amz-json-1.1x"):
            yield self.bad("content type", self.good(), {"<UnknownOperationException/>"}, content_type=kind)

    def targets(self) -> Iterator[BadRequest]:
        name = self.operation
        for target in (
            None, "", name, f"secretsmanager.{name.lower()}", f"secretsmanager.{name.upper()}",
            f"secretsmanager.{name[0].lower()}{name[1:]}", f"SecretsManager.{name}", f"secretsmanager.{name}x",
            f"secretsmanager.{name[:-1]}", f"secretsmanager..{name}", f"secretsmanager.{name}.", f"secretsmanager/{name}",
            f"secretsmanager.2017-10-17.{name}", f"kms.{name}", f"secretsmanager.{name},{name}", "x" * 3000,
        ):  # fmt: skip
            yield self.bad("target", self.good(), {"UnknownOperationException"}, target=target)

    def randomly(self) -> Iterator[BadRequest]:
        faults: list[Callable[[], BadRequest]] = [
            self.mistyped, self.mistyped, self.extra, self.truncated, self.truncated, self.garbled, self.garbled,
            self.duplicated, self.twice_wrong, self.odd_text, self.odd_credentials,
        ]  # fmt: skip
        for number in itertools.count():
            # Large ones are few, for each costs as much as hundreds of the others.
            yield (self.huge if number % 60 == 59 else self.chance.choice(faults))()

    # Each of these makes one request with a fault at a random place.

    def fault(self) -> tuple[dict, set[str]]:
        """Good members with one bad value of a wrong type or beyond a bound, and its error."""
        while True:
            path, shape = self.chance.choice(self.places)
            members = self.good(path[0])
            if self.chance.random() < 0.3:
                if values := self.beyond[path]:
                    return put(members, path, self.chance.choice(values)), VALIDATION
            else:
                return put(members, path, self.chance.choice(WRONG[shape.type_name])), SERIALIZATION

    def mistyped(self) -> BadRequest:
        path, shape = self.chance.choice(self.places)
        value = self.chance.choice(WRONG[shape.type_name])
        members = put(self.good(path[0]), path, value)
        # Two of a wrong type are no worse than one.
        other, shape = self.chance.choice(self.places)
        if other[0] in members and len(other) == 1:
            members = put(members, other, self.chance.choice(WRONG[shape.type_name]))
        return self.bad("wrong type", members, SERIALIZATION)

    def extra(self) -> BadRequest:
        members, codes = self.fault()
        for _ in range(self.chance.randrange(1, 5)):
            unknown = self.chance.choice(["Nonsense", "secretId", "NAME", "__type", "__proto__", "", "☃", str(junk(self.chance, 9))])
            if unknown not in self.shape.members:
                members[unknown] = junk(self.chance)
        return self.bad("extra member", members, codes)

    def truncated(self) -> BadRequest:
        body = json.dumps(self.good(), ensure_ascii=False).encode()
        return self.bad("truncated", body[: self.chance.randrange(len(body))], SERIALIZATION)

    def garbled(self) -> BadRequest:
        """No JSON, whatever stands around it: a control character, a byte that is no UTF-8."""
        body = bytearray(json.dumps(self.good(), ensure_ascii=False).encode())
        byte = self.chance.choice([0, 1, 8, 11, 31, 0x80, 0xC0, 0xC1, 0xF5, 0xFE, 0xFF])
        body.insert(self.chance.randrange(len(body) + 1), byte)
        return self.bad("garbled", bytes(body), SERIALIZATION)

    def duplicated(self) -> BadRequest:
        """A good member, and once more with a bad value: the last one counts."""
        good_members = self.good()
        bad_members, codes = self.fault()
        pairs = [*good_members.items(), *bad_members.items()]
        write = self.chance.choice([json.dumps, escaped])
        text = ",".join(f"{write(name)}:{json.dumps(value)}" for name, value in pairs)
        return self.bad("duplicate member", "{" + text + "}", codes)

    def twice_wrong(self) -> BadRequest:
        """Two faults: which is told is the order of stations, of which types come first."""
        members, codes = self.fault()
        name = self.chance.choice(list(self.required) or list(self.shape.members))
        value = self.chance.choice(WRONG[self.shape.members[name].type_name])
        return self.bad("two faults", put(members, (name,), value), SERIALIZATION)

    def odd_text(self) -> BadRequest:
        """Strange characters everywhere, and one fault, so that nothing comes of them."""
        members, codes = self.fault()
        for name, shape in self.shape.members.items():
            if shape.type_name == "string" and name not in members and self.chance.random() < 0.5:
                text = "".join(self.chance.choices(ODD_TEXTS, k=2))
                members[name] = (HUSH if shape.metadata.get("sensitive") else "") + text
        return self.bad("unicode", members, codes)

    def odd_credentials(self) -> BadRequest:
        members, codes = self.fault()
        chance = self.chance
        region = chance.choice(["us-east-1", "", "x" * 70, "eu west", "-", "..", "us-east-1:x", "%2F", "\x80"])
        header = authorization(chance.choice(["test", "", "0" * 12, "9" * 12, "a/b/c", "☃", "x" * 4000]), region)
        cut = chance.choice([len(header), chance.randrange(len(header))])
        return self.bad("credentials", members, codes, authorization=header[:cut])

    def huge(self) -> BadRequest:
        chance = self.chance
        members, codes = self.fault()
        text = json.dumps(members)[:-1]
        filler = chance.choice(fillers(chance.choice([100_000, 500_000, 1_000_000])))
        if chance.random() < 0.2:
            depth = chance.choice([1000, 50_000])
            codes, filler = codes | SERIALIZATION, '"x":' + "[" * depth + "]" * depth
        if chance.random() < 0.2:
            filler = f'"x":"{"x" * LARGEST_BODY}"'
        body = (text + "," * bool(members) + filler + "}").encode()
        return self.bad("huge", body, TOO_LARGE if len(body) > LARGEST_BODY else codes)


class WellTyped:
    """Requests of the right types with anything in them: some are good, some are not."""

    def __init__(self, known: dict, seed: int = 2026):
        self.chance, self.known = random.Random(seed), known
        self.names = [f"any/{number}" for number in range(4)]
        # What answers told: ids, tokens of pages. Calls to come make use of them, whole or spoiled.
        self.seen: dict[str, list] = {}

    def members(self, operation: str) -> dict:
        shape = MODEL.operation_model(operation).input_shape
        needed = set(shape.required_members) | {"ClientRequestToken"}
        return {
            name: self.value(member, name)
            for name, member in shape.members.items()
            if self.chance.random() < (0.95 if name in needed else 0.25)
        }

    def learn(self, answer) -> None:
        """Keeps what could stand in a request under the same name."""
        for name, value in answer.items() if isinstance(answer, dict) else ():
            if name in ("ARN", "VersionId", "NextToken"):
                kept = self.seen.setdefault("SecretId" if name == "ARN" else name, [])
                kept.append(value)
                del kept[:-20]

    def value(self, shape, name: str):
        chance = self.chance
        match shape.type_name:
            case "structure":
                return {inner: self.value(member, inner) for inner, member in shape.members.items() if chance.random() < 0.9}
            case "list":
                count = chance.choice([0, 1, 1, 1, 2, 5, shape.metadata.get("max", 60)])
                return [self.value(shape.member, name) for _ in range(count)]
            case "boolean":
                return chance.random() < 0.5
            case "integer" | "long":
                least, most = shape.metadata.get("min", 0), shape.metadata.get("max", 40)
                return chance.choice([least, most, chance.randint(least, most), 0, -1])
            case "blob":
                return base64.b64encode(chance.randbytes(chance.randrange(1, 40))).decode()
        return self.text(shape, name)

    def text(self, shape, name: str) -> str:
        chance = self.chance
        if shape.enum and chance.random() < 0.95:
            return chance.choice(shape.enum)
        name = {"MoveToVersionId": "VersionId", "RemoveFromVersionId": "VersionId", "SecretIdList": "SecretId"}.get(name, name)
        pool = [self.seen.get(name, [])] * 3 + [[self.known[name]] if name in self.known else []]
        if name in ("SecretId", "Name"):
            pool += [self.names] * 6
        if name == "ClientRequestToken":
            pool = [[str(uuid.UUID(int=chance.randrange(50)))]] * 9
        if name in ("VersionStage", "VersionStages"):
            pool += [["AWSCURRENT", "AWSPENDING", "AWSPREVIOUS", "blue", "AWSOTHER"]] * 4
        choices = [texts for texts in pool if texts] or [[""]]
        text = str(chance.choice(chance.choice(choices)))
        if chance.random() < 0.15:
            text = chance.choice(ODD_TEXTS)
        if chance.random() < 0.1 and text:
            at = chance.randrange(len(text))
            text = text[:at] + chance.choice(["", "x", "é", text[at] * 3, chr(ord(text[at]) ^ 1)]) + text[at + 1 :]
        return text if chance.random() < 0.97 else text.ljust(shape.metadata.get("max", 300), "x")


def known_values(arn: str, version: str, name: str) -> dict:
    """Values for the members whose shape does not tell what is good."""
    policy = {
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::000000000000:root"}, "Action": "secretsmanager:GetSecretValue", "Resource": "*"}],
    }  # fmt: skip
    return {
        "SecretId": name,
        "Name": "new/from-the-corpus",
        "ClientRequestToken": str(uuid.UUID(int=7)),
        "SecretString": HUSH,
        "SecretBinary": base64.b64encode(HUSH.encode()).decode(),
        # Forcing succeeds whether or not there is such a secret.
        "ForceDeleteWithoutRecovery": False,
        "RotationToken": HUSH + "-" * 20 + "x",
        "SecretIdList[]": name,
        "VersionId": version,
        "MoveToVersionId": version,
        "RemoveFromVersionId": version,
        "VersionStage": "AWSCURRENT",
        "Region": "eu-west-1",
        "RemoveReplicaRegions[]": "eu-west-1",
        "ResourcePolicy": json.dumps(policy),
        "PolicyName": "default",
        "CrossAccountReplicaARN": arn.replace("000000000000", "111122223333"),
        "CrossAccountPrimaryARN": arn.replace("000000000000", "111122223333"),
        "RotationLambdaARN": "arn:aws:lambda:us-east-1:000000000000:function:rotate",
        "ScheduleExpression": "rate(10 days)",
        "Duration": "2h",
    }
