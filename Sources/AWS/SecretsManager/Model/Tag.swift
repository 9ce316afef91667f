package import JSON

/// A tag of a secret, by a key that is case-sensitive and unique within the secret.
package struct Tag: Sendable, Hashable {
    package let key: String
    package let value: String

    package init(key: String, value: String) {
        self.key = key
        self.value = value
    }

    /// The most tags that a secret may have.
    static let maximumPerSecret = 50

    /// Whether AWS keeps the key to itself: `aws:` in any case.
    var isReserved: Bool { key.utf8.count >= 4 && key.prefix(4).lowercased() == "aws:" }

    /// `tags` with `additions` merged in: a known key gets the new value where it stands, a new
    /// one goes to the end.
    static func merge(_ additions: [Tag], into tags: [Tag]) -> [Tag] {
        var merged = tags
        for addition in additions {
            if let index = merged.firstIndex(where: { $0.key == addition.key }) {
                merged[index] = addition
            } else {
                merged.append(addition)
            }
        }
        return merged
    }
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
