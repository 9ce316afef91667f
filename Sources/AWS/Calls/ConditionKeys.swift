internal import AccessControl
internal import Notation

/// The values of the condition keys of a request, for policies that look at some of them; which keys
/// there are, and where each has its value from, says the table `ConditionKey.all`.
///
/// [Global keys](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html)
struct ConditionKeys {
    private(set) var context = RequestContext()
    /// What the policies look at, in lower case.
    private let sought: [Set<String>]

    init(soughtBy policies: [AttachedPolicy]) {
        var sought: [Set<String>] = []
        // Most policies look at none, and then nothing is made.
        for policy in policies where !policy.contextKeys.isEmpty {
            sought.append(policy.contextKeys)
        }
        self.sought = sought
    }

    /// Whether nobody looks at anything.
    var isIdle: Bool { sought.isEmpty }

    /// Whether a policy looks at a key that begins so; asked before something is read for it.
    func isSought(_ beginnings: String...) -> Bool {
        let folded = beginnings.map { $0.lowercased() }
        return sought.contains { keys in
            keys.contains { key in folded.contains { key.hasPrefix($0) } }
        }
    }

    mutating func set(_ key: String, _ value: String?) {
        guard let value else { return }
        context[key] = [value]
    }

    /// A key of several values.
    mutating func set(_ key: String, all values: [String]) {
        context[key] = values
    }

    /// A key for each tag.
    mutating func set(_ tags: [Tag], prefix: String) {
        for tag in tags { set(prefix + tag.key, tag.value) }
    }

    /// The tags of what a request is about, under each of the prefixes that they go by.
    mutating func setTags(
        under prefixes: String...,
        reading read: () throws(APIError) -> [Tag]
    ) throws(APIError) {
        guard prefixes.contains(where: { isSought($0) }) else { return }
        let tags = try read()
        for prefix in prefixes { set(tags, prefix: prefix) }
    }

    /// Who calls, from where and when.
    mutating func add(_ caller: Caller, at now: Timestamp) {
        set("aws:CurrentTime", CalendarTime.secondsText(of: now))
        set("aws:EpochTime", String(now.milliseconds / 1_000))
        set("aws:RequestedRegion", caller.scope.region)
        set("aws:SourceIp", caller.sourceAddress)
        set("aws:UserAgent", caller.userAgent)
        set("aws:Referer", caller.referer)
        set("aws:ViaAWSService", "false")
        if caller.principal.kind == .service {
            addService(caller)
        } else {
            set("aws:PrincipalIsAWSService", "false")
            addPrincipal(of: caller)
        }
    }

    /// Which service calls, and for what.
    private mutating func addService(_ caller: Caller) {
        set("aws:PrincipalIsAWSService", "true")
        set("aws:PrincipalServiceName", caller.principal.arn)
        set("aws:PrincipalServiceNamesList", all: [caller.principal.arn])
        set("aws:SourceAccount", caller.scope.account)
        set("aws:SourceArn", caller.principal.holderARN)
    }

    /// Which user, session or root calls.
    private mutating func addPrincipal(of caller: Caller) {
        set("aws:PrincipalAccount", caller.scope.account)
        set("kms:CallerAccount", caller.scope.account)
        // A session's is its role's: that is what policies are written for.
        let isFederated = caller.principal.kind == .federatedUser
        set("aws:PrincipalArn", isFederated ? caller.principal.arn : caller.principal.holderARN)
        set("aws:userid", caller.principal.uniqueID ?? caller.scope.account)
        set(caller.principal.tags, prefix: "aws:PrincipalTag/")
        switch caller.principal.kind {
        case .root: set("aws:PrincipalType", "Account")
        case .user:
            set("aws:PrincipalType", "User")
            set("aws:username", caller.principal.userName)
        case .roleSession: set("aws:PrincipalType", "AssumedRole")
        case .federatedUser: set("aws:PrincipalType", "FederatedUser")
        case .service, .webIdentity: break
        }
        // Of credentials that last nobody is told whether a second factor was there.
        if caller.isSession { set("aws:MultiFactorAuthPresent", "false") }
        guard let session = caller.principal.session else { return }
        set("aws:SourceIdentity", session.sourceIdentity)
        set("aws:FederatedProvider", session.federatedProvider)
        set("aws:TokenIssueTime", CalendarTime.secondsText(of: session.startedAt))
    }

    /// What the request itself says; no value takes away what somebody said before.
    mutating func add(_ permission: Permission) {
        for (key, values) in permission.conditionValues { context[key] = values }
    }
}
