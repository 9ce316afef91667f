internal import Client
internal import Formats
internal import JSON
internal import Notation

extension CarriedSecret {
    /// The secrets of a vault whose names begin with a text, in the order of their names.
    ///
    /// - Parameters:
    ///   - prefix: empty for every secret.
    ///   - client: of the vault.
    /// - Returns: each with its current value.
    /// - Throws: `TransferError` with those that have no value, `ClientError` when nobody answers.
    static func all(
        withPrefix prefix: String,
        in client: VaultClient
    ) throws -> [CarriedSecret] {
        var secrets: [CarriedSecret] = []
        var reasons: [String] = []
        for entry in try client.secrets(withPrefix: prefix) {
            guard let name = entry.text("Name"), let arn = entry.text("ARN") else { continue }
            do {
                let version = try client.versionValue(of: arn)
                var secret = CarriedSecret(name: name, value: version.value)
                secret.description = entry.text("Description")
                secret.kmsKeyID = entry.text("KmsKeyId")
                secret.tags = entry.objects("Tags").compactMap { tag in
                    tag.text("Key").map { ($0, tag.text("Value") ?? "") }
                }
                secret.origin = Origin(arn: arn, versionID: version.versionID)
                secrets.append(secret)
            } catch let error as ClientError where error.code == "ResourceNotFoundException" {
                reasons.append("\(name): it has no value")
            }
        }
        guard reasons.isEmpty else { throw TransferError(reasons) }
        return secrets.sorted { $0.name < $1.name }
    }

    /// The members of the request that makes it.
    var creation: JSONObject {
        var members: [(name: String, value: JSONValue)] = [
            ("Name", .string(name)), value.member,
        ]
        if let description { members.append(("Description", .string(description))) }
        if let kmsKeyID { members.append(("KmsKeyId", .string(kmsKeyID))) }
        if !tags.isEmpty { members.append(("Tags", TagText.json(tags))) }
        return JSONObject(members)
    }
}
