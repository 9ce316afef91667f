internal import AWS
internal import JSON
internal import Notation

/// Expectations, and what was found of them in the trail up to a place.
struct TrailAssertion: Sendable {
    /// What was found of one.
    private struct Finding: Sendable {
        let expectation: Expectation
        var times: [Int64] = []
        /// The newest of them.
        var calls: [AuditEntry] = []

        mutating func take(_ entry: AuditEntry) {
            guard expectation.matches(entry.record) else { return }
            times.append(entry.record.time.milliseconds)
            calls.append(entry)
            if calls.count > TrailAssertion.toldCalls { calls.removeFirst() }
        }

        /// As the bound counts.
        var count: Int {
            guard case .perMinuteAtMost = expectation.bound else { return times.count }
            let sorted = times.sorted()
            var (first, most) = (0, 0)
            for (last, time) in sorted.enumerated() {
                while time - sorted[first] >= 60_000 { first += 1 }
                most = max(most, last - first + 1)
            }
            return most
        }

        var holds: Bool {
            switch expectation.bound {
            case .times(let bound): count == bound
            case .atLeast(let bound): count >= bound
            case .atMost(let bound), .perMinuteAtMost(let bound): count <= bound
            }
        }

        /// Whether nothing that comes can make it hold.
        var isLost: Bool {
            switch expectation.bound {
            case .atLeast: false
            case .times(let bound), .atMost(let bound), .perMinuteAtMost(let bound):
                count > bound
            }
        }
    }

    private var findings: [Finding]
    /// The place in the trail that it has come to.
    private(set) var cursor: Int64
    /// Whether the trail had no more what came after the place where it began.
    private(set) var hasGap = false

    static let toldCalls = 100

    init(_ expectations: [Expectation], after cursor: Int64) {
        findings = expectations.map { Finding(expectation: $0) }
        self.cursor = cursor
    }

    var passes: Bool { findings.allSatisfy(\.holds) }

    /// Whether there is nothing to wait for.
    var isSettled: Bool { passes || hasGap || findings.contains(where: \.isLost) }

    /// Goes on to the end of the trail.
    mutating func follow(_ vault: any Vault) throws(APIError) {
        while true {
            let place = cursor
            let page = try vault.reading { vault throws(APIError) in
                try vault.auditEntries(after: place, limit: TrailAssertion.pageSize)
            }
            if let first = page.first, first.sequence > place + 1 { hasGap = true }
            for entry in page {
                for index in findings.indices { findings[index].take(entry) }
            }
            cursor = page.last?.sequence ?? cursor
            guard page.count == TrailAssertion.pageSize else { return }
        }
    }

    /// What came of it, and where to go on.
    func write(to writer: inout JSONWriter) {
        writer.member("passed", passes)
        writer.name("failures")
        writer.beginArray()
        for (index, finding) in findings.enumerated() where !finding.holds {
            writer.beginObject()
            writer.member("expectation", Int64(index))
            writer.member("found", Int64(finding.count))
            writer.member("calls", finding.calls.map { AuditElement($0) })
            writer.endObject()
        }
        writer.endArray()
        writer.member("cursor", cursor)
    }

    private static let pageSize = 500
}
