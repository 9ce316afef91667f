import AWS
import JSON
import TestSupport
import Testing

/// Every operation of IAM, STS, KMS, CloudTrail and SSM, by callers without and with permission.
@Suite struct CallPermissionTests {
    let vault: ScratchVault

    init() throws {
        vault = try ScratchVault.furnished(authorization: .enforce)
    }

    private static let user = "arn:aws:iam::000000000000:user/caller"
    /// All but those that everybody may call.
    private static let asking = CallRow.all.filter { !$0.permissions.isEmpty }

    /// An Allow for each permission, on its own resource and on no other.
    private func allows(_ permissions: [CallRow.Permission]) -> [String] {
        permissions.map { PolicyDraft.statement("Allow", $0.action, on: $0.resource) }
    }

    private func isRefused(_ row: CallRow, by caller: Caller) -> Bool {
        vault.refusal(of: row.call, row.members, by: caller)?.code == row.call.accessDenied
    }

    /// Whether a refusal is about this permission of the user.
    private func names(_ permission: String, _ refusal: Refusal?, of row: CallRow) -> Bool {
        refusal?.code == row.call.accessDenied
            && refusal?.text?.hasPrefix(
                "User: \(Self.user) is not authorized to perform: \(permission)"
            ) == true
    }

    @Test(arguments: asking)
    func `A user without policies is refused, which is recorded and changes nothing`(
        row: CallRow
    ) throws {
        let user = try vault.user("caller")
        let before = try vault.wholePicture()
        let refused = vault.refusal(of: row.call, row.members, by: user)
        #expect(names(row.permissions[0].action, refused, of: row), "\(refused as Any)")
        #expect(try vault.wholePicture() == before)
        // A read's record may come after its answer; a change's follows it.
        try vault.createKey()
        let records = try vault.auditRecords()
        let record = try #require(records.last { $0.principalARN == Self.user })
        #expect(record.eventName == row.call.name)
        #expect(record.errorCode == "AccessDeniedException")
        #expect(record.errorMessage == refused?.text)
        #expect(record.decision?.contains("\(row.permissions[0].action): Denied: ") == true)
        // It comes before what else is wrong; AssumeRole asks once it knows the role.
        guard row.call != .sts(.assumeRole) else { return }
        #expect(vault.refusal(of: row.call, [:], by: user)?.code == row.call.accessDenied)
    }

    @Test(arguments: asking)
    func `An Allow of just what is asked for is enough`(row: CallRow) throws {
        let user = try vault.user("caller", policies: allows(row.permissions))
        #expect(vault.refusal(of: row.call, row.members, by: user) == row.always)
    }

    @Test(arguments: asking.filter { $0.permissions.count > 1 })
    func `Each of several permissions is needed`(row: CallRow) throws {
        for index in row.permissions.indices {
            let vault = try ScratchVault.furnished(authorization: .enforce)
            var others = row.permissions
            let missing = others.remove(at: index)
            let user = try vault.user("caller", policies: allows(others))
            let refused = vault.refusal(of: row.call, row.members, by: user)
            #expect(names(missing.action, refused, of: row), "\(missing)")
        }
    }

    @Test(arguments: asking)
    func `Neither an Allow elsewhere, nor one under a Deny or a boundary, helps`(
        row: CallRow
    ) throws {
        let elsewhere = row.permissions.map { permission in
            let isAnything = permission.resource == "*"
            return CallRow.Permission(
                permission.action,
                isAnything ? "arn:aws:iam::000000000000:user/x" : "\(permission.resource)x"
            )
        }
        let action = row.permissions[0].action
        let all = PolicyDraft.statement("Allow", "*")
        let misled = try vault.user("misled", policies: allows(elsewhere))
        let denied = try vault.user(
            "caller",
            policies: [all, PolicyDraft.statement("Deny", action)]
        )
        let bounded = try vault.user(
            "bounded",
            policies: [all],
            boundary: PolicyDraft.statement("Allow", "secretsmanager:*")
        )
        let before = try vault.wholePicture()
        #expect(isRefused(row, by: misled))
        #expect(isRefused(row, by: bounded))
        let refused = vault.refusal(of: row.call, row.members, by: denied)
        #expect(names(action, refused, of: row))
        #expect(
            refused?.text?.contains(" with an explicit deny in an identity-based policy") == true
        )
        #expect(try vault.wholePicture() == before)
    }

    @Test(arguments: asking.filter { [.user, .role].contains($0.subject) })
    func `A permission is for what is there, by whatever spelling`(row: CallRow) throws {
        let name = row.members[row.subjectMember]?.string?.uppercased() ?? ""
        let user = try vault.user("caller", policies: allows(row.permissions))
        let refused = vault.refusal(of: row.call, row.members(about: name), by: user)
        #expect(refused == row.always)
    }

    @Test(arguments: asking)
    func `What is only reported passes, and is recorded`(row: CallRow) throws {
        let vault = try ScratchVault.furnished(authorization: .report)
        let user = try vault.user("caller")
        #expect(vault.refusal(of: row.call, row.members, by: user) == row.always)
        try vault.createKey()
        let records = try vault.auditRecords()
        let record = try #require(records.last { $0.principalARN == Self.user })
        let noted =
            "Would be refused: User: \(Self.user) is not authorized to perform:"
            + " \(row.permissions[0].action)"
        #expect(record.decision?.contains(noted) == true)
    }

    @Test(arguments: CallRow.all)
    func `Where policies are off they are not looked at`(row: CallRow) throws {
        let vault = try ScratchVault.furnished()
        let user = try vault.user("caller", policies: [PolicyDraft.statement("Deny", "*")])
        #expect(vault.refusal(of: row.call, row.members, by: user) == row.always)
    }

    @Test(arguments: CallRow.all)
    func `The root of the account needs no policy`(row: CallRow) {
        #expect(vault.refusal(of: row.call, row.members) == row.always)
    }

    @Test func `What asks for nothing is allowed to everybody`() throws {
        let user = try vault.user("caller", policies: [PolicyDraft.statement("Deny", "*")])
        let free = CallRow.all.filter(\.permissions.isEmpty)
        let calls: [STSAction] = [
            .assumeRoleWithWebIdentity, .getCallerIdentity, .getSessionToken,
        ]
        #expect(free.map(\.call) == calls.map(ServiceCall.sts))
        for row in free {
            #expect(vault.refusal(of: row.call, row.members, by: user) == row.always)
        }
    }

    // MARK: Without a name

    /// The operations that are about the caller when they name nobody.
    static let aboutCaller = [
        IAMAction.getUser, .createAccessKey, .listAccessKeys, .listMFADevices,
        .listSigningCertificates, .listSSHPublicKeys, .listServiceSpecificCredentials,
    ]

    @Test(arguments: aboutCaller)
    func `Who names nobody needs permission for itself`(action: IAMAction) throws {
        let permission = "iam:\(action.rawValue)"
        let own = PolicyDraft.statement("Allow", permission, on: Self.user)
        #expect(
            vault.refusal(ofIAM: action, by: try vault.user("caller", policies: [own])) == nil
        )
        let other = try vault.user("other", policies: [own])
        #expect(vault.refusal(ofIAM: action, by: other)?.code == "AccessDenied")
    }
}
