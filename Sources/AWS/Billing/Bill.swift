package import Notation

/// What AWS would charge for the secrets of an account, by
/// [its prices](https://aws.amazon.com/secrets-manager/pricing/) in us-east-1.
///
/// $0.40 for a secret and month, replicas too, by the hour; nothing while a secret is scheduled for
/// deletion, nor for one that another service manages; $0.05 for 10,000 calls. Each line is rounded
/// half up to a cent, and the lines add up to the total.
package struct Bill: Sendable {
    static let secretMonthCents: Int64 = 40
    static let tenThousandCallsCents: Int64 = 5
    /// More calls than that nobody makes.
    package static let maximumCalls: Int64 = 1_000_000_000_000

    /// For how long secrets are billed.
    package enum Period: Sendable {
        /// What is there now, for a whole month, and the calls of the month that it is.
        case month
        /// What was there between two moments, and the calls between them.
        case span(since: Timestamp, until: Timestamp)
    }

    /// The line of a secret or of a replica.
    package struct Line: Sendable {
        package let name: String
        package let arn: String
        package let region: String
        /// Nil when nothing tells it.
        package let environment: String?
        package let isReplica: Bool
        package let hours: Int64
        package let cents: Int64
        package let calls: Int64
    }

    /// The sum of an environment's lines.
    package struct Environment: Sendable {
        package let name: String?
        package let secrets: Int
        package let cents: Int64
    }

    package let since: Timestamp
    package let until: Timestamp
    package let lines: [Line]
    package let calls: Int64
    /// Whether the calls were counted, and not given.
    package let areCallsCounted: Bool
    /// The trail tells of no call before this moment; nil when it reaches back far enough.
    package let trailStart: Timestamp?

    package var callCents: Int64 { Bill.cents(ofCalls: calls) }

    package var totalCents: Int64 { lines.reduce(callCents) { $0 + $1.cents } }

    /// In alphabetical order, those of no environment last.
    package var environments: [Environment] {
        let groups = Dictionary(grouping: lines, by: \.environment)
        let names = groups.keys.compactMap(\.self).sorted().map(Optional.some)
        return (names + (groups[nil] == nil ? [] : [nil])).map { name in
            let lines = groups[name] ?? []
            return Environment(
                name: name,
                secrets: lines.count,
                cents: lines.reduce(0) { $0 + $1.cents }
            )
        }
    }

    static func cents(ofCalls calls: Int64) -> Int64 {
        (calls * tenThousandCallsCents * 2 + 10_000) / 20_000
    }
}

extension Bill {
    /// Adds up a bill.
    ///
    /// - Parameters:
    ///   - account: whose.
    ///   - prefix: what the names of the secrets begin with.
    ///   - period: for how long.
    ///   - givenCalls: in place of the calls that the trail tells of.
    ///   - now: the vault's time.
    ///   - vault: the vault.
    /// - Throws: InternalServiceError when the vault cannot be read.
    package init(
        account: String,
        prefix: String,
        period: Period,
        calls givenCalls: Int64?,
        now: Timestamp,
        _ vault: any VaultReading
    ) throws(APIError) {
        switch period {
        case .month:
            let today = CivilDate(of: now)
            since = CivilDate(year: today.year, month: today.month, day: 1).startOfDay
            until = now
        case .span(let since, let until): (self.since, self.until) = (since, until)
        }
        let counted =
            givenCalls == nil
            ? try CountedCalls(of: account, prefix: prefix, from: since, until: until, vault) : nil
        var lines: [Line] = []
        try vault.forEachSecret(ofAccount: account, namePrefix: prefix) {
            [since, until] secret throws(APIError) in
            let months = Bill.months(of: secret, period, since, until)
            guard let months else { return }
            let tags = try vault.tags(of: secret)
            let isFree = secret.owningService != nil
            lines.append(
                Line(
                    name: secret.name,
                    arn: secret.arn.text,
                    region: secret.arn.scope.region,
                    environment: SecretEnvironment(ofSecretNamed: secret.name, tags: tags)?.name,
                    isReplica: secret.isReplica,
                    hours: months.hours,
                    cents: isFree ? 0 : months.cents(ofMonthlyCents: Bill.secretMonthCents),
                    calls: counted?.ofSecrets[secret.arn.text] ?? 0
                )
            )
        }
        self.lines = lines
        calls = givenCalls ?? counted?.total ?? 0
        areCallsCounted = givenCalls == nil
        trailStart = counted?.trailStart
    }

    /// For how long a secret is billed; nil when it was not there.
    private static func months(
        of secret: Secret,
        _ period: Period,
        _ since: Timestamp,
        _ until: Timestamp
    ) -> BilledMonths? {
        switch period {
        case .month: return secret.deletedAt == nil ? .whole : nil
        case .span:
            let start = max(secret.createdAt, since)
            let end = min(secret.deletedAt ?? until, until)
            return start < end ? BilledMonths(from: start, until: end) : nil
        }
    }
}
