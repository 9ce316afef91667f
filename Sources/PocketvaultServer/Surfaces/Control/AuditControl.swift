internal import AWS
internal import HTTPServer
internal import JSON
internal import Notation

/// Shows the audit trail of all accounts and regions: `GET /_pocketvault/audit`.
///
/// Fields of the query: `after=N` for what came after the record N, else the newest; `limit`;
/// `secret`, `event`, `principal`, `since` and `until` (RFC 3339), `failed=true`, `refused=true` for
/// what policies had something against, `events=true` for what Secrets Manager did on its own.
struct AuditControl: Sendable {
    let vault: any Vault
    let work: ControlWork

    /// A page of records, oldest first, and where to go on.
    @Sendable func show(_ request: HTTPRequest, _ reply: @escaping Reply) {
        let query: AuditQuery
        do throws(ControlOrder.Refusal) {
            query = try AuditQuery(FormFields((request.query ?? "").utf8))
        } catch {
            return reply(error.answer)
        }
        guard query.mayTakeLong else { return reply(page(query)) }
        work.run(reply) { page(query) }
    }

    private func page(_ query: AuditQuery) -> Answer {
        do throws(APIError) {
            let page = try query.page(of: vault)
            let steps = try steps(begunBy: page.entries)
            return Answer(
                ControlAnswer.json(200) { writer in
                    writer.name("records")
                    writer.beginArray()
                    for entry in page.entries {
                        AuditElement(entry, steps: steps[entry.sequence]).write(to: &writer)
                    }
                    writer.endArray()
                    writer.name("last")
                    writer.integer(page.last)
                    Self.writeDropped(vault.droppedAuditRecords, to: &writer)
                }
            )
        } catch {
            return ControlAnswer.storeFailed(cause: error.cause ?? error.message)
        }
    }

    /// The steps so far of rotations that go on, by the records of their beginnings.
    private func steps(begunBy entries: [AuditEntry]) throws(APIError) -> [Int64: StepTimes] {
        try vault.reading { vault throws(APIError) in
            var steps: [Int64: StepTimes] = [:]
            for entry in entries {
                steps[entry.sequence] = try StepTimes(begunBy: entry.record, in: vault)
            }
            return steps
        }
    }

    /// Follows the hash chain over the whole trail, and holds the rows against their seal.
    @Sendable func verify(_: HTTPRequest, _ reply: @escaping Reply) {
        work.run(reply) { verification() }
    }

    private func verification() -> Answer {
        do throws(APIError) {
            let verification = try vault.verifyAudit()
            return Answer(
                ControlAnswer.json(200) { writer in
                    writer.name("intact")
                    writer.bool(verification.sentence == nil)
                    writer.name("chained")
                    writer.integer(verification.chained)
                    writer.name("last")
                    writer.integer(verification.lastSequence)
                    writer.name("hash")
                    writer.string(verification.lastHash)
                    Self.writeDropped(vault.droppedAuditRecords, to: &writer)
                    guard let sentence = verification.sentence else { return }
                    writer.name("fault")
                    writer.string(sentence)
                    Self.write(verification.rows, to: &writer)
                }
            )
        } catch {
            return ControlAnswer.storeFailed(cause: error.cause ?? error.message)
        }
    }

    private static func write(_ rows: RowVerification, to writer: inout JSONWriter) {
        writer.member("damage", rows.damage)
        guard !rows.changedTables.isEmpty else { return }
        writer.name("changedTables")
        writer.beginArray()
        for table in rows.changedTables { writer.string(table) }
        writer.endArray()
    }

    /// How many calls the trail does not tell of, although they were made.
    static func writeDropped(_ count: Int, to writer: inout JSONWriter) {
        writer.name("auditRecordsDropped")
        writer.integer(Int64(count))
    }
}
