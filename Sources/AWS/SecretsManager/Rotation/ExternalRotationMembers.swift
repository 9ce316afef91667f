/// ExternalSecretRotationRoleArn and ExternalSecretRotationMetadata as a request carries them.
struct ExternalRotationMembers: Sendable {
    let roleARN: String?
    private let metadata: [(key: String?, value: String?)]?

    init(from members: inout Members) throws(APIError) {
        roleARN = try members.string("ExternalSecretRotationRoleArn")
        metadata = try members.structures("ExternalSecretRotationMetadata") {
            member throws(APIError) in
            (key: try member.string("Key"), value: try member.string("Value"))
        }
    }

    /// Whether the request has neither.
    var isEmpty: Bool { roleARN == nil && metadata == nil }

    func constrain(_ constraints: inout Constraints) {
        constraints.length(of: roleARN, 20...2_048, at: "externalSecretRotationRoleArn")
        for (index, item) in (metadata ?? []).enumerated() {
            let path = "externalSecretRotationMetadata.\(index + 1).member"
            constraints.length(of: item.key, 1...256, at: "\(path).key")
            constraints.length(of: item.value, 1...2_048, at: "\(path).value")
        }
    }

    /// What the secret has afterwards: each member that is not given stays as it was.
    func rotation(over stored: ExternalSecretRotation?) -> ExternalSecretRotation? {
        guard let roleARN = roleARN ?? stored?.roleARN else { return nil }
        let items = metadata?.map { item in
            ExternalSecretRotation.Item(key: item.key ?? "", value: item.value ?? "")
        }
        return ExternalSecretRotation(roleARN: roleARN, metadata: items ?? stored?.metadata ?? [])
    }
}
