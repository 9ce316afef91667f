/// Tags as a request to IAM carries them: their keys do not tell capital letters from small ones.
struct IAMTagList: Sendable {
    private let members: [(key: String?, value: String?)]

    /// Nil when the request has no such member.
    init?(from members: inout Members) throws(APIError) {
        let list = try members.structures("Tags") { member throws(APIError) in
            (key: try member.string("Key"), value: try member.string("Value"))
        }
        guard let list else { return nil }
        self.members = list
    }

    func constrain(_ constraints: inout Constraints) {
        constraints.count(ofTags: members.count)
        for (index, tag) in members.prefix(Tag.maximumPerSecret).enumerated() {
            let path = "tags.\(index + 1).member"
            constraints.require(tag.key, at: "\(path).key")
            constraints.length(of: tag.key, 1...128, at: "\(path).key")
            constraints.require(tag.value, at: "\(path).value")
            constraints.length(of: tag.value, 0...256, at: "\(path).value")
        }
    }

    /// The keys and values as they were sent.
    var pairs: [(key: String, value: String)] {
        members.map { (key: $0.key ?? "", value: $0.value ?? "") }
    }

    /// The tags, put over those that are there.
    func tags(over present: [Tag] = []) throws(APIError) -> [Tag] {
        var keys: Set<String> = []
        let tags = pairs.map { Tag(key: $0.key, value: $0.value) }
        for tag in tags {
            guard !tag.isReserved else { throw .reservedIAMTags }
            guard keys.insert(tag.key.lowercased()).inserted else { throw .invalidIAMTags }
        }
        var merged = present
        for tag in tags {
            let place = merged.firstIndex { $0.key.lowercased() == tag.key.lowercased() }
            if let place { merged[place] = tag } else { merged.append(tag) }
        }
        guard merged.count <= Tag.maximumPerSecret else { throw .tooManyIAMTags }
        return merged
    }

    /// `tags` without those of some keys.
    static func removing(_ keys: [String], from tags: [Tag]) -> [Tag] {
        let keys = Set(keys.map { $0.lowercased() })
        return tags.filter { !keys.contains($0.key.lowercased()) }
    }
}

extension Permission {
    /// The tags of a request to IAM.
    mutating func set(requestTags tags: IAMTagList?) {
        guard let tags else { return }
        for (key, value) in tags.pairs { set("aws:RequestTag/\(key)", value) }
        set("aws:TagKeys", all: tags.pairs.map(\.key))
    }
}
