internal import AWS
internal import JSON
internal import Notation

/// A seed document that gives the same account again: its keys, principals and secrets.
///
/// What no document can carry is left out: what keys seal with, grants, dates, deprecated versions, a
/// rotation that goes on, replicas in other accounts, and the audit trail.
struct SeedExport: Sendable {
    let account: String
    /// The region of what names none.
    let region: String
    /// Whether values and the secrets of access keys are in it.
    let includesValues: Bool

    /// The document, in the pretty form, so that a version control system shows what changed.
    func document(of vault: any VaultReading) throws(APIError) -> [UInt8] {
        var members: [(name: String, value: JSONValue)] = [
            ("version", .number(JSONNumber(1))), ("account", .string(account)),
            ("region", .string(region)),
        ]
        let lists = [
            ("keys", try keys(vault)), ("principals", try principals(vault)),
            ("secrets", try secrets(vault)),
        ]
        members += lists.filter { !$0.1.isEmpty }.map { ($0, .array($1)) }
        return JSONObject(members).jsonBytes(pretty: true) + [UInt8(ascii: "\n")]
    }

    private func keys(_ vault: any VaultReading) throws(APIError) -> [JSONValue] {
        var list: [JSONValue] = []
        var last = ""
        while let scope = try vault.scope(ofKeysOfAccount: account, afterRegion: last) {
            last = scope.region
            var id = ""
            while true {
                let page = try vault.keys(in: scope, after: id, limit: 1_000)
                for key in page where !key.isAWSManaged {
                    list.append(try element(key, vault))
                }
                guard page.count == 1_000, let end = page.last else { break }
                id = end.arn.keyID
            }
        }
        return list
    }

    private func element(_ key: KMSKey, _ vault: any VaultReading) throws(APIError) -> JSONValue {
        var members = SeedElement()
        members.text("id", key.arn.keyID)
        members.text("region", key.arn.scope.region, unless: region)
        members.texts("aliases", try vault.aliases(of: key).map(\.name))
        members.text("description", key.description, unless: "")
        let policy = try vault.policy(of: key)
        if policy != KeyPolicy.initial(in: key.arn.scope) { members.document("policy", policy) }
        members.tags(try vault.tags(of: key))
        members.number("rotationPeriodInDays", key.rotation?.periodInDays)
        if key.state == .disabled { members.flag("enabled", false) }
        if key.isMultiRegion { members.flag("multiRegion", true) }
        members.text("deletionDate", key.deletionDate?.text)
        return members.json
    }

    private func secrets(_ vault: any VaultReading) throws(APIError) -> [JSONValue] {
        var list: [JSONValue] = []
        try vault.forEachSecret(ofAccount: account) { secret throws(APIError) in
            guard !secret.isReplica else { return }
            list.append(try element(secret, vault))
        }
        return list
    }
}
