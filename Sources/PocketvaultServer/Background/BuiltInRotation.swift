internal import AWS
internal import JSON

/// A rotation function that needs no place to be: a new random password, which nobody else is
/// told of.
///
/// Written as `builtin:random-password`, with the members of GetRandomPassword and the `member` of
/// a JSON secret that holds the password in a query:
/// `builtin:random-password?member=password&PasswordLength=40`.
struct BuiltInRotation: Sendable, Equatable {
    /// The member of a JSON secret that is replaced; nil to replace the whole value.
    let member: String?
    /// The members of GetRandomPassword.
    let password: JSONObject

    static let wholeValue = BuiltInRotation(member: nil, password: JSONObject([]))

    init(member: String?, password: JSONObject) {
        self.member = member
        self.password = password
    }

    /// - Parameter text: what follows `builtin:`.
    /// - Throws: what to write instead.
    init(parsing text: some StringProtocol) throws(RotationTargetError) {
        let parts = text.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts[0] == "random-password" else {
            throw RotationTargetError(
                "there is no builtin:\(parts[0]), but builtin:random-password"
            )
        }
        var member: String?
        var password: [(name: String, value: JSONValue)] = []
        for (name, value) in parts.count < 2 ? [] : FormFields(parts[1].utf8).fields {
            if name == "member" {
                member = value
            } else {
                password.append((name, try BuiltInRotation.value(value, of: name)))
            }
        }
        self.init(member: member, password: JSONObject(password))
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
        var members = Members(password)
        return try RandomPassword(from: &members).generate(using: &generator)
    }

    private static func value(
        _ text: String,
        of name: String
    ) throws(RotationTargetError) -> JSONValue {
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
        default:
            throw RotationTargetError(
                "there is no \(name) in builtin:random-password, but member and the members of"
                    + " GetRandomPassword"
            )
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
