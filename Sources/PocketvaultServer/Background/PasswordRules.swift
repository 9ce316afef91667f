internal import AWS
internal import JSON

/// What the passwords of a built-in rotation are made of: the members of GetRandomPassword, as they
/// are written in the query of a target.
struct PasswordRules: Sendable, Equatable {
    private let members: JSONObject

    /// GetRandomPassword's own.
    static let usual = PasswordRules(JSONObject([]))

    init(_ members: JSONObject) {
        self.members = members
    }

    /// - Parameter fields: the names and values of a query.
    /// - Throws: what to write instead.
    init(_ fields: [(name: String, value: String)]) throws(RotationTargetError) {
        var members: [(name: String, value: JSONValue)] = []
        for (name, text) in fields {
            guard let value = try PasswordRules.value(text, of: name) else {
                throw RotationTargetError("there is no \(name) in GetRandomPassword")
            }
            members.append((name, value))
        }
        self.init(JSONObject(members))
        do throws(APIError) {
            // Asked for one now, because only then does it say that no password can be made.
            var numbers = WeylSequence()
            _ = try newPassword(using: &numbers)
        } catch {
            throw RotationTargetError(error.message ?? error.code.rawValue)
        }
    }

    /// A new password by the rules of GetRandomPassword.
    func newPassword(
        using generator: inout some RandomNumberGenerator
    ) throws(APIError) -> String {
        var members = Members(members)
        return try RandomPassword(from: &members).generate(using: &generator)
    }

    /// Nil when GetRandomPassword has no such member.
    private static func value(
        _ text: String,
        of name: String
    ) throws(RotationTargetError) -> JSONValue? {
        switch name {
        case "PasswordLength":
            guard let length = Int64(text), RandomPassword.lengths.contains(length) else {
                throw RotationTargetError("PasswordLength must be a number from 1 to 4096")
            }
            return .number(JSONNumber(length))
        case "ExcludeCharacters": return .string(text)
        case "ExcludeNumbers", "ExcludePunctuation", "ExcludeUppercase", "ExcludeLowercase",
            "IncludeSpace", "RequireEachIncludedType":
            guard text == "true" || text == "false" else {
                throw RotationTargetError("\(name) must be true or false")
            }
            return .bool(text == "true")
        default: return nil
        }
    }
}

/// Numbers that nobody would take for random, for a password that is thrown away.
private struct WeylSequence: RandomNumberGenerator {
    private var number: UInt64 = 0

    mutating func next() -> UInt64 {
        number &+= 0x9e37_79b9_7f4a_7c15
        return number
    }
}
