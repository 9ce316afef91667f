/// Tags as a request carries them.
struct TagList: Sendable {
    private let members: [(key: String?, value: String?)]

    /// Nil when the request has no such member.
    init?(_ name: String, from members: inout Members) throws(APIError) {
        let list = try members.structures(name) { member throws(APIError) in
            (key: try member.string("Key"), value: try member.string("Value"))
        }
        guard let list else { return nil }
        self.members = list
    }

    func constrain(_ constraints: inout Constraints) {
        for (index, tag) in members.enumerated() {
            let path = "tags.\(index + 1).member"
            constraints.require(tag.key, at: "\(path).key")
            constraints.length(of: tag.key, 1...128, at: "\(path).key")
            constraints.length(of: tag.value, 0...256, at: "\(path).value")
        }
    }

    /// The keys and values as they were sent.
    var pairs: [(key: String, value: String)] {
        members.map { (key: $0.key ?? "", value: $0.value ?? "") }
    }

    /// The tags, unless one is reserved or named twice.
    func tags() throws(APIError) -> [Tag] {
        var tags: [Tag] = []
        var keys: Set<String> = []
        for member in members {
            let tag = Tag(key: member.key ?? "", value: member.value ?? "")
            guard !tag.isReserved else { throw .reservedTagKey }
            guard keys.insert(tag.key).inserted else { throw .duplicateTagKey }
            tags.append(tag)
        }
        guard tags.count <= Tag.maximumPerSecret else { throw .tooManyTags }
        return tags
    }
}
