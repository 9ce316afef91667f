internal import JSON

/// A user or a role.
struct PrincipalElement: Sendable, JSONWritable {
    let principal: IAMPrincipal
    let tags: [Tag]
    /// Lists leave out what takes a look-up each.
    var isWhole = true

    func write(to writer: inout JSONWriter) {
        let word = principal.kind == .user ? "User" : "Role"
        writer.beginObject()
        writer.member("Path", principal.path)
        writer.member("\(word)Name", principal.name)
        writer.member("\(word)Id", principal.uniqueID)
        writer.member("Arn", principal.arn)
        writer.member("CreateDate", CalendarTime.secondsText(of: principal.createdAt))
        if let policy = principal.trustPolicy {
            writer.member("AssumeRolePolicyDocument", percentEncoded(policy))
            writer.member("Description", principal.description)
            writer.member("MaxSessionDuration", principal.maxSessionSeconds)
        }
        if isWhole {
            if let arn = principal.boundaryARN {
                writer.name("PermissionsBoundary")
                writer.beginObject()
                writer.member("PermissionsBoundaryType", "Policy")
                writer.member("PermissionsBoundaryArn", arn)
                writer.endObject()
            }
            if !tags.isEmpty { writer.member("Tags", tags) }
            if principal.kind == .role {
                writer.name("RoleLastUsed")
                writer.beginObject()
                writer.endObject()
            }
        }
        writer.endObject()
    }
}
