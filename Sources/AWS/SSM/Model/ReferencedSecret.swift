internal import JSON
internal import Notation

/// A secret as Parameter Store shows it; its value is a SecureString's.
struct ReferencedSecret: Sendable, JSONWritable {
    let name: ParameterName
    let secret: GetSecretValue.Response

    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("ARN", secret.arn.text)
        writer.member("LastModifiedDate", secret.version.createdAt)
        writer.member("Name", name.path)
        writer.member("Selector", name.selector.map { ":\($0)" })
        writer.name("SourceResult")
        writer.string(utf8: sourceResult)
        writer.member("Type", "SecureString")
        if secret.value.kind == .string {
            writer.name("Value")
            writer.string(utf8: secret.value.bytes)
        }
        // A secret has no numbered versions.
        writer.member("Version", 0)
        writer.endObject()
    }

    /// The answer of GetSecretValue as Java's Gson prints the object that it became there.
    private var sourceResult: [UInt8] {
        var writer = JSONWriter(capacity: 512)
        writer.beginObject()
        writer.member("ARN", secret.arn.text)
        writer.member("name", secret.arn.name)
        writer.member("versionId", secret.version.id)
        switch secret.value.kind {
        case .string:
            writer.name("secretString")
            writer.string(utf8: secret.value.bytes)
        case .binary:
            writer.name("secretBinary")
            Self.write(bufferOf: secret.value.bytes, to: &writer)
        }
        if !secret.version.stagingLabels.isEmpty {
            writer.member("versionStages", secret.version.stagingLabels)
        }
        writer.member("createdDate", CalendarTime.javaText(of: secret.version.createdAt))
        writer.endObject()
        return Self.escapedForHTML(writer.bytes)
    }

    /// All that a Java buffer consists of, its bytes as signed numbers.
    private static func write(bufferOf bytes: [UInt8], to writer: inout JSONWriter) {
        writer.beginObject()
        writer.name("hb")
        writer.beginArray()
        for byte in bytes { writer.integer(Int64(Int8(bitPattern: byte))) }
        writer.endArray()
        writer.member("offset", 0)
        writer.member("isReadOnly", false)
        writer.member("bigEndian", true)
        writer.member("nativeByteOrder", false)
        writer.member("mark", -1)
        writer.member("position", 0)
        writer.member("limit", Int64(bytes.count))
        writer.member("capacity", Int64(bytes.count))
        writer.member("address", 8)
        writer.endObject()
    }

    /// Gson also escapes what means something in HTML, and two ends of lines; JSON itself is written
    /// without any of them.
    private static func escapedForHTML(_ json: [UInt8]) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(json.count)
        for byte in json {
            switch byte {
            case UInt8(ascii: "&"): text += "\\u0026".utf8
            case UInt8(ascii: "'"): text += "\\u0027".utf8
            case UInt8(ascii: "<"): text += "\\u003c".utf8
            case UInt8(ascii: "="): text += "\\u003d".utf8
            case UInt8(ascii: ">"): text += "\\u003e".utf8
            case 0xA8 where text.suffix(2) == [0xE2, 0x80]:
                text.removeLast(2)
                text += "\\u2028".utf8
            case 0xA9 where text.suffix(2) == [0xE2, 0x80]:
                text.removeLast(2)
                text += "\\u2029".utf8
            default: text.append(byte)
            }
        }
        return text
    }
}
