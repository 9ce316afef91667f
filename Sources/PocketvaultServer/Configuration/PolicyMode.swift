internal import AWS

/// What is done about calls that no policy allows.
package enum PolicyMode: String, Sendable, CaseIterable {
    /// Nothing: policies are kept and not looked at.
    case off
    /// They pass, and the audit trail says that they would have been refused.
    case report
    /// They are refused as AWS does.
    case enforce

    var authorization: Authorization.Mode {
        switch self {
        case .off: .off
        case .report: .report
        case .enforce: .enforce
        }
    }
}
