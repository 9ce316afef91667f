internal import JSON

/// A session of a role, as the answers that give its credentials name it.
struct AssumedRoleUser: Sendable, JSONWritable {
    let role: IAMPrincipal
    let sessionName: String

    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("AssumedRoleId", "\(role.uniqueID):\(sessionName)")
        writer.member("Arn", role.sessionARN(named: sessionName))
        writer.endObject()
    }
}
