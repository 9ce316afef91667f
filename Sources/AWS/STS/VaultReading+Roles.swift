extension VaultReading {
    /// The user or role of an ARN, path and all; nil when there is none.
    func principal(_ kind: IAMPrincipal.Kind, arn: String) throws(APIError) -> IAMPrincipal? {
        let parts = arn.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        guard parts.count == 6, parts[2] == "iam", parts[5].hasPrefix("\(kind.rawValue)/"),
            let name = parts[5].split(separator: "/").last
        else { return nil }
        let found = try principal(kind, named: String(name), in: String(parts[4]))
        return found?.arn == arn ? found : nil
    }
}

extension ProtectedResource {
    /// A role that somebody would assume: its trust policy must agree, whoever it is.
    init(roleARN: String, _ role: IAMPrincipal?, _ caller: Caller) {
        self.init(arn: roleARN, caller)
        needsOwnPolicy = true
        if let role { policies = [.trustPolicy(role.name, role.trustPolicy ?? "")] }
    }
}

extension Constraints {
    mutating func sessionName(_ name: String?, at path: String) {
        length(of: name, 2...64, at: path)
        pattern(name, "[\\w+=,.@-]*", at: path) { name in
            name.utf8.allSatisfy { SecretName.isAlphanumeric($0) || "_+=,.@-".utf8.contains($0) }
        }
    }
}

extension APIError {
    /// A role that is not there looks like one that may not be assumed.
    static func roleNotAssumable(_ principalARN: String, _ roleARN: String) -> APIError {
        APIError(
            .accessDenied,
            "User: \(principalARN) is not authorized to perform: sts:AssumeRole"
                + " on resource: \(roleARN)"
        )
    }

    static let chainedSessionTooLong = APIError(
        .validationError,
        "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role"
            + " chaining"
    )

    static let sessionTooLong = APIError(
        .validationError,
        "The requested DurationSeconds exceeds the MaxSessionDuration set for this role."
    )
}
