internal import AWS
internal import JSON

extension BuiltInRotation {
    /// Does what a rotation function would do in this step, in the vault itself.
    func perform(
        _ rotation: Rotation,
        of secret: Secret,
        _ vault: any VaultWriting,
        at now: Timestamp,
        randomness: Randomness
    ) throws(APIError) {
        switch rotation.step {
        case .createSecret:
            let pending = try vault.open(.id(rotation.versionID), of: secret)
            guard let pending, pending.value == nil else { return }
            let current = try vault.open(.stagingLabel(StagingLabels.current), of: secret)
            let value = try newValue(after: current?.value, randomness)
            try vault.setValue(value, ofVersion: rotation.versionID, of: secret)
            try vault.touch(secret, at: now)
        case .setSecret, .testSecret: break
        case .finishSecret:
            try vault.makeCurrent(rotation.versionID, of: secret, at: now)
        }
    }

    /// The value with another password in it; everything else stays as it is.
    func newValue(
        after current: SecretValue?,
        _ randomness: Randomness
    ) throws(APIError) -> SecretValue {
        var generator = randomness
        let password = try newPassword(using: &generator)
        guard case .object(let object)? = current.flatMap(BuiltInRotation.document) else {
            guard member == nil else { throw .builtInRotationFailed("the value is no JSON object") }
            return SecretValue(kind: .string, bytes: Array(password.utf8))
        }
        let name = member ?? BuiltInRotation.usualMember
        guard object[name] != nil else {
            throw .builtInRotationFailed(
                "the value has no member \(name); say which with builtin:random-password?member="
            )
        }
        let members = object.members.map { member in
            (name: member.name, value: member.name == name ? .string(password) : member.value)
        }
        let text = JSONValue.object(JSONObject(members)).jsonText()
        return SecretValue(kind: .string, bytes: Array(text.utf8))
    }

    /// Where AWS's own JSON secrets have it.
    private static let usualMember = "password"

    private static func document(in value: SecretValue) -> JSONValue? {
        value.kind == .string ? try? JSONParser.parse(value.bytes) : nil
    }
}
