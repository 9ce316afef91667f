internal import JSON
internal import Notation

/// A managed policy, AWS's own too.
struct ManagedPolicyElement: Sendable, JSONWritable {
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
    let form: AnswerForm
    /// All that it ever said, in the one answer that has that.
    var versions: [PolicyVersionElement]?

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
        if form == .whole { writer.member("Description", description) }
        writer.member("CreateDate", CalendarTime.secondsText(of: createdAt))
        writer.member("UpdateDate", CalendarTime.secondsText(of: updatedAt))
        if let versions { writer.member("PolicyVersionList", versions) }
        if form == .whole || !tags.isEmpty { writer.member("Tags", tags) }
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
        if showsDocument { writer.member("Document", PercentEncoding.encode(version.document)) }
        writer.member("VersionId", version.id)
        writer.member("IsDefaultVersion", isDefault)
        writer.member("CreateDate", CalendarTime.secondsText(of: version.createdAt))
        writer.endObject()
    }
}
