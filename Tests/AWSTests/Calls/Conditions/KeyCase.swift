import AWS
import JSON
import TestSupport
import Testing

/// A condition key in a request: a value that it has there, another that it has not, and the call.
struct KeyCase: Sendable, CustomTestStringConvertible {
    /// The row of the table of keys that the case is for.
    let row: String
    /// The key itself, with what comes after a `/` or before a `:`.
    let key: String
    let operation: String
    let value: String
    let other: String
    let call: AskedCall
    let by: Asker

    init(
        _ row: String,
        named name: String = "",
        _ operation: String,
        _ value: String,
        not other: String,
        _ call: AskedCall,
        by caller: Asker = .user()
    ) {
        self.row = row
        key = row.hasPrefix(":") ? name + row : row + name
        self.operation = operation
        self.value = value
        self.other = other
        self.call = call
        self.by = caller
    }

    var testDescription: String { "\(key) of \(call.permission)" }

    /// The test of a statement, as JSON.
    func condition(_ value: String) -> String { #"{"\#(operation)":{"\#(key)":"\#(value)"}}"# }
}

/// A call of any service, and the permission that a condition is put to.
struct AskedCall: Sendable {
    let permission: String
    let run: @Sendable (ScratchVault, Caller) -> Refusal?

    static func secrets(
        _ action: SecretsManagerAction,
        _ members: JSONValue = [:],
        asking permission: String? = nil
    ) -> AskedCall {
        AskedCall(permission: permission ?? "secretsmanager:\(action.rawValue)") { vault, caller in
            var members = members
            if members["ClientRequestToken"] == nil {
                members.set("ClientRequestToken", .string(vault.nextToken()))
            }
            return vault.refusal(of: action, members, by: caller)
        }
    }

    static func service(_ call: ServiceCall, _ members: JSONValue = [:]) -> AskedCall {
        AskedCall(permission: call.permission) { $0.refusal(of: call, members, by: $1) }
    }

    static func containers(
        _ action: ECSAction,
        _ members: JSONValue = [:],
        asking permission: String? = nil
    ) -> AskedCall {
        AskedCall(permission: permission ?? "ecs:\(action.rawValue)") {
            $0.refusal(ofECS: action, members, by: $1)
        }
    }
}

/// Who calls, and where the policy stands that has the condition.
enum Asker: Sendable {
    /// A user with that policy, and with tags.
    case user([AWS.Tag] = [])
    /// A session of a role with that policy.
    case session(sourceIdentity: String? = nil)
    /// A user whose requests have this header.
    case userFrom(referer: String)
    /// Whoever assumed a role with that policy by a token.
    case federated
    /// A service of AWS: the policy is the trust policy of the role that it assumes.
    case service
    /// Whoever has a token: likewise.
    case webIdentity(Claims)
}
