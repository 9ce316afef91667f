package import JSON

/// A tag of something; its key is unique there.
package struct Tag: Sendable, Hashable {
    package let key: String
    package let value: String

    package init(key: String, value: String) {
        self.key = key
        self.value = value
    }

    /// The most tags that one thing may have.
    static let maximumCount = 50

    /// What a member `Tags` holds for these.
    static func members(_ tags: [Tag]) -> JSONValue {
        .array(
            tags.map { tag in
                .object(JSONObject([("Key", .string(tag.key)), ("Value", .string(tag.value))]))
            }
        )
    }

    /// Why a key that is reserved cannot be taken, for people.
    static let reservedKeySentence = "keys that begin with aws: belong to AWS; choose another"

    /// Whether AWS keeps the key to itself: `aws:` in any case.
    var isReserved: Bool { key.utf8.count >= 4 && key.prefix(4).lowercased() == "aws:" }
}

extension Tag: JSONWritable {
    package func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.name("Key")
        writer.string(key)
        writer.name("Value")
        writer.string(value)
        writer.endObject()
    }
}
