internal import AWS
internal import HTTPServer
internal import JSON
internal import Notation

/// Says what AWS would charge: `GET /_pocketvault/cost`.
///
/// Fields of the query: `account`; `prefix`; `calls=N` in place of those that the trail tells of;
/// `since` and `until` (RFC 3339) for what was there between them, else what is there now for a month.
struct CostControl: Sendable {
    let vault: any Vault
    let clock: VaultClock
    let access: ControlAccess
    let work: ControlWork

    @Sendable func show(_ request: HTTPRequest, _ reply: @escaping Reply) {
        work.run(reply) { () throws(ControlOrder.Refusal) in
            let fields = FormFields((request.query ?? "").utf8)
            let account = try access.account(of: request, named: fields["account"])
            let calls = try fields.number("calls", 0...Bill.maximumCalls)
            let now = clock.now()
            let period = try CostControl.period(fields, now)
            let bill = try vault.controlReading { vault throws(APIError) in
                try Bill(
                    account: account,
                    prefix: fields["prefix"] ?? "",
                    period: period,
                    calls: calls,
                    now: now,
                    vault
                )
            }
            return Answer(
                ControlAnswer.json(200) { writer in
                    writer.name("account")
                    writer.string(account)
                    CostControl.write(bill, to: &writer)
                    AuditControl.writeDropped(vault.droppedAuditRecords, to: &writer)
                },
                operation: "Cost"
            )
        }
    }

    private static func period(
        _ fields: FormFields,
        _ now: Timestamp
    ) throws(ControlOrder.Refusal) -> Bill.Period {
        let since = try fields.time("since")
        let until = try fields.time("until")
        guard let since else {
            guard until == nil else {
                throw ControlOrder.Refusal("The field until needs the field since.")
            }
            return .month
        }
        guard since < until ?? now else {
            throw ControlOrder.Refusal("The time since must be before the time until.")
        }
        return .span(since: since, until: until ?? now)
    }

    private static func write(_ bill: Bill, to writer: inout JSONWriter) {
        writer.member("since", bill.since.text)
        writer.member("until", bill.until.text)
        writer.name("secrets")
        writer.beginArray()
        for line in bill.lines {
            writer.beginObject()
            writer.member("name", line.name)
            writer.member("arn", line.arn)
            writer.member("region", line.region)
            writer.member("environment", line.environment)
            writer.member("replica", line.isReplica)
            writer.member("hours", line.hours)
            writer.member("calls", line.calls)
            writer.member("cents", line.cents)
            writer.endObject()
        }
        writer.endArray()
        writer.name("environments")
        writer.beginArray()
        for environment in bill.environments {
            writer.beginObject()
            writer.member("environment", environment.name)
            writer.member("secrets", Int64(environment.secrets))
            writer.member("cents", environment.cents)
            writer.endObject()
        }
        writer.endArray()
        writer.name("calls")
        writer.beginObject()
        writer.member("count", bill.calls)
        writer.member("counted", bill.areCallsCounted)
        writer.member("cents", bill.callCents)
        writer.endObject()
        writer.member("totalCents", bill.totalCents)
        writer.member("trailBegins", bill.trailStart?.text)
    }
}
