import AccessControl

/// Random policies and requests of few words, so that they often are about each other.
struct RandomPolicies {
    private var random: SplitMix64

    init(seed: UInt64) {
        random = SplitMix64(seed: seed)
    }

    static let keys = ["aws:username", "aws:PrincipalTag/team", "test:Any"] + lists
    /// Those of several values.
    static let lists = ["aws:TagKeys", "aws:CalledVia", "kms:EncryptionContextKeys"]

    private static let actions = [
        "secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret",
        "secretsmanager:PutSecretValue",
    ]
    private static let actionPatterns =
        actions + [
            "secretsmanager:*", "SecretsManager:get*", "secretsmanager:*Secret*",
            "secretsmanager:?escribeSecret", "secretsmanager:*Value",
            "secretsmanager:PUTsecretvalue",
        ]
    /// As short as an ARN can be: all this is tried very often.
    private static let secret = "arn:aws:s:r:1:"
    private static let resources = ["app/db-AbCdEf", "app/mara-AbCdEf", "red/key-XyZxYz"]
        .map { secret + $0 }
    private static let resourcePatterns =
        resources + [
            "*", "arn:aws:s:*:*:app/*", "\(secret)*-??????",
            "\(secret)app/${aws:username}-*", "\(secret)${aws:PrincipalTag/team, 'red'}/*",
            "arn:aws:s3:::*", "\(secret)app/d?-*", "arn:*:*app*", "\(secret)*${*}*",
        ]
    private static let texts = [
        "mara", "red", "Red", "a*", "", "7", "7.50", "true", "FALSE", "K", "\u{212A}", "ΑΣ", "ας",
        "ασ", "ß", "SS",
    ]
    private static let times = ["2026-01-01T00:00:00Z", "2026-06-01T12:30:00Z"]
    private static let addresses = ["10.1.2.3", "10.200.2.3", "192.0.2.77"]
    private static let operators: [(names: [String], operands: [String], values: [String])] = [
        (
            [
                "StringEquals", "StringNotEquals", "StringEqualsIgnoreCase",
                "StringNotEqualsIgnoreCase", "StringLike", "StringNotLike",
            ],
            texts + ["*", "r?d", "${aws:username}", "${aws:PrincipalTag/team, 'Red'}", "*${*}"],
            texts
        ),
        (
            [
                "NumericEquals", "NumericNotEquals", "NumericLessThan", "NumericLessThanEquals",
                "NumericGreaterThan", "NumericGreaterThanEquals",
            ],
            ["7", "7.5", "-1", "1e2", "+7", "007"],
            ["7", "7.0", "8", "100", "x", "07", "+7", "70e-1", "NaN", "Infinity", ""]
        ),
        (
            [
                "DateEquals", "DateNotEquals", "DateLessThan", "DateLessThanEquals",
                "DateGreaterThan", "DateGreaterThanEquals",
            ],
            times, times
        ),
        (["Bool", "Null"], ["true", "false"], ["true", "TRUE", "false"]),
        (["BinaryEquals"], ["QQ==", "Qg=="], ["QQ==", "Qg=="]),
        (
            ["IpAddress", "NotIpAddress"],
            ["10.0.0.0/8", "10.128.0.0/9", "192.0.2.64/26", "10.1.2.3", "0.0.0.0/0"], addresses
        ),
        (
            ["ArnEquals", "ArnNotEquals", "ArnLike", "ArnNotLike"],
            resources + ["arn:aws:*:*:*:app/*", "arn:*:red/*", "*"], resources + texts
        ),
    ]

    private mutating func one<Element>(of list: [Element]) -> Element {
        list[Int.random(in: list.indices, using: &random)]
    }

    private mutating func chance(_ number: Int, in total: Int) -> Bool {
        Int.random(in: 1...total, using: &random) <= number
    }

    private mutating func some(of list: [String], most: Int) -> [String] {
        (0..<Int.random(in: 1...most, using: &random)).map { _ in one(of: list) }
    }

    private mutating func selection(of list: [String], most: Int = 2) -> DraftSelection {
        DraftSelection(entries: some(of: list, most: most), isNegated: chance(1, in: 8))
    }

    /// A caller of one of two accounts.
    mutating func party() -> EvaluationParty {
        EvaluationParty(
            kind: one(of: [.user, .user, .session, .session, .root]),
            account: chance(2, in: 3) ? EvaluationParty.ours : EvaluationParty.theirs
        )
    }

    /// A request, with values that the conditions of `policies` may look for.
    mutating func request(by party: EvaluationParty, _ policies: [DraftPolicy]) -> AccessRequest {
        var context = RequestContext()
        for key in Self.keys where chance(2, in: 3) {
            let sought = policies.flatMap(\.statements).flatMap(\.conditions)
                .filter { $0.key.lowercased() == key.lowercased() }
            let values = sought.isEmpty ? Self.texts : sought.flatMap(\.likelyValues)
            context[key] = some(of: values, most: Self.lists.contains(key) ? 3 : 1)
        }
        return AccessRequest(
            principals: party.principals,
            action: one(of: Self.actions),
            resource: one(of: Self.resources),
            context: context
        )
    }

    /// Up to five policies, of each source or none.
    mutating func policies(about party: EvaluationParty) -> [DraftPolicy] {
        var policies: [DraftPolicy] = []
        let sources: [(PolicySource, Int)] = [
            (.identity, 4), (.identity, 2), (.boundary, 2), (.session, 2), (.resource, 3),
        ]
        for (number, (source, likelihood)) in sources.enumerated()
        where chance(likelihood, in: 5) {
            let statements = (0..<Int.random(in: 1...2, using: &random)).map { _ in
                statement(source, party)
            }
            let name = "policy-\(number)"
            policies.append(DraftPolicy(source: source, name: name, statements: statements))
        }
        return policies.shuffled(using: &random)
    }

    private mutating func statement(
        _ source: PolicySource,
        _ party: EvaluationParty
    ) -> DraftStatement {
        var statement = DraftStatement(
            effect: chance(1, in: 5) ? .deny : .allow,
            actions: selection(of: Self.actionPatterns),
            resources: selection(of: Self.resourcePatterns)
        )
        if source == .resource { statement.principals = principals(party) }
        if chance(1, in: 3) {
            statement.conditions = [condition()]
            let second = condition()
            if chance(1, in: 3), second.name != statement.conditions[0].name {
                statement.conditions.append(second)
            }
        }
        return statement
    }

    private mutating func principals(_ party: EvaluationParty) -> DraftSelection {
        if chance(1, in: 6) { return DraftSelection(entries: ["*"]) }
        let stranger = EvaluationParty(kind: .user, account: "777788889999")
        let names =
            [
                party.userARN, party.roleARN, party.sessionARN, party.federatedARN, party.account,
                party.rootARN,
            ]
            + [EvaluationParty.userID, EvaluationParty.roleID, stranger.userARN, stranger.account]
        // Enough of them that an exception sometimes is one.
        return selection(of: names, most: 4)
    }

    private mutating func condition() -> DraftCondition {
        let row = one(of: Self.operators)
        var name = one(of: row.names)
        if name != "Null" {
            if chance(1, in: 4) { name = one(of: ["ForAllValues:", "ForAnyValue:"]) + name }
            if chance(1, in: 4) { name += "IfExists" }
        }
        let key = one(of: Self.keys)
        return DraftCondition(
            name: name,
            key: chance(1, in: 4) ? key.uppercased() : key,
            values: some(of: row.operands, most: 2),
            likelyValues: row.values
        )
    }
}
