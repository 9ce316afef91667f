internal import AWS
internal import JSON
internal import Notation

extension BuiltInRotation {
    /// Does what a rotation function would do in this step, as far as it is done in the vault.
    func perform(
        _ rotation: Rotation,
        of secret: Secret,
        _ vault: any VaultWriting,
        at now: Timestamp,
        randomness: Randomness
    ) throws(APIError) {
        switch rotation.step {
        case .createSecret:
            let service = Requester.service(randomness)
            let pending = try vault.open(.id(rotation.versionID), of: secret, by: service)
            guard let pending, pending.value == nil else { return }
            let label = VersionSelector.stagingLabel(StagingLabels.current)
            let current = try vault.open(label, of: secret, by: service)
            let value = try newValue(after: current?.value, randomness)
            try PendingVersion(of: rotation, of: secret)
                .fill(with: value, at: now, by: service, in: vault)
        case .setSecret, .testSecret: break
        case .finishSecret:
            try PendingVersion(of: rotation, of: secret).makeCurrent(at: now, in: vault)
        }
    }

    /// The value with another password in it; everything else stays as it is.
    func newValue(
        after current: SecretValue?,
        _ randomness: Randomness
    ) throws(APIError) -> SecretValue {
        var generator = randomness
        let password = try password.newPassword(using: &generator)
        switch kind {
        case .randomPassword(let member):
            return try BuiltInRotation.newValue(after: current, password, in: member)
        case .postgreSQL(let users):
            do throws(FunctionInvoker.Failure) {
                return try DatabaseSecret(current).next(for: users, password: password)
            } catch {
                throw .builtInRotationFailed(error.reason)
            }
        }
    }

    private static func newValue(
        after current: SecretValue?,
        _ password: String,
        in member: String?
    ) throws(APIError) -> SecretValue {
        guard case .object(let object)? = current?.json else {
            guard member == nil else { throw .builtInRotationFailed("the value is no JSON object") }
            return SecretValue(kind: .string, bytes: Array(password.utf8))
        }
        let name = member ?? usualMember
        guard object[name] != nil else {
            throw .builtInRotationFailed(
                "the value has no member \(name); say which with builtin:random-password?member="
            )
        }
        return SecretValue(object.replacing([name: password]))
    }

    /// Where AWS's own JSON secrets have it.
    private static let usualMember = "password"
}

extension SecretValue {
    /// The document that a text holds; nil when it is none.
    var json: JSONValue? {
        kind == .string ? try? JSONParser.parse(bytes) : nil
    }

    init(_ object: JSONObject) {
        self.init(kind: .string, bytes: Array(JSONValue.object(object).jsonText().utf8))
    }
}

extension JSONObject {
    /// The same members in the same order, some of them with other texts.
    func replacing(_ texts: [String: String]) -> JSONObject {
        JSONObject(
            members.map { member in
                (member.name, texts[member.name].map(JSONValue.string) ?? member.value)
            }
        )
    }
}
