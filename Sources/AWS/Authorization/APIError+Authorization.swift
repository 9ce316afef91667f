internal import AccessControl

extension APIError {
    /// AWS's sentence about a permission that is missing.
    ///
    /// [Access denied messages](https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html)
    ///
    /// - Parameters:
    ///   - principalARN: who asked.
    ///   - action: as in `secretsmanager:GetSecretValue`.
    ///   - resource: as the caller named it; nil when there is none.
    ///   - decision: why not.
    /// - Returns: AccessDeniedException.
    static func notAuthorized(
        _ principalARN: String,
        _ action: String,
        _ resource: String?,
        _ decision: Decision
    ) -> APIError {
        let object = resource.map { " on resource: \($0)" } ?? ""
        let reason =
            switch decision {
            case .allowed: ""
            // STS gives no reason.
            case .implicitlyDenied where action.hasPrefix("sts:"): ""
            case .explicitlyDenied(let statement):
                " with an explicit deny in \(statement.source.withArticle)"
            case .implicitlyDenied(let source):
                " because no \(source.rawValue) allows the \(action) action"
            }
        return APIError(
            .accessDenied,
            "User: \(principalARN) is not authorized to perform: \(action)\(object)\(reason)"
        )
    }

    /// A policy that its author could not take back. [guess: the type of the error]
    static let policyLocksCallerOut = APIError(
        .invalidParameter,
        "Your requested changes will not allow you to manage this secret in the future."
    )
}

extension PolicySource {
    fileprivate var withArticle: String {
        self == .identity ? "an \(rawValue)" : "a \(rawValue)"
    }
}
