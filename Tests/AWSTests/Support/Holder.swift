import AWS
import JSON
import TestSupport

/// Users or roles: most operations of IAM are there for both, and differ in a word.
enum Holder: String, Sendable, CaseIterable {
    case user = "User"
    case role = "Role"

    /// The one of a pair of operations.
    func action(user: IAMAction, role: IAMAction) -> IAMAction { self == .user ? user : role }

    /// `UserName` or `RoleName`.
    var nameMember: String { "\(rawValue)Name" }

    /// As in ARNs and sentences: `user`.
    var word: String { self == .user ? "user" : "role" }

    /// A request that names one, with other members.
    func named(_ name: String, _ others: JSONValue = [:]) -> JSONValue {
        var members: JSONValue = .object(JSONObject([(nameMember, .string(name))]))
        guard case .object(let object) = others else { return members }
        for (name, value) in object.members { members.set(name, value) }
        return members
    }

    func arn(_ name: String, path: String = "/") -> String {
        "arn:aws:iam::000000000000:\(word)\(path)\(name)"
    }

    /// The error about a name that nobody has.
    func unknown(_ name: String) -> Refusal {
        Refusal("NoSuchEntity", "The \(word) with name \(name) cannot be found.")
    }
}
