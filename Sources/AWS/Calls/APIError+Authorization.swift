internal import AccessControl
internal import Notation

extension APIError {
    /// AWS's sentence about a permission that is missing.
    ///
    /// [Access denied messages](https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html)
    ///
    /// - Parameters:
    ///   - principalARN: who asked.
    ///   - action: as in `secretsmanager:GetSecretValue`.
    ///   - object: what to, as in ` on resource: app/db`; empty when there is none.
    ///   - decision: why not.
    /// - Returns: AccessDeniedException.
    static func notAuthorized(
        _ principalARN: String,
        _ action: String,
        _ object: String,
        _ decision: Decision
    ) -> APIError {
        let reason =
            switch decision {
            case .allowed: ""
            // STS gives no reason.
            case .implicitlyDenied where action.hasPrefix("sts:"): ""
            case .explicitlyDenied(let statement):
                " with an explicit deny in \(statement.source.withArticle)"
                    + statement.shownPolicy
            case .implicitlyDenied(let source):
                " because no \(source.rawValue) allows the \(action) action"
            }
        return APIError(
            .accessDenied,
            "User: \(principalARN) is not authorized to perform: \(action)\(object)\(reason)"
        )
    }
}

extension StatementReference {
    /// Managed policies are named; inline ones, those of sessions and of resources are not.
    fileprivate var shownPolicy: String {
        let isShown = (source == .identity || source == .boundary) && ARN.isARN(policy)
        return isShown ? ": \(policy)" : ""
    }
}

extension PolicySource {
    fileprivate var withArticle: String {
        self == .identity ? "an \(rawValue)" : "a \(rawValue)"
    }
}
