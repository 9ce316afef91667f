internal import JSON
internal import Notation

/// A call of the audit trail, turned back into the operation that it was, so that the operation can
/// be asked what it needs.
struct RecordedCall {
    /// Nil when it was no call of an operation that is built.
    let needs: OperationNeeds?

    init(_ record: AuditRecord) {
        guard let (card, operation) = Services.operation(record.eventName, of: record.eventSource)
        else {
            needs = nil
            return
        }
        let text = record.requestParameters ?? "{}"
        guard case .object(let parameters)? = try? JSONParser.parse(Array(text.utf8)) else {
            needs = nil
            return
        }
        var members = Members(recorded: parameters, areText: card.wire.membersAreText)
        needs = try? operation.needs(&members)
    }
}
