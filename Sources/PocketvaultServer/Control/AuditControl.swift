internal import AWS
internal import HTTPServer
internal import JSON

/// Shows the audit trail of all accounts and regions: `GET /_pocketvault/audit`.
///
/// Fields of the query: `after=N` for what came after the record N, else the newest; `limit`;
/// `secret`, `event`, `principal`, `since` and `until` (RFC 3339), `failed=true`, `refused=true` for
/// what policies had something against, `events=true` for what Secrets Manager did on its own.
struct AuditControl: Sendable {
    let vault: any Vault

    /// A page of records, oldest first, and where to go on.
    func show(_ request: HTTPRequest) -> Answer {
        let query: AuditQuery
        do throws(ControlOrder.Refusal) {
            query = try AuditQuery(FormFields((request.query ?? "").utf8))
        } catch {
            return error.answer
        }
        do {
            let page = try vault.read { vault in
                Result { () throws(APIError) in try query.page(in: vault) }
            }.get()
            return Answer(
                ControlAnswer.json(200) { writer in
                    writer.name("records")
                    writer.beginArray()
                    for entry in page.entries { write(entry, to: &writer) }
                    writer.endArray()
                    writer.name("last")
                    writer.integer(page.last)
                }
            )
        } catch {
            let cause = (error as? APIError)?.cause ?? "\(error)"
            return ControlAnswer.storeFailed(cause: cause)
        }
    }

    /// Follows the hash chain over the whole trail.
    func verify() -> Answer {
        do {
            let verification = try vault.read { vault in
                Result { () throws(APIError) in try vault.verifyAudit() }
            }.get()
            return Answer(
                ControlAnswer.json(200) { writer in
                    writer.name("intact")
                    writer.bool(verification.fault == nil)
                    writer.name("chained")
                    writer.integer(verification.chained)
                    writer.name("last")
                    writer.integer(verification.lastSequence)
                    writer.name("hash")
                    writer.string(verification.lastHash)
                    guard let fault = verification.fault else { return }
                    writer.name("fault")
                    writer.string(fault.sentence)
                }
            )
        } catch {
            let cause = (error as? APIError)?.cause ?? "\(error)"
            return ControlAnswer.storeFailed(cause: cause)
        }
    }

    private func write(_ entry: AuditEntry, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.name("sequence")
        writer.integer(entry.sequence)
        writer.name("secret")
        if let secretARN = entry.record.secretARN {
            writer.string(secretARN)
        } else {
            writer.null()
        }
        if let decision = entry.record.decision {
            writer.name("decision")
            writer.string(decision)
        }
        writer.name("record")
        CloudTrailRecord(entry).write(to: &writer)
        writer.endObject()
    }
}
