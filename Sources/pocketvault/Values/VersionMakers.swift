internal import Client
internal import JSON

/// Who made the versions of a secret, as far as the audit trail tells.
struct VersionMakers {
    /// Who made a version, and by which call.
    struct Maker {
        let caller: String
        let call: String
    }

    private var makers: [String: Maker] = [:]

    /// Asks the trail of a vault; without one, or without permission, nobody is known.
    init(of arn: String, in vault: VaultClient) {
        guard !vault.transport.isAWS else { return }
        for call in ["CreateSecret", "PutSecretValue", "UpdateSecret", "RotateSecret"] {
            let path = ControlPath.with(
                "/_pocketvault/audit",
                [("secret", arn), ("event", call), ("limit", "1000")]
            )
            guard let page = try? vault.control.object("GET", path).members else { return }
            // The first that told of a version made it: later ones are the same call once more.
            for entry in page.objects("records") { take(entry.object("record"), call) }
        }
    }

    subscript(versionID: String) -> Maker? { makers[versionID] }

    private mutating func take(_ record: JSONObject?, _ call: String) {
        guard let record, record.text("errorCode") == nil,
            let id = record.object("requestParameters")?.text("clientRequestToken"),
            makers[id] == nil
        else { return }
        let identity = record.object("userIdentity")
        let caller = identity?.text("arn") ?? identity?.text("invokedBy") ?? "-"
        makers[id] = Maker(caller: caller, call: call)
    }
}
