package import AWS
internal import Notation

/// Users and roles, made past the operations.
extension ScratchVault {
    /// Makes a user with inline policies, and gives it as a caller.
    package func user(
        _ name: String,
        account: String = "000000000000",
        region: String = "us-east-1",
        policies: [String] = [],
        boundary: String? = nil,
        tags: [Tag] = []
    ) throws -> Caller {
        let user = try principal(.user, name, account, policies, boundary, tags)
        return Caller(
            scope: Scope(account: account, region: region),
            principal: .user(user, tags: tags),
            accessKeyID: "AKIAEXAMPLE",
            requestID: "00000000-0000-4000-8000-000000000001",
            sourceAddress: "127.0.0.1",
            userAgent: "tests"
        )
    }

    /// Makes a role with inline policies, and gives a session of it as a caller.
    package func session(
        _ name: String,
        account: String = "000000000000",
        region: String = "us-east-1",
        policies: [String] = [],
        boundary: String? = nil,
        tags: [Tag] = [],
        sessionPolicies: [String] = [],
        sourceIdentity: String? = nil
    ) throws -> Caller {
        let role = try principal(.role, name, account, policies, boundary, tags)
        return Caller(
            scope: Scope(account: account, region: region),
            principal: .session(
                of: role,
                named: "task",
                tags: tags,
                sourceIdentity: sourceIdentity,
                policies: sessionPolicies.map { .session("of the session", $0) },
                startedAt: clock.now
            ),
            accessKeyID: "ASIAEXAMPLE",
            requestID: "00000000-0000-4000-8000-000000000002",
            sourceAddress: "127.0.0.1",
            userAgent: "tests"
        )
    }

    private func principal(
        _ kind: IAMPrincipal.Kind,
        _ name: String,
        _ account: String,
        _ policies: [String],
        _ boundary: String?,
        _ tags: [Tag]
    ) throws -> IAMPrincipal {
        let now = clock.now
        return try write { vault throws(APIError) in
            var boundaryARN: String?
            if let boundary {
                let policy = try vault.insert(
                    ManagedPolicy(
                        account: account,
                        name: "\(name)-boundary",
                        uniqueID: "ANPA\(kind.rawValue)\(account)\(name)",
                        createdAt: now,
                        updatedAt: now
                    ),
                    document: boundary
                )
                boundaryARN = policy.arn
            }
            let principal = try vault.insert(
                IAMPrincipal(
                    account: account,
                    kind: kind,
                    name: name,
                    uniqueID: "\(kind == .user ? "AIDA" : "AROA")\(account)\(name)",
                    createdAt: now,
                    boundaryARN: boundaryARN
                )
            )
            for (number, policy) in policies.enumerated() {
                try vault.setInlinePolicy(policy, named: "policy-\(number + 1)", of: principal)
            }
            try vault.setTags(tags, of: principal)
            return principal
        }
    }
}

/// The statements of policies as the tests write them.
package enum PolicyDraft {
    /// A policy of one statement.
    ///
    /// - Parameters:
    ///   - effect: Allow or Deny.
    ///   - actions: with their service.
    ///   - resource: a pattern.
    ///   - principal: JSON, for a resource policy.
    ///   - condition: JSON.
    /// - Returns: its text.
    package static func statement(
        _ effect: String,
        _ actions: String...,
        on resource: String = "*",
        principal: String? = nil,
        if condition: String? = nil
    ) -> String {
        let list = actions.map { "\"\($0)\"" }.joined(separator: ",")
        var members = [#""Effect":"\#(effect)""#, #""Action":[\#(list)]"#]
        members.append(#""Resource":"\#(resource)""#)
        if let principal { members.append(#""Principal":\#(principal)"#) }
        if let condition { members.append(#""Condition":\#(condition)"#) }
        let body = members.joined(separator: ",")
        return #"{"Version":"2012-10-17","Statement":[{\#(body)}]}"#
    }
}
