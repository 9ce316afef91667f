package import JSON

/// One thing under its name, as most answers of IAM have it.
package struct IAMAnswer: Sendable, JSONWritable {
    private let name: String
    private let value: any JSONWritable & Sendable

    init(_ name: String, _ value: any JSONWritable & Sendable) {
        self.name = name
        self.value = value
    }

    package func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.name(name)
        value.write(to: &writer)
        writer.endObject()
    }
}

/// An answer that the API's model has a structure for, with nothing in it.
package struct IAMNothing: Sendable, JSONWritable {
    package func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.endObject()
    }
}

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

/// A managed policy, AWS's own too.
struct PolicyElement: Sendable, JSONWritable {
    let name: String
    let uniqueID: String
    let arn: String
    let path: String
    let description: String?
    let defaultVersion: Int64
    let attachmentCount: Int
    let boundaryCount: Int
    let createdAt: Timestamp
    let updatedAt: Timestamp
    var tags: [Tag] = []

    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("PolicyName", name)
        writer.member("PolicyId", uniqueID)
        writer.member("Arn", arn)
        writer.member("Path", path)
        writer.member("DefaultVersionId", "v\(defaultVersion)")
        writer.member("AttachmentCount", Int64(attachmentCount))
        writer.member("PermissionsBoundaryUsageCount", Int64(boundaryCount))
        writer.member("IsAttachable", true)
        writer.member("Description", description)
        writer.member("CreateDate", CalendarTime.secondsText(of: createdAt))
        writer.member("UpdateDate", CalendarTime.secondsText(of: updatedAt))
        if !tags.isEmpty { writer.member("Tags", tags) }
        writer.endObject()
    }
}

/// A version of a managed policy.
struct PolicyVersionElement: Sendable, JSONWritable {
    let version: ManagedPolicyVersion
    let isDefault: Bool
    /// Lists leave the text out.
    var showsDocument = true

    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        if showsDocument { writer.member("Document", percentEncoded(version.document)) }
        writer.member("VersionId", version.id)
        writer.member("IsDefaultVersion", isDefault)
        writer.member("CreateDate", CalendarTime.secondsText(of: version.createdAt))
        writer.endObject()
    }
}

/// An access key, with its secret in the one answer that has it.
struct AccessKeyElement: Sendable, JSONWritable {
    let key: AccessKey
    let userName: String?
    var secretAccessKey: String?

    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("UserName", userName)
        writer.member("AccessKeyId", key.id)
        writer.member("Status", key.isActive ? "Active" : "Inactive")
        writer.member("SecretAccessKey", secretAccessKey)
        writer.member("CreateDate", CalendarTime.secondsText(of: key.createdAt))
        writer.endObject()
    }
}
