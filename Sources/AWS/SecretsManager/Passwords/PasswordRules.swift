package import JSON

/// What passwords are made of that nobody asks for by a call: the members of GetRandomPassword, as
/// they are written in a query.
package struct PasswordRules: Sendable, Equatable {
    /// What is wrong with rules as they were written, and what to write instead.
    package struct Fault: Error, Sendable {
        package let message: String
    }

    private let members: JSONObject

    /// GetRandomPassword's own.
    package static let usual = PasswordRules(JSONObject([]))

    package init(_ members: JSONObject) {
        self.members = members
    }

    /// - Parameter fields: the names and values of a query.
    /// - Throws: what to write instead.
    package init(_ fields: [(name: String, value: String)]) throws(Fault) {
        var members: [(name: String, value: JSONValue)] = []
        for (name, text) in fields {
            guard let value = try PasswordRules.value(text, of: name) else {
                throw Fault(message: "there is no \(name) in GetRandomPassword")
            }
            members.append((name, value))
        }
        self.init(JSONObject(members))
        do throws(APIError) {
            // Asked for one now, because only then does it say that no password can be made.
            var numbers = WeylSequence()
            _ = try newPassword(using: &numbers)
        } catch {
            throw Fault(message: error.message ?? error.code.rawValue)
        }
    }

    /// A new password by the rules of GetRandomPassword.
    package func newPassword(
        using generator: inout some RandomNumberGenerator
    ) throws(APIError) -> String {
        var members = Members(members)
        return try RandomPassword(from: &members).generate(using: &generator)
    }

    /// Nil when GetRandomPassword has no such member.
    private static func value(
        _ text: String,
        of name: String
    ) throws(Fault) -> JSONValue? {
        switch name {
        case "PasswordLength":
            guard let length = Int64(text), RandomPassword.lengths.contains(length) else {
                throw Fault(message: "PasswordLength must be a number from 1 to 4096")
            }
            return .number(JSONNumber(length))
        case "ExcludeCharacters": return .string(text)
        case "ExcludeNumbers", "ExcludePunctuation", "ExcludeUppercase", "ExcludeLowercase",
            "IncludeSpace", "RequireEachIncludedType":
            guard text == "true" || text == "false" else {
                throw Fault(message: "\(name) must be true or false")
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
