import Testing

@testable import AccessControl

@Suite("Who may")
struct PolicyEvaluatorTests {
    private static let theirs = EvaluationParty.theirs

    private static let withinTheAccount = [
        EvaluationCase(.user, [], .missing(.identity)),
        EvaluationCase(.user, [.identity(.isSilent)], .missing(.identity)),
        EvaluationCase(.user, [.identity(.allows)], .allowed(by: .identity)),
        EvaluationCase(.session, [.identity(.allows)], .allowed(by: .identity)),
        EvaluationCase(.user, [.identity(.isSilent), .identity(.allows)], .allowed(by: .identity)),
        EvaluationCase(.user, [.resource(.allows, to: .user)], .allowed(by: .resource)),
        EvaluationCase(.user, [.resource(.allows, to: .uniqueID)], .allowed(by: .resource)),
        EvaluationCase(.user, [.resource(.allows, to: .everyone)], .allowed(by: .resource)),
        EvaluationCase(.user, [.resource(.allows, to: .notSomeoneElse)], .allowed(by: .resource)),
        EvaluationCase(.user, [.resource(.allows, to: .notTheCaller)], .missing(.identity)),
        EvaluationCase(.user, [.resource(.allows, to: .someoneElse)], .missing(.identity)),
        EvaluationCase(.user, [.resource(.isSilent, to: .user)], .missing(.identity)),
        EvaluationCase(.session, [.resource(.allows, to: .role)], .allowed(by: .resource)),
        EvaluationCase(.session, [.resource(.allows, to: .session)], .allowed(by: .resource)),
        EvaluationCase(.session, [.resource(.allows, to: .uniqueID)], .allowed(by: .resource)),
        EvaluationCase(.session, [.resource(.allows, to: .everyone)], .allowed(by: .resource)),
        EvaluationCase(.session, [.resource(.allows, to: .user)], .missing(.identity)),
        EvaluationCase(.user, [.resource(.allows, to: .role)], .missing(.identity)),
    ]

    /// The account's own name only hands the permission on: somebody's policy must give it.
    private static let delegation = [
        EvaluationCase(.user, [.resource(.allows, to: .account)], .missing(.identity)),
        EvaluationCase(.user, [.resource(.allows, to: .root)], .missing(.identity)),
        EvaluationCase(.session, [.resource(.allows, to: .root)], .missing(.identity)),
        EvaluationCase(
            .user,
            [.resource(.allows, to: .root), .identity(.allows)],
            .allowed(by: .identity)
        ),
        EvaluationCase(
            .session,
            [.resource(.allows, to: .account), .identity(.isSilent)],
            .missing(.identity)
        ),
    ]

    private static let boundaries = [
        EvaluationCase(.user, [.boundary(.allows)], .missing(.identity)),
        EvaluationCase(
            .user,
            [.identity(.allows), .boundary(.allows)],
            .allowed(by: .identity)
        ),
        EvaluationCase(.user, [.identity(.allows), .boundary(.isSilent)], .missing(.boundary)),
        EvaluationCase(.session, [.identity(.allows), .boundary(.isSilent)], .missing(.boundary)),
        EvaluationCase(.user, [.identity(.isSilent), .boundary(.isSilent)], .missing(.identity)),
        EvaluationCase(
            .user,
            [.resource(.allows, to: .user), .boundary(.isSilent)],
            .allowed(by: .resource)
        ),
        EvaluationCase(
            .user,
            [.resource(.allows, to: .uniqueID), .boundary(.isSilent)],
            .allowed(by: .resource)
        ),
        EvaluationCase(
            .session,
            [.resource(.allows, to: .session), .boundary(.isSilent)],
            .allowed(by: .resource)
        ),
        EvaluationCase(
            .session,
            [.resource(.allows, to: .role), .boundary(.isSilent)],
            .missing(.boundary)
        ),
        EvaluationCase(
            .session,
            [.resource(.allows, to: .uniqueID), .boundary(.isSilent)],
            .missing(.boundary)
        ),
        EvaluationCase(
            .user,
            [.resource(.allows, to: .everyone), .boundary(.isSilent)],
            .missing(.boundary)
        ),
        EvaluationCase(
            .user,
            [.resource(.allows, to: .root), .identity(.allows), .boundary(.isSilent)],
            .missing(.boundary)
        ),
    ]

    private static let sessions = [
        EvaluationCase(.session, [.session(.allows)], .missing(.identity)),
        EvaluationCase(
            .session,
            [.identity(.allows), .session(.allows)],
            .allowed(by: .identity)
        ),
        EvaluationCase(.session, [.identity(.allows), .session(.isSilent)], .missing(.session)),
        EvaluationCase(
            .session,
            [.identity(.allows), .session(.isSilent), .session(.allows)],
            .allowed(by: .identity)
        ),
        EvaluationCase(
            .session,
            [.identity(.allows), .boundary(.allows), .session(.isSilent)],
            .missing(.session)
        ),
        EvaluationCase(
            .session,
            [.identity(.allows), .boundary(.isSilent), .session(.isSilent)],
            .missing(.boundary)
        ),
        EvaluationCase(
            .session,
            [.identity(.allows), .boundary(.allows), .session(.allows)],
            .allowed(by: .identity)
        ),
        EvaluationCase(
            .session,
            [.resource(.allows, to: .session), .session(.isSilent)],
            .allowed(by: .resource)
        ),
        EvaluationCase(
            .session,
            [.resource(.allows, to: .role), .session(.isSilent)],
            .missing(.session)
        ),
        EvaluationCase(
            .session,
            [.resource(.allows, to: .role), .session(.allows)],
            .allowed(by: .resource)
        ),
    ]

    /// C88.
    private static let guests = [
        EvaluationCase(
            .federatedUser,
            [.identity(.allows), .session(.allows)],
            .allowed(by: .identity)
        ),
        EvaluationCase(
            .federatedUser,
            [.identity(.allows), .session(.isSilent)],
            .missing(.session)
        ),
        EvaluationCase(
            .federatedUser,
            [.resource(.allows, to: .federatedUser), .session(.isSilent)],
            .allowed(by: .resource)
        ),
        EvaluationCase(
            .federatedUser,
            [.resource(.allows, to: .user), .session(.isSilent)],
            .missing(.session)
        ),
        EvaluationCase(
            .federatedUser,
            [.resource(.allows, to: .uniqueID), .session(.isSilent)],
            .missing(.session)
        ),
        EvaluationCase(
            .federatedUser,
            [.resource(.allows, to: .user), .session(.allows)],
            .allowed(by: .resource)
        ),
        EvaluationCase(.user, [.resource(.allows, to: .federatedUser)], .missing(.identity)),
    ]

    private static let roots = [
        EvaluationCase(.root, [], .allowed(by: nil)),
        EvaluationCase(.root, [.resource(.isSilent, to: .root)], .allowed(by: nil)),
        EvaluationCase(.root, [.resource(.allows, to: .root)], .allowed(by: .resource)),
        EvaluationCase(.root, [.resource(.denies, to: .root)], .denied(by: .resource)),
        EvaluationCase(.root, [.resource(.denies, to: .everyone)], .denied(by: .resource)),
        EvaluationCase(.root, [.identity(.denies)], .allowed(by: nil)),
        EvaluationCase(.root, [.boundary(.isSilent)], .allowed(by: nil)),
        EvaluationCase(.root, of: theirs, [], .missing(.resource)),
        EvaluationCase(
            .root,
            of: theirs,
            [.resource(.allows, to: .root)],
            .allowed(by: .resource)
        ),
        EvaluationCase(.root, of: theirs, [.resource(.denies, to: .root)], .denied(by: .resource)),
    ]

    private static let acrossAccounts = [
        EvaluationCase(.user, of: theirs, [], .missing(.identity)),
        EvaluationCase(.user, of: theirs, [.identity(.allows)], .missing(.resource)),
        EvaluationCase(
            .user,
            of: theirs,
            [.resource(.allows, to: .user)],
            .missing(.identity)
        ),
        EvaluationCase(
            .session,
            of: theirs,
            [.resource(.allows, to: .session)],
            .missing(.identity)
        ),
        EvaluationCase(
            .user,
            of: theirs,
            [.identity(.allows), .resource(.allows, to: .user)],
            .allowed(by: .identity)
        ),
        EvaluationCase(
            .user,
            of: theirs,
            [.identity(.allows), .resource(.allows, to: .root)],
            .allowed(by: .identity)
        ),
        EvaluationCase(
            .session,
            of: theirs,
            [.identity(.allows), .resource(.allows, to: .role)],
            .allowed(by: .identity)
        ),
        EvaluationCase(
            .session,
            of: theirs,
            [.identity(.allows), .resource(.allows, to: .everyone)],
            .allowed(by: .identity)
        ),
        EvaluationCase(
            .user,
            of: theirs,
            [.identity(.allows), .resource(.allows, to: .someoneElse)],
            .missing(.resource)
        ),
        EvaluationCase(
            .user,
            of: theirs,
            [.identity(.allows), .boundary(.isSilent), .resource(.allows, to: .user)],
            .missing(.boundary)
        ),
        EvaluationCase(
            .session,
            of: theirs,
            [.identity(.allows), .session(.isSilent), .resource(.allows, to: .session)],
            .missing(.session)
        ),
    ]

    /// A key's policy must agree, and may leave the rest to IAM by naming the account.
    private static let keys = [
        EvaluationCase(.user, [.identity(.allows)], .missing(.resource), isKey: true),
        EvaluationCase(.user, [], .missing(.resource), isKey: true),
        EvaluationCase(.root, [], .missing(.resource), isKey: true),
        EvaluationCase(
            .root,
            [.resource(.allows, to: .root)],
            .allowed(by: .resource),
            isKey: true
        ),
        EvaluationCase(
            .user,
            [.resource(.allows, to: .root)],
            .missing(.identity),
            isKey: true
        ),
        EvaluationCase(
            .user,
            [.identity(.allows), .resource(.allows, to: .root)],
            .allowed(by: .identity),
            isKey: true
        ),
        EvaluationCase(
            .user,
            [.resource(.allows, to: .user)],
            .allowed(by: .resource),
            isKey: true
        ),
        EvaluationCase(
            .session,
            [.resource(.allows, to: .role)],
            .allowed(by: .resource),
            isKey: true
        ),
        EvaluationCase(
            .user,
            [.identity(.allows), .resource(.allows, to: .someoneElse)],
            .missing(.resource),
            isKey: true
        ),
        EvaluationCase(
            .user,
            of: theirs,
            [.identity(.allows), .resource(.allows, to: .root)],
            .allowed(by: .identity),
            isKey: true
        ),
    ]

    @Test(
        "each side counts for what AWS lets it count",
        arguments: withinTheAccount + delegation + boundaries + sessions + guests + roots
            + acrossAccounts
            + keys
    )
    func decides(row: EvaluationCase) throws {
        #expect(try row.decide() == row.outcome)
    }

    private static let denials: [(EvaluationCase.Part, PolicySource)] = [
        (.identity(.denies), .identity), (.boundary(.denies), .boundary),
        (.session(.denies), .session), (.resource(.denies, to: .session), .resource),
        (.resource(.denies, to: .role), .resource), (.resource(.denies, to: .account), .resource),
        (.resource(.denies, to: .everyone), .resource),
        (.resource(.denies, to: .notSomeoneElse), .resource),
    ]

    @Test(
        "one Deny, wherever it is, wins over every Allow",
        arguments: denials,
        [EvaluationParty.ours, theirs]
    )
    func denyWins(denial: (part: EvaluationCase.Part, source: PolicySource), account: String) throws
    {
        let allows: [EvaluationCase.Part] = [
            .identity(.allows), .boundary(.allows), .session(.allows),
            .resource(.allows, to: .session),
        ]
        for parts in [allows + [denial.part], [denial.part] + allows, [denial.part]] {
            let row = EvaluationCase(.session, of: account, parts, .denied(by: denial.source))
            #expect(try row.decide() == row.outcome, "\(row.testDescription)")
        }
    }

    @Test("a Deny that is about others or something else denies nothing")
    func otherDenials() throws {
        for part: EvaluationCase.Part in [
            .resource(.denies, to: .someoneElse), .resource(.denies, to: .notTheCaller),
        ] {
            let row = EvaluationCase(.user, [.identity(.allows), part], .allowed(by: .identity))
            #expect(try row.decide() == row.outcome, "\(row.testDescription)")
        }
    }

    @Test("the decision names the first statement that decides, by number and Sid")
    func statement() throws {
        let text = #"""
            {"Version":"2012-10-17","Statement":[
            {"Effect":"Allow","Action":"kms:*","Resource":"*"},
            {"Sid":"Read","Effect":"Allow","Action":"secretsmanager:Get*","Resource":"*"},
            {"Sid":"All","Effect":"Allow","Action":"*","Resource":"*"}]}
            """#
        let policy = AttachedPolicy(
            .identity,
            name: "P",
            try PolicyParser.parse(text, as: .identity)
        )
        let decision = EvaluationParty(kind: .user).evaluator([policy]).decide(request())
        let statement = StatementReference(source: .identity, policy: "P", number: 2, sid: "Read")
        #expect(decision == .allowed(by: statement))
        #expect(statement.description == #"statement 2 ("Read") of the identity-based policy P"#)
    }
}
