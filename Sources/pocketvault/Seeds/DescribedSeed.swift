internal import Formats
internal import JSON
internal import Notation

/// The seed documents of secrets that AWS or Terraform describes.
struct DescribedSeed {
    /// Whether accounts and regions are those of the ARNs, in place of the server's own.
    let keepsARNs: Bool
    /// Whether values are invented: then none of the document is taken.
    let synthesizes: Bool

    /// A document for each account.
    func documents(of secrets: [DescribedSecret]) -> [JSONValue] {
        let values = secrets.flatMap { $0.versions.compactMap(\.value) }
        var inventor = synthesizes ? InventedValues(besides: values) : nil
        var lists: [(account: String?, elements: [JSONValue])] = []
        for secret in secrets where secret.obstacle == nil {
            let account = keepsARNs ? secret.arn?.account : nil
            let element = element(of: secret, &inventor)
            if let index = lists.firstIndex(where: { $0.account == account }) {
                lists[index].elements.append(element)
            } else {
                lists.append((account, [element]))
            }
        }
        return lists.map { list in
            var members: [(name: String, value: JSONValue)] = [("version", .number(JSONNumber(1)))]
            if let account = list.account { members.append(("account", .string(account))) }
            members.append(("secrets", .array(list.elements)))
            return .object(JSONObject(members))
        }
    }

    private func element(
        of secret: DescribedSecret,
        _ inventor: inout InventedValues?
    ) -> JSONValue {
        var members: [(name: String, value: JSONValue)] = [("name", .string(secret.name))]
        let region = keepsARNs ? secret.arn?.region : nil
        let key = secret.kmsKeyID == "alias/aws/secretsmanager" ? nil : secret.kmsKeyID
        let texts = [
            ("region", region), ("description", secret.description), ("kmsKeyId", key),
            ("type", secret.type), ("owningService", secret.owningService),
            ("arnSuffix", DescribedSeed.suffix(of: secret)),
        ]
        for case (let name, let text?) in texts where !text.isEmpty {
            members.append((name, .string(text)))
        }
        if !secret.tags.isEmpty {
            let tags = secret.tags.map { (name: $0.key, value: JSONValue.string($0.value)) }
            members.append(("tags", .object(JSONObject(tags))))
        }
        let versions = secret.versions.map { element(of: $0, &inventor) }
        if secret.versions.contains(where: { $0.id == nil }) {
            // Without an id there is only the one that was read.
            members += versions.last?.members.filter { $0.name != "stages" } ?? []
        } else if !versions.isEmpty {
            members.append(("versions", .array(versions.map(JSONValue.object))))
        }
        if let rotation = DescribedSeed.rotation(of: secret) {
            members.append(("rotation", .object(rotation)))
        }
        if let policy = secret.policy { members.append(("policy", policy)) }
        let replicas = secret.replicas.filter { $0.region != region }
        if !replicas.isEmpty {
            members.append(("replicas", .array(replicas.map(DescribedSeed.replica))))
        }
        return .object(JSONObject(members))
    }

    private func element(
        of version: DescribedSecret.Version,
        _ inventor: inout InventedValues?
    ) -> JSONObject {
        var members: [(name: String, value: JSONValue)] = []
        if let id = version.id { members.append(("id", .string(id))) }
        if !version.stagingLabels.isEmpty {
            members.append(("stages", .array(version.stagingLabels.map(JSONValue.string))))
        }
        guard let value = version.value else { return JSONObject(members) }
        switch inventor?.value(like: value) ?? value {
        case .text(let text): members.append(("value", .string(text)))
        case .binary(let bytes): members.append(("binary", .string(Base64.text(bytes))))
        }
        // What was invented is kept the next time.
        if synthesizes { members.append(("once", .bool(true))) }
        return JSONObject(members)
    }

    private static func suffix(of secret: DescribedSecret) -> String? {
        guard let resource = secret.arn?.resource else { return nil }
        let suffix = resource.suffix(6)
        return resource == "secret:\(secret.name)-\(suffix)" ? String(suffix) : nil
    }

    /// Nil where a document could not say it: a secret of a partner is rotated by a role.
    private static func rotation(of secret: DescribedSecret) -> JSONObject? {
        guard let rotation = secret.rotation, secret.type == nil else { return nil }
        var members: [(name: String, value: JSONValue)] = []
        if secret.owningService == nil {
            guard let function = rotation.functionARN else { return nil }
            members.append(("lambdaArn", .string(function)))
        }
        if let days = rotation.automaticallyAfterDays {
            members.append(("automaticallyAfterDays", .number(JSONNumber(days))))
        }
        if let expression = rotation.scheduleExpression {
            members.append(("scheduleExpression", .string(expression)))
        }
        if let duration = rotation.duration { members.append(("duration", .string(duration))) }
        if !rotation.isEnabled { members.append(("enabled", .bool(false))) }
        return JSONObject(members)
    }

    private static func replica(_ replica: (region: String, kmsKeyID: String?)) -> JSONValue {
        var members: [(name: String, value: JSONValue)] = [("region", .string(replica.region))]
        if let key = replica.kmsKeyID, key != "alias/aws/secretsmanager", !key.isEmpty {
            members.append(("kmsKeyId", .string(key)))
        }
        return .object(JSONObject(members))
    }
}
