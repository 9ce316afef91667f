internal import Notation

/// What may be a name, and a word for a part of an answer.
enum ECSName {
    /// Up to 255 letters, numbers, underscores and hyphens.
    static func isValid(_ name: String) -> Bool {
        (1...255).contains(name.utf8.count)
            && name.utf8.allSatisfy { ASCII.isAlphanumeric($0) || "-_".utf8.contains($0) }
    }

    static func checkTags(_ tags: [Tag]) throws(APIError) {
        let keys = Set(tags.map(\.key))
        guard tags.count <= Tag.maximumCount, keys.count == tags.count,
            tags.allSatisfy({ tag in
                !tag.isReserved && (1...128).contains(tag.key.utf16.count)
                    && tag.value.utf16.count <= 256
            })
        else { throw .invalidECSTags }
    }

    /// The parts of an answer that a request asks for.
    static func parts<Part: RawRepresentable<String> & CaseIterable & Hashable>(
        _: Part.Type,
        _ include: [String]?
    ) throws(APIError) -> Set<Part> {
        var parts: Set<Part> = []
        for word in include ?? [] {
            guard let part = Part(rawValue: word) else {
                throw .notOneOf("include", Part.allCases.map(\.rawValue))
            }
            parts.insert(part)
        }
        return parts
    }

    /// Refuses a word that is none of those that there are.
    static func check(_ word: String?, _ member: String, _ words: [String]) throws(APIError) {
        if let word, !words.contains(word) { throw .notOneOf(member, words) }
    }
}

extension Permission {
    /// What makes something with these tags needs: the action, and with tags a permission to tag it.
    func creating(
        _ made: Target,
        _ action: ECSAction,
        with tags: [Tag]
    ) -> [Permission] {
        guard !tags.isEmpty else { return [self] }
        var own = self
        own.set(requestTags: tags)
        var tagging = Permission("\(ECS.signingName):TagResource", on: made)
        tagging.set(requestTags: tags)
        tagging.set("ecs:CreateAction", action.rawValue)
        return [own, tagging]
    }

    private mutating func set(requestTags tags: [Tag]) {
        for tag in tags { set("aws:RequestTag/\(tag.key)", tag.value) }
        set("aws:TagKeys", all: tags.map(\.key))
    }
}
