internal import AWS
internal import JSON
internal import Notation

/// Reads one version of a secret, or the value of a secret that has no list of versions.
struct SeedVersionReader {
    let members: SeedMembers

    static let valueNames = ["value", "binary", "generate"]

    private static let passwordNames = [
        "PasswordLength", "ExcludeCharacters", "ExcludeNumbers", "ExcludePunctuation",
        "ExcludeUppercase", "ExcludeLowercase", "IncludeSpace", "RequireEachIncludedType",
    ]

    func version() throws(SeedError) -> SeedVersion {
        try members.allow(SeedVersionReader.valueNames + ["once", "stages", "id"])
        let id = try members.string("id")
        let value = try value()
        guard value != nil || id != nil else {
            throw members.error(
                nil,
                "a version needs value, binary or generate, or an id while its value is to come"
            )
        }
        if let id, let breach = SecretRules.breach("ClientRequestToken", .string(id)) {
            throw members.error("id", breach)
        }
        let labels = try members.strings("stages")
        if let labels, let breach = SecretRules.breach(stagingLabels: labels) {
            throw members.error("stages", breach)
        }
        return SeedVersion(
            id: id,
            value: value,
            stagingLabels: labels ?? [],
            place: SeedPlace(source: members.source, path: members.path)
        )
    }

    /// Nil when none of the three members is there.
    func value() throws(SeedError) -> SeedValue? {
        let given = SeedVersionReader.valueNames.filter { members.object[$0] != nil }
        guard given.count <= 1 else {
            throw members.error(given[1], "only one of value, binary and generate may be there")
        }
        let isOnce = try members.boolean("once") ?? false
        switch given.first {
        case "value": return try fixed().map { isOnce ? .initial($0) : .fixed($0) }
        case "binary": return try binary().map { isOnce ? .initial($0) : .fixed($0) }
        case "generate": return try generated()
        default: return nil
        }
    }

    /// A string as it is; any other JSON as its text.
    private func fixed() throws(SeedError) -> SecretValue? {
        guard let value = members.object["value"] else { return nil }
        let text: String
        switch value {
        case .null: throw members.error("value", "must not be null; leave it out for no value")
        case .string(let string): text = string
        default: text = value.jsonText()
        }
        if let breach = SecretRules.breach("SecretString", .string(text)) {
            throw members.error("value", breach)
        }
        return SecretValue(kind: .string, bytes: Array(text.utf8))
    }

    private func binary() throws(SeedError) -> SecretValue? {
        guard let text = try members.string("binary") else { return nil }
        guard let bytes = Base64.decode(text.utf8, spareBits: .ignored) else {
            throw members.error("binary", "must be base64 with padding")
        }
        if let breach = SecretRules.breach("SecretBinary", .string(text)) {
            throw members.error("binary", breach)
        }
        return SecretValue(kind: .binary, bytes: bytes)
    }

    private func generated() throws(SeedError) -> SeedValue? {
        guard let object = try members.object("generate") else { return nil }
        try object.allow(SeedVersionReader.passwordNames)
        if let breach = SecretRules.breach(password: object.object) {
            throw members.error("generate", breach)
        }
        do throws(APIError) {
            var request = Members(object.object)
            let password = try RandomPassword(from: &request)
            // Asked for one now, because only then does it say that no password can be made.
            var generator = SystemRandomNumberGenerator()
            _ = try password.generate(using: &generator)
            return .generated(password)
        } catch {
            throw members.error("generate", error.message ?? error.code.rawValue)
        }
    }
}
