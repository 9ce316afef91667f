internal import JSON
internal import Notation

/// What a value is made of: its text, the members of its JSON, the password in its URL.
struct ValueParts {
    /// Something in a JSON value that is text.
    struct Member {
        /// Of the nearest object.
        let name: String
        let text: String

        /// Whether its name says that it is secret.
        var isSensitive: Bool {
            let name = self.name.lowercased()
            return Member.sensitiveWords.contains { name.contains($0) }
        }

        /// Whether it is what AWS's database secrets hold besides the password, which stands in
        /// configuration too.
        var isHarmless: Bool {
            let name = self.name.lowercased()
            return Member.harmlessNames.contains(name) || name.hasSuffix("arn")
        }

        private static let sensitiveWords = [
            "password", "passwd", "pwd", "secret", "token", "apikey", "api_key", "api-key",
            "privatekey", "private_key", "private-key", "credential",
        ]
        private static let harmlessNames: Set<String> = [
            "engine", "host", "hostname", "port", "dbname", "database", "username", "user",
            "dbinstanceidentifier", "dbclusteridentifier", "region", "schema", "sslmode",
        ]
    }

    /// Nil when the value is no text.
    let text: String?
    /// The names of the members of a JSON object; nil for any other value.
    let memberNames: Set<String>?
    let members: [Member]
    /// As it stands in the URL.
    let urlPassword: String?

    init(_ value: SecretValue) {
        text = String(validating: value.bytes, as: UTF8.self)
        urlPassword = text.flatMap(ValueParts.password)
        var members: [Member] = []
        if case .object(let object)? = try? JSONParser.parse(value.bytes) {
            memberNames = Set(object.members.map(\.name)).subtracting([ValueParts.metadata])
            ValueParts.collect(.object(object), named: "", &members)
        } else {
            memberNames = nil
        }
        self.members = members
    }

    private static func collect(_ value: JSONValue, named name: String, _ list: inout [Member]) {
        switch value {
        case .string(let text): list.append(Member(name: name, text: text))
        case .array(let elements): for element in elements { collect(element, named: name, &list) }
        case .object(let object):
            for member in object.members where member.name != metadata {
                collect(member.value, named: member.name, &list)
            }
        case .null, .bool, .number: break
        }
    }

    /// The password in `scheme://user:password@host`.
    private static func password(in text: String) -> String? {
        guard let start = text.firstRange(of: "://")?.upperBound else { return nil }
        let authority = text[start...].prefix { !"/?#\n".contains($0) }
        guard let end = authority.lastIndex(of: "@"),
            let colon = authority[..<end].firstIndex(of: ":")
        else { return nil }
        let password = authority[authority.index(after: colon)..<end]
        return password.isEmpty ? nil : String(password)
    }

    /// Where chamber keeps what is not a value.
    private static let metadata = "_chamber_metadata"
}
