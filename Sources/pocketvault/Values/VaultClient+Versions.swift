internal import Client
internal import JSON
internal import Notation

/// What several commands ask of a vault.
extension VaultClient {
    /// The members that name a secret.
    static func secret(_ id: String) -> [(name: String, value: JSONValue)] {
        [("SecretId", .string(id))]
    }

    /// A version of a secret: its value, and the id of the version.
    func versionValue(
        of id: String,
        _ version: [(name: String, value: JSONValue)] = []
    ) throws -> (value: VersionValue, versionID: String) {
        let answer = try call("GetSecretValue", JSONObject(VaultClient.secret(id) + version))
        guard let value = VersionValue(in: answer) else {
            throw ClientError.failed(
                address: transport.authority,
                reason: "\(id) came without a value"
            )
        }
        return (value, answer.text("VersionId") ?? "")
    }

    /// The id of each label's version.
    func labels(of id: String) throws -> (arn: String, versions: [String: String]) {
        let answer = try call("DescribeSecret", JSONObject(VaultClient.secret(id)))
        var versions: [String: String] = [:]
        for version in answer.object("VersionIdsToStages")?.members ?? [] {
            guard case .array(let labels) = version.value else { continue }
            for case .string(let label) in labels { versions[label] = version.name }
        }
        return (answer.text("ARN") ?? id, versions)
    }
}

extension JSONObject {
    /// A moment, which AWS writes in seconds.
    func moment(_ name: String) -> Timestamp? {
        guard case .number(let number)? = self[name], let seconds = number.double else {
            return nil
        }
        return MomentText.moment(seconds: seconds)
    }

    /// A moment as people read it.
    func time(_ name: String) -> String? {
        moment(name).map(CalendarTime.secondsText)
    }
}
