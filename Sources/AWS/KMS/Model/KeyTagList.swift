internal import JSON

/// Tags as a request to KMS carries them: AWS calls their members differently here.
struct KeyTagList: Sendable {
    private let members: [(key: String?, value: String?)]

    /// Nil when the request has no such member.
    init?(_ name: String, from members: inout Members) throws(APIError) {
        let list = try members.structures(name) { member throws(APIError) in
            (key: try member.string("TagKey"), value: try member.string("TagValue"))
        }
        guard let list else { return nil }
        self.members = list
    }

    func constrain(_ constraints: inout Constraints) {
        for (index, tag) in members.enumerated() {
            let path = "tags.\(index + 1).member"
            constraints.require(tag.key, at: "\(path).tagKey")
            constraints.length(of: tag.key, 1...128, at: "\(path).tagKey")
            constraints.require(tag.value, at: "\(path).tagValue")
            constraints.length(of: tag.value, 0...256, at: "\(path).tagValue")
        }
    }

    /// The tags, unless one is reserved or named twice.
    func tags() throws(APIError) -> [Tag] {
        var tags: [Tag] = []
        var keys: Set<String> = []
        for member in members {
            let tag = Tag(key: member.key ?? "", value: member.value ?? "")
            guard !tag.isReserved else { throw .reservedKeyTag }
            guard keys.insert(tag.key).inserted else { throw .duplicateKeyTag }
            tags.append(tag)
        }
        guard tags.count <= Tag.maximumPerSecret else { throw .tooManyKeyTags }
        return tags
    }
}

/// A tag as an answer of KMS shows it.
struct KeyTag: JSONWritable {
    let tag: Tag

    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("TagKey", tag.key)
        writer.member("TagValue", tag.value)
        writer.endObject()
    }
}
