internal import AWS
internal import JSON
internal import Notation
internal import Storage

extension AuditRecord {
    /// Stands where the name of a service, the caller's ARN, address and agent stand in other records.
    private static let itself = "pocketvault"

    /// That the vault took its rows as it found them.
    ///
    /// - Parameters:
    ///   - sealing: why.
    ///   - scope: in whose trail it is told.
    ///   - machine: whose time and chance it has.
    convenience init(of sealing: RowSealing, in scope: Scope, on machine: Machine) {
        let name: String
        var message: String?
        var writer = JSONWriter()
        writer.beginObject()
        switch sealing {
        case .first(let schema):
            name = "SealRows"
            writer.name("formerSchema")
            writer.integer(schema)
        case .accepted(let tables):
            name = "AcceptChangedRows"
            // What lines of the trail show.
            message = "rows were changed in: \(tables.joined(separator: ", "))"
            writer.name("tables")
            writer.beginArray()
            for table in tables { writer.string(table) }
            writer.endArray()
        }
        writer.endObject()
        self.init(
            time: machine.now(),
            requestID: machine.newUUID(),
            eventSource: Self.itself,
            eventName: name,
            scope: scope,
            principalARN: Self.itself,
            accessKeyID: nil,
            sourceAddress: Self.itself,
            userAgent: Self.itself,
            resourceARN: nil,
            requestParameters: String(decoding: writer.bytes, as: UTF8.self),
            errorCode: nil,
            errorMessage: message,
            isReadOnly: false
        )
    }
}
