import JSON
import Notation
import TestSupport
import Testing

@testable import AWS

@Suite struct BillTests {
    let scratch: ScratchVault
    private let account = "000000000000"

    init() throws {
        scratch = try ScratchVault()
    }

    private func create(_ name: String, _ environment: String? = nil) throws {
        var members: JSONValue = ["Name": "\(name)", "SecretString": "v-\(name)"]
        if let environment {
            members.set("Tags", [["Key": "Environment", "Value": "\(environment)"]])
        }
        try scratch.call(.createSecret, members)
    }

    private func bill(
        prefix: String = "",
        _ period: Bill.Period = .month,
        calls: Int64? = nil
    ) throws -> Bill {
        let now = scratch.clock.now
        return try scratch.vault.reading { [account] vault throws(APIError) in
            try Bill(
                account: account,
                prefix: prefix,
                period: period,
                calls: calls,
                now: now,
                vault
            )
        }
    }

    private func time(_ text: String) throws -> Timestamp {
        try #require(Timestamp(text: text))
    }

    @Test func `Four secrets and a thousand calls are $1.61 a month`() throws {
        for name in ["database-url", "redis-url", "jwt-secret", "api-keys"] {
            try create("driftsentry/prod/\(name)", "production")
        }
        try create("driftsentry/stage/redis-url", "staging")
        let bill = try bill(prefix: "driftsentry/prod/", calls: 1_000)
        #expect(bill.lines.map(\.cents) == [40, 40, 40, 40])
        #expect(bill.callCents == 1)
        #expect(bill.totalCents == 161)
        #expect(bill.environments.map(\.cents) == [160])
        #expect(bill.environments.map(\.name) == ["production"])
    }

    @Test(arguments: [
        (0, 0), (999, 0), (1_000, 1), (2_999, 1), (3_000, 2), (10_000, 5), (1_000_000, 500),
        (1_000_000_000_000, 500_000_000),
    ])
    func `Calls are rounded half up to a cent`(calls: Int64, cents: Int64) {
        #expect(Bill.cents(ofCalls: calls) == cents)
    }

    @Test func `A replica costs as much as a secret, a deleted secret nothing`() throws {
        try create("a")
        try create("b")
        try scratch.call(
            .replicateSecretToRegions,
            ["SecretId": "a", "AddReplicaRegions": [["Region": "eu-west-1"]]]
        )
        try scratch.call(.deleteSecret, ["SecretId": "b"])
        let bill = try bill(calls: 0)
        #expect(bill.lines.map(\.region) == ["eu-west-1", "us-east-1"])
        #expect(bill.lines.map(\.isReplica) == [true, false])
        #expect(bill.totalCents == 80)
    }

    @Test func `What the month's calls were is taken from the trail`() throws {
        try create("a")
        try create("other")
        for _ in 0..<3 { try scratch.call(.getSecretValue, ["SecretId": "a"]) }
        try scratch.call(.listSecrets)
        _ = try scratch.auditRecords()
        let all = try bill()
        #expect(all.calls == 6)
        #expect(all.areCallsCounted)
        #expect(all.lines.map(\.calls) == [4, 1])
        #expect(all.trailStart == nil)
        #expect(try bill(prefix: "a").calls == 4)
        scratch.clock.advance(days: 31)
        #expect(try bill().calls == 0)
    }

    @Test func `A batch is one call, and counts for each secret that it reads`() throws {
        try create("a")
        try create("b")
        try scratch.call(.batchGetSecretValue, ["SecretIdList": ["a", "b"]])
        _ = try scratch.auditRecords()
        let bill = try bill()
        #expect(bill.calls == 3)
        #expect(bill.lines.map(\.calls) == [2, 2])
    }

    @Test func `Between two moments a secret costs the hours that it was there`() throws {
        try create("a")
        let made = scratch.clock.now
        scratch.clock.advance(days: 10)
        try scratch.call(.deleteSecret, ["SecretId": "a"])
        scratch.clock.advance(days: 5)
        let since = made.adding(days: -5)
        let bill = try bill(.span(since: since, until: scratch.clock.now), calls: 0)
        #expect(bill.lines.map(\.hours) == [240])
        // 240 of January's 744 hours: 12.9 cents.
        #expect(bill.lines.map(\.cents) == [13])
    }

    @Test(arguments: [
        ("2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z", 744, 40),
        ("2026-02-01T00:00:00Z", "2026-03-01T00:00:00Z", 672, 40),
        ("2024-02-01T00:00:00Z", "2024-03-01T00:00:00Z", 696, 40),
        ("2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z", 8_760, 480),
        ("2026-01-31T12:00:00Z", "2026-02-01T12:00:00Z", 24, 1),
        // Hours that are begun count.
        ("2026-04-01T10:30:00Z", "2026-04-01T12:00:00Z", 2, 0),
        // Nine hours of 720 are half a cent, which is rounded up.
        ("2026-04-01T00:00:00Z", "2026-04-01T09:00:00Z", 9, 1),
        ("2026-04-01T00:00:00Z", "2026-04-01T08:00:00Z", 8, 0),
    ])
    func `Hours are shares of their own month`(
        since: String,
        until: String,
        hours: Int64,
        cents: Int64
    ) throws {
        let months = BilledMonths(from: try time(since), until: try time(until))
        #expect(months.hours == hours)
        #expect(months.cents(ofMonthlyCents: 40) == cents)
    }

    @Test func `Another account's secrets and calls are on another bill`() throws {
        try create("a")
        let other = Caller.root(account: "111111111111")
        try scratch.call(.createSecret, ["Name": "b", "SecretString": "v"], by: other)
        _ = try scratch.auditRecords()
        let bill = try bill()
        #expect(bill.lines.map(\.name) == ["a"])
        #expect(bill.calls == 1)
    }
}
