/// Tags as a request carries them.
struct TagList: Sendable {
    private let members: [(key: String?, value: String?)]
    private let rules: TagRules

    /// Nil when the request has no such member.
    init?(_ name: String, _ rules: TagRules, from members: inout Members) throws(APIError) {
        let list = try members.structures(name) { member throws(APIError) in
            (
                key: try member.string(rules.keyMember),
                value: try member.string(rules.valueMember)
            )
        }
        guard let list else { return nil }
        self.members = list
        self.rules = rules
    }

    func constrain(_ constraints: inout Constraints) {
        if rules.boundsCount { constraints.count(ofTags: members.count) }
        let told = rules.boundsCount ? members.prefix(Tag.maximumCount) : members[...]
        for (index, tag) in told.enumerated() {
            let keyPath = "tags.\(index + 1).member.\(lowerCamel(rules.keyMember))"
            let valuePath = "tags.\(index + 1).member.\(lowerCamel(rules.valueMember))"
            if rules.missingKey == nil { constraints.require(tag.key, at: keyPath) }
            constraints.length(of: tag.key, 1...128, at: keyPath)
            if rules.needsValue { constraints.require(tag.value, at: valuePath) }
            constraints.length(of: tag.value, 0...256, at: valuePath)
        }
    }

    var isEmpty: Bool { members.isEmpty }

    /// The keys and values as they were sent.
    var pairs: [(key: String, value: String)] {
        members.map { (key: $0.key ?? "", value: $0.value ?? "") }
    }

    /// The tags, put over those that are there.
    ///
    /// - Throws: the service's refusal of a tag without a key, of a reserved key, of one that is named
    ///   twice, and of too many.
    func tags(over present: [Tag] = []) throws(APIError) -> [Tag] {
        if let missingKey = rules.missingKey, members.contains(where: { $0.key == nil }) {
            throw missingKey
        }
        return try rules.merge(pairs.map { Tag(key: $0.key, value: $0.value) }, over: present)
    }
}
