internal import Notation

/// What somebody's calls needed, as far as the audit trail tells.
struct ObservedCalls {
    let principalARN: String
    private(set) var count = 0
    /// The resources of each action, as patterns.
    private(set) var resources: [String: Set<String>] = [:]
    /// The actions of calls of which the trail does not tell what they were about.
    private(set) var untold: Set<String> = []

    init(of principalARN: String) {
        self.principalARN = principalARN
    }

    /// Whether any call needed it.
    func used(_ action: String) -> Bool { resources[action] != nil || untold.contains(action) }

    /// Notes a record, unless it is another's or policies refused it.
    ///
    /// What a call was about need not be there any more, or never was: then it is named as it was
    /// sent.
    mutating func add(
        _ record: AuditRecord,
        by principal: CallerPrincipal,
        _ vault: any VaultReading
    ) throws(APIError) {
        let isRefused = record.errorCode == APIError.Code.accessDenied.rawValue
        guard isTheirs(record.principalARN), !record.isServiceEvent, !isRefused else { return }
        // The owner of what a call was about has a record of it too.
        guard record.scope.account == record.callerAccount else { return }
        count += 1
        guard let needs = RecordedCall(record).needs else { return }
        let caller = Caller(recorded: record, principal)
        let subject = try needs.subject(for: caller, vault)
        var patterns: [String: [String?]] = [:]
        for permission in needs.permissions {
            let pattern =
                subject.isTold ? pattern(permission.target, subject.resource, record) : nil
            patterns[permission.action, default: []].append(pattern)
        }
        // The one without the other would permit nothing.
        for (action, patterns) in patterns {
            let isTold = !patterns.contains(nil)
            for pattern in patterns { note(action, isTold ? pattern : nil) }
        }
        // A call that was refused may not have come as far as its key.
        guard record.errorCode == nil else { return }
        for need in subject.further {
            let arn = need.resource.arn
            let pattern = SecretARN.patternOfAnySuffix(arn) ?? need.resource.pattern ?? arn
            note(need.permission.action, pattern)
        }
    }

    /// What policies would name, to last; nil where it cannot be told.
    private func pattern(
        _ target: Permission.Target,
        _ subject: ProtectedResource,
        _ record: AuditRecord
    ) -> String? {
        switch target {
        case .nothing: return "*"
        case .arn(let arn): return literal(arn)
        case .inScope(let service, let name):
            return literal(ARN(service, in: record.scope, name).text)
        case .subject:
            if subject.arn == "*" { return "*" }
            if let made = record.resourceARN { return SecretARN.patternOfAnySuffix(made) ?? made }
            // A key that is not there is named as it was sent.
            let arn = KeyARN.text(ofKeyID: subject.arn, in: record.scope) ?? subject.arn
            return literal(arn).map { subject.pattern ?? $0 }
        }
    }

    /// An ARN, unless it is none or a pattern for many: what somebody sent must not become one for
    /// more.
    private func literal(_ arn: String) -> String? {
        ARN(arn) != nil && !arn.utf8.contains { "*?$".utf8.contains($0) } ? arn : nil
    }

    private mutating func note(_ action: String, _ resource: String?) {
        guard let resource else {
            // `*` would do, and would be more than anybody asked for.
            untold.insert(action)
            return
        }
        resources[action, default: []].insert(resource)
    }

    /// What the records of their calls have: a session's ARN ends with its role's name and its own.
    var filter: TrailFilter {
        TrailFilter(text: ARN(principalARN)?.path.last.map(String.init) ?? principalARN)
    }

    /// A role's calls are those of all its sessions.
    private func isTheirs(_ arn: String) -> Bool {
        if arn == principalARN { return true }
        guard let role = ARN(principalARN), role.resource.hasPrefix("role/"),
            let name = role.path.last
        else { return false }
        let session = ARN(
            global: STS.signingName,
            partition: role.partition,
            account: role.account,
            "assumed-role/\(name)/"
        )
        return arn.hasPrefix(session.text)
    }
}

extension Caller {
    /// Who made a call of the audit trail, as they are now.
    convenience init(recorded record: AuditRecord, _ principal: CallerPrincipal) {
        self.init(
            scope: Scope(account: record.callerAccount, region: record.scope.region),
            principal: principal,
            accessKeyID: nil,
            requestID: record.requestID,
            sourceAddress: record.sourceAddress,
            userAgent: record.userAgent
        )
    }
}
