import JSON
import Notation

/// The secrets of a state of Terraform, version 4, whose values stand in it as they are.
struct TerraformState {
    private let bytes: [UInt8]

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// One instance of a resource of the state.
    private struct Instance {
        let type: String
        let path: [JSONPathStep]
        let attributes: JSONObject
    }

    func secrets(in document: JSONValue) throws(FormatError) -> [DescribedSecret] {
        guard case .object(let state) = document else {
            throw FormatError(.document, "a state of Terraform is an object")
        }
        guard state.integer("version") == 4 else {
            throw FormatError(at: ["version"], in: bytes, "only states of version 4 are read")
        }
        let instances = instances(in: state)
        var secrets: [DescribedSecret] = []
        for instance in instances where instance.type == "aws_secretsmanager_secret" {
            secrets.append(try secret(instance))
        }
        for instance in instances {
            let owner = ["secret_id", "secret_arn", "arn"].compactMap(instance.attributes.text)
            guard
                let index = secrets.firstIndex(where: { secret in
                    owner.contains(secret.arn?.text ?? "") || owner.contains(secret.name)
                })
            else { continue }
            try TerraformState.add(instance.type, instance.attributes, to: &secrets[index]) {
                FormatError(at: instance.path + [.member($0)], in: bytes, $1)
            }
        }
        return secrets
    }

    private func instances(in state: JSONObject) -> [Instance] {
        var all: [Instance] = []
        for (number, resource) in state.objects("resources").enumerated()
        where resource.text("mode") != "data" {
            for (index, instance) in resource.objects("instances").enumerated() {
                guard let attributes = instance.object("attributes") else { continue }
                let path: [JSONPathStep] = [
                    "resources", .element(number), "instances", .element(index), "attributes",
                ]
                all.append(
                    Instance(
                        type: resource.text("type") ?? "",
                        path: path,
                        attributes: attributes
                    )
                )
            }
        }
        return all
    }

    private func secret(_ instance: Instance) throws(FormatError) -> DescribedSecret {
        let attributes = instance.attributes
        guard let name = attributes.text("name") else {
            throw FormatError(at: instance.path, in: bytes, "a secret needs the member name")
        }
        var secret = DescribedSecret(
            name: name,
            arn: attributes.text("arn") ?? attributes.text("id")
        )
        secret.description = attributes.text("description")
        secret.kmsKeyID = attributes.text("kms_key_id")
        let tags = attributes.object("tags_all") ?? attributes.object("tags")
        secret.tags = (tags?.members ?? []).compactMap { member in
            guard case .string(let value) = member.value else { return nil }
            return (key: member.name, value: value)
        }
        secret.replicas = attributes.objects("replica").compactMap { replica in
            replica.text("region").map { (region: $0, kmsKeyID: replica.text("kms_key_id")) }
        }
        secret.policy = TerraformState.policy(in: attributes)
        return secret
    }

    /// What other resources say of a secret: versions, rotation, policy.
    private static func add(
        _ type: String,
        _ attributes: JSONObject,
        to secret: inout DescribedSecret,
        _ error: (String, String) -> FormatError
    ) throws(FormatError) {
        switch type {
        case "aws_secretsmanager_secret_version":
            var value: VersionValue?
            if let text = attributes.text("secret_string"), !text.isEmpty {
                value = .text(text)
            } else if let text = attributes.text("secret_binary"), !text.isEmpty {
                guard let bytes = Base64.decode(text.utf8) else {
                    throw error("secret_binary", "is no base64")
                }
                value = .binary(bytes)
            }
            secret.versions.append(
                DescribedSecret.Version(
                    id: attributes.text("version_id"),
                    stagingLabels: attributes.texts("version_stages"),
                    value: value
                )
            )
        case "aws_secretsmanager_secret_rotation":
            let rules = attributes.objects("rotation_rules").first
            let days = rules?.integer("automatically_after_days") ?? 0
            secret.rotation = DescribedSecret.Rotation(
                isEnabled: attributes.flag("rotation_enabled") ?? true,
                functionARN: attributes.text("rotation_lambda_arn"),
                automaticallyAfterDays: days > 0 ? days : nil,
                scheduleExpression: rules?.nonEmptyText("schedule_expression"),
                duration: rules?.nonEmptyText("duration")
            )
        case "aws_secretsmanager_secret_policy": secret.policy = policy(in: attributes)
        default: break
        }
    }

    private static func policy(in attributes: JSONObject) -> JSONValue? {
        attributes.nonEmptyText("policy").flatMap { try? JSONParser.parse($0) }
    }
}

extension JSONObject {
    /// Terraform writes "" for what was not given.
    fileprivate func nonEmptyText(_ name: String) -> String? {
        guard let text = text(name), !text.isEmpty else { return nil }
        return text
    }
}
