internal import Client

/// Why a command does not start: the variable that has no value, and the reason.
struct ExecFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }

    /// About a variable.
    init(_ variable: String, _ reason: String) {
        description = "\(variable): \(reason)"
    }

    /// What a server refused, or why none was reached.
    init(_ variable: String, _ error: ClientError) {
        self.init(variable, ExecFailure.sentence(of: error))
    }

    static func sentence(of error: ClientError) -> String {
        if case .unreachable = error { return "\(error); start one: pocketvault serve" }
        return error.description
    }
}
