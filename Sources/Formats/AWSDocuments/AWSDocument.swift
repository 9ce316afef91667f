import JSON
import Notation

/// What the AWS CLI prints of secrets: lists, descriptions and values, alone or in an array.
struct AWSDocument {
    private let bytes: [UInt8]

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    func secrets(in document: JSONValue) throws(FormatError) -> [DescribedSecret] {
        var found: [(path: [JSONPathStep], object: JSONObject)] = []
        try collect(document, at: [], into: &found)
        var secrets: [DescribedSecret] = []
        var indices: [String: Int] = [:]
        for (path, object) in found {
            let secret = try secret(object, at: path)
            let arn = object.text("ARN") ?? ""
            // Each version of a secret is an answer of its own.
            if let index = indices[arn] {
                secrets[index].add(secret.versions)
            } else {
                indices[arn] = secrets.count
                secrets.append(secret)
            }
        }
        return secrets
    }

    private func collect(
        _ value: JSONValue,
        at path: [JSONPathStep],
        into found: inout [(path: [JSONPathStep], object: JSONObject)]
    ) throws(FormatError) {
        switch value {
        case .array(let elements):
            for (index, element) in elements.enumerated() {
                try collect(element, at: path + [.element(index)], into: &found)
            }
        case .object(let object):
            let lists = ["SecretList", "SecretValues"].filter { object[$0] != nil }
            for name in lists {
                guard case .array? = object[name], let list = object[name] else {
                    throw error(at: path + [.member(name)], "must be a list of secrets")
                }
                try collect(list, at: path + [.member(name)], into: &found)
            }
            if lists.isEmpty { found.append((path, object)) }
        default: throw error(at: path, "must be an object that describes a secret")
        }
    }

    private func secret(
        _ object: JSONObject,
        at path: [JSONPathStep]
    ) throws(FormatError) -> DescribedSecret {
        guard let name = object.text("Name"), let arn = object.text("ARN") else {
            throw error(at: path, "a secret needs the members Name and ARN")
        }
        var secret = DescribedSecret(name: name, arn: arn)
        secret.description = object.text("Description")
        secret.kmsKeyID = object.text("KmsKeyId")
        secret.type = object.text("Type")
        secret.owningService = object.text("OwningService")
        secret.tags = object.objects("Tags").compactMap { tag in
            guard let key = tag.text("Key"), !key.hasPrefix("aws:") else { return nil }
            return (key: key, value: tag.text("Value") ?? "")
        }
        secret.replicas = object.objects("ReplicationStatus").compactMap { replica in
            replica.text("Region").map { (region: $0, kmsKeyID: replica.text("KmsKeyId")) }
        }
        secret.rotation = AWSDocument.rotation(in: object)
        secret.versions = try versions(in: object, at: path)
        if object["DeletedDate"] != nil {
            secret.obstacle = "it is scheduled for deletion"
        } else if let primary = object.text("PrimaryRegion"), primary != secret.arn?.region {
            secret.obstacle = "it is a replica"
        }
        return secret
    }

    private static func rotation(in object: JSONObject) -> DescribedSecret.Rotation? {
        guard let isEnabled = object.flag("RotationEnabled") else { return nil }
        let rules = object.object("RotationRules")
        let expression = rules?.text("ScheduleExpression")
        return DescribedSecret.Rotation(
            isEnabled: isEnabled,
            functionARN: object.text("RotationLambdaARN"),
            // AWS tells the days of an expression, which is what counts.
            automaticallyAfterDays: expression == nil
                ? rules?.integer("AutomaticallyAfterDays") : nil,
            scheduleExpression: expression,
            duration: rules?.text("Duration")
        )
    }

    /// The one of an answer with a value, or those that a description names, the current one last.
    private func versions(
        in object: JSONObject,
        at path: [JSONPathStep]
    ) throws(FormatError) -> [DescribedSecret.Version] {
        if let value = try value(in: object, at: path) {
            return [
                DescribedSecret.Version(
                    id: object.text("VersionId"),
                    stagingLabels: object.texts("VersionStages"),
                    value: value
                )
            ]
        }
        let labels =
            object.object("SecretVersionsToStages") ?? object.object("VersionIdsToStages")
        let versions = (labels?.members ?? []).map { member in
            DescribedSecret.Version(
                id: member.name,
                stagingLabels: JSONObject([member]).texts(member.name)
            )
        }.filter { !$0.stagingLabels.isEmpty }
        return versions.sorted { left, right in
            !left.stagingLabels.contains("AWSCURRENT") && right.stagingLabels.contains("AWSCURRENT")
        }
    }

    private func value(
        in object: JSONObject,
        at path: [JSONPathStep]
    ) throws(FormatError) -> VersionValue? {
        if let text = object.text("SecretString") { return .text(text) }
        guard let text = object.text("SecretBinary") else { return nil }
        guard let bytes = Base64.decode(text.utf8) else {
            throw error(at: path + [.member("SecretBinary")], "is no base64")
        }
        return .binary(bytes)
    }

    private func error(at path: [JSONPathStep], _ reason: String) -> FormatError {
        FormatError(at: path, in: bytes, reason)
    }
}

extension DescribedSecret {
    /// Adds versions, and the values of those that it has already.
    mutating func add(_ others: [Version]) {
        for version in others {
            if let index = versions.firstIndex(where: { $0.id == version.id }) {
                versions[index].value = version.value ?? versions[index].value
            } else {
                versions.append(version)
            }
        }
    }
}

extension FormatError {
    /// What is wrong at a value of a JSON document: line, member and reason.
    init(at path: [JSONPathStep], in bytes: [UInt8], _ reason: String) {
        let member = path.reduce(into: "") { text, step in
            switch step {
            case .member(let name): text += (text.isEmpty ? "" : ".") + name
            case .element(let index): text += "[\(index)]"
            }
        }
        let line = JSONLocator.position(of: path, in: bytes)?.line
        let text = member.isEmpty ? reason : "\(member): \(reason)"
        self.init(line.map(Place.line) ?? .document, text)
    }
}
