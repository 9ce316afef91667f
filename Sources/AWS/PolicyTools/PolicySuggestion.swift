internal import AccessControl
package import JSON
package import Notation

/// The least that somebody's calls need, and what is granted and never used.
package struct PolicySuggestion: Sendable, JSONWritable {
    /// Whose calls: a user, a role with all its sessions, or one session.
    private let principalARN: String
    /// How many calls were looked at.
    private let callCount: Int
    /// The resources of each action.
    private let needs: [String: Set<String>]
    /// The actions of calls that are left out, because the trail does not tell what they were about.
    private let untold: [String]
    /// The actions that a policy grants and no call used, by policy.
    private let unused: [(policy: String, actions: [String])]

    /// Looks at what is in the audit trail, piece by piece; nil when there is no such principal.
    ///
    /// - Parameters:
    ///   - principalARN: whose calls.
    ///   - authorization: which reads policies.
    ///   - now: the vault's time.
    ///   - vault: the vault.
    /// - Throws: InternalServiceError.
    package init?(
        for principalARN: String,
        _ authorization: Authorization,
        at now: Timestamp,
        of vault: any Vault
    ) throws(APIError) {
        let principal = CallerByARN(principalARN, in: "us-east-1")
        let found = try vault.reading { vault throws(APIError) in
            try principal.caller(at: now, in: vault)
        }
        guard let caller = found else { return nil }
        self.principalARN = principalARN
        var calls = ObservedCalls(of: principalARN)
        var position: Int64?
        repeat {
            let piece = try vault.reading { [calls, position] vault throws(APIError) in
                var calls = calls
                let piece = try vault.auditEntries(before: position, for: calls.filter, limit: 500)
                for entry in piece.entries {
                    try calls.add(entry.record, by: caller.principal, vault)
                }
                return (calls: calls, next: piece.next)
            }
            (calls, position) = piece
        } while position != nil
        callCount = calls.count
        needs = calls.resources
        untold = calls.untold.sorted()
        unused = try vault.reading { [calls] vault throws(APIError) in
            try PolicySuggestion.unused(calls, by: caller, authorization, vault)
        }
    }

    private static func unused(
        _ calls: ObservedCalls,
        by caller: Caller,
        _ authorization: Authorization,
        _ vault: any VaultReading
    ) throws(APIError) -> [(policy: String, actions: [String])] {
        guard let holder = caller.principal.holderID else { return [] }
        var unused: [(policy: String, actions: [String])] = []
        for text in try vault.policyTexts(ofPrincipal: holder) where text.source == .identity {
            let policy = authorization.read(text)
            let granted = knownActions.filter(policy.document.mayAllow)
            let idle = granted.filter { !calls.used($0) }
            if !idle.isEmpty { unused.append((text.name, idle)) }
        }
        return unused
    }

    /// What policies can permit that matters here: calls, the use of keys among them.
    private static let knownActions: [String] =
        Services.all.flatMap { $0.operations.flatMap(\.permissionNames) }

    /// Actions that are needed for the same resources stand in one statement.
    private var statements: [(actions: [String], resources: [String])] {
        var byResources: [[String]: [String]] = [:]
        for (action, resources) in needs {
            byResources[resources.sorted(), default: []].append(action)
        }
        return byResources.map { (actions: $0.value.sorted(), resources: $0.key) }
            .sorted { $0.actions[0] < $1.actions[0] }
    }

    /// Left out when it would have no statement: IAM takes no such policy.
    private func writePolicy(to writer: inout JSONWriter) {
        guard !needs.isEmpty else { return }
        writer.name("policy")
        writer.beginObject()
        writer.member("Version", "2012-10-17")
        writer.name("Statement")
        writer.beginArray()
        for statement in statements {
            writer.beginObject()
            writer.member("Effect", "Allow")
            writer.member("Action", statement.actions)
            writer.member("Resource", statement.resources)
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
    }

    package func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("principal", principalARN)
        writer.member("calls", Int64(callCount))
        writePolicy(to: &writer)
        writer.member("untold", untold)
        writer.name("unused")
        writer.beginArray()
        for (policy, actions) in unused {
            writer.beginObject()
            writer.member("policy", policy)
            writer.member("actions", actions)
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
    }
}
