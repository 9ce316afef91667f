internal import JSON
internal import Notation

/// A user or a role.
struct PrincipalElement: Sendable, JSONWritable {
    let principal: IAMPrincipal
    let tags: [Tag]
    var form = AnswerForm.whole

    func write(to writer: inout JSONWriter) {
        let word = principal.kind == .user ? "User" : "Role"
        writer.beginObject()
        writer.member("Path", principal.path)
        writer.member("\(word)Name", principal.name)
        writer.member("\(word)Id", principal.uniqueID)
        writer.member("Arn", principal.arn)
        writer.member("CreateDate", CalendarTime.secondsText(of: principal.createdAt))
        if let policy = principal.trustPolicy {
            writer.member("AssumeRolePolicyDocument", PercentEncoding.encode(policy))
            if form != .made {
                writer.member("Description", principal.description)
                writer.member("MaxSessionDuration", principal.maxSessionSeconds)
            }
        }
        if form != .listed {
            if let arn = principal.boundaryARN { Self.write(boundary: arn, to: &writer) }
            if !tags.isEmpty { writer.member("Tags", tags) }
            if principal.kind == .role, form == .whole {
                writer.name("RoleLastUsed")
                writer.beginObject()
                writer.endObject()
            }
        }
        writer.endObject()
    }
}

extension PrincipalElement {
    static func write(boundary arn: String, to writer: inout JSONWriter) {
        writer.name("PermissionsBoundary")
        writer.beginObject()
        writer.member("PermissionsBoundaryType", "Policy")
        writer.member("PermissionsBoundaryArn", arn)
        writer.endObject()
    }

    init(_ tagged: TaggedPrincipal, _ form: AnswerForm) {
        self.init(principal: tagged.principal, tags: tagged.tags, form: form)
    }
}
