internal import Client
internal import JSON
internal import Notation
internal import PocketvaultServer

/// Copies secrets from one vault to another, one after the other.
struct CopyRun {
    let source: VaultClient
    let target: VaultClient
    let keys: KeyMap
    /// Whether values are copied; else others are invented.
    let copiesValues: Bool
    /// Whether it is only told what would be done.
    let isRehearsal: Bool

    /// What became of a secret.
    struct Outcome {
        let name: String
        var steps: [CopyStep] = []
        var isNew = false
        var failure: String?
    }

    /// Copies one secret.
    ///
    /// What fails is told in the outcome; what was done before stays, and the next run goes on from
    /// there. Only when nobody answers any more is it of no use to go on.
    func copy(_ name: String) throws(ClientError) -> Outcome {
        var outcome = Outcome(name: name)
        do throws(ClientError) {
            guard let from = try CopiedSecret(name, in: source) else {
                throw .impossible("it was deleted meanwhile")
            }
            let there = try CopiedSecret(name, in: target)
            outcome.isNew = there == nil
            let steps = CopyStep.steps(from: from, to: there)
            if copiesValues, let there { try compareValues(of: from, with: there) }
            if isRehearsal {
                outcome.steps = steps
            } else {
                for step in steps {
                    try perform(step, for: from)
                    outcome.steps.append(step)
                }
            }
        } catch {
            if case .unreachable = error { throw error }
            outcome.failure = error.description
        }
        return outcome
    }

    /// A version's value never changes: one of the same id with another value came from elsewhere,
    /// or was invented by a run without values.
    private func compareValues(
        of from: CopiedSecret,
        with there: CopiedSecret
    ) throws(ClientError) {
        for version in from.versionsInOrder where there.versionIDs.contains(version) {
            guard try value(of: from.arn, version, source) == value(of: there.arn, version, target)
            else {
                throw .impossible(
                    "its version \(version) has another value there; delete it there (pocketvault"
                        + " rm --force) and copy it again"
                )
            }
        }
    }

    private func value(
        of arn: String,
        _ version: String,
        _ vault: VaultClient
    ) throws(ClientError) -> VersionValue? {
        let members = VaultClient.secret(arn) + [("VersionId", .string(version))]
        return VersionValue(in: try vault.call("GetSecretValue", JSONObject(members)))
    }

    // MARK: Steps

    private func perform(_ step: CopyStep, for secret: CopiedSecret) throws(ClientError) {
        let id = VaultClient.secret(secret.name)
        switch step {
        case .create(let version): try create(secret, version)
        case .put(let version, let labels):
            try call(
                "PutSecretValue",
                id + [
                    try member(of: secret, version), ("ClientRequestToken", .string(version)),
                    ("VersionStages", .array(labels.map(JSONValue.string))),
                ]
            )
        case .move(let label, let version, let former):
            var members =
                id + [
                    ("VersionStage", .string(label)), ("MoveToVersionId", .string(version)),
                ]
            if let former { members.append(("RemoveFromVersionId", .string(former))) }
            try call("UpdateSecretVersionStage", members)
        case .describe(let text): try call("UpdateSecret", id + [("Description", .string(text))])
        case .tag(let tags): try call("TagResource", id + [("Tags", TagText.json(tags))])
        case .policy(let text):
            try call("PutResourcePolicy", id + [("ResourcePolicy", .string(text))])
        case .rotation(let rotation):
            var members =
                id + [
                    ("RotationRules", .object(rotation.rules)), ("RotateImmediately", .bool(false)),
                ]
            if let function = rotation.function {
                members.append(("RotationLambdaARN", .string(function)))
            }
            try call("RotateSecret", members)
        }
    }

    private func create(_ secret: CopiedSecret, _ version: String?) throws(ClientError) {
        var members: [(name: String, value: JSONValue)] = [("Name", .string(secret.name))]
        if let version {
            members.append(("ClientRequestToken", .string(version)))
            members.append(try member(of: secret, version))
        }
        if !secret.description.isEmpty {
            members.append(("Description", .string(secret.description)))
        }
        if let key = secret.kmsKeyID.flatMap({ keys[$0] }) {
            members.append(("KmsKeyId", .string(key)))
        }
        if !secret.tags.isEmpty { members.append(("Tags", TagText.json(secret.tags))) }
        try call("CreateSecret", members)
    }

    private func call(
        _ operation: String,
        _ members: [(name: String, value: JSONValue)]
    ) throws(ClientError) {
        try target.call(operation, JSONObject(members))
    }

    private func member(
        of secret: CopiedSecret,
        _ version: String
    ) throws(ClientError) -> (name: String, value: JSONValue) {
        guard let value = try value(of: secret.arn, version, source) else {
            throw .impossible("its version \(version) has no value")
        }
        guard !copiesValues else { return value.member }
        var inventor = ValueInventor(Machine().randomness)
        switch value {
        case .text(let text): return VersionValue.text(inventor.text(like: text)).member
        case .binary(let bytes): return VersionValue.binary(inventor.bytes(like: bytes)).member
        }
    }
}
