internal import JSON
internal import Notation

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
