/// What the services have different about tags.
struct TagRules: Sendable {
    /// The names of the members of a tag.
    var keyMember = "Key"
    var valueMember = "Value"
    /// What a tag without a key is refused with; nil where the model itself demands one.
    var missingKey: APIError?
    /// Whether a tag must have a value.
    var needsValue = false
    /// Whether capital and small letters are the same in keys.
    var ignoresCase = false
    /// Whether the model bounds the number of tags in a request.
    var boundsCount = false
    /// For a key that AWS keeps to itself.
    let reservedKey: APIError
    /// For a key that a request names twice.
    let duplicateKey: APIError
    /// For what would have more than `Tag.maximumCount`.
    let tooMany: APIError

    /// `tags` with `additions` put over them: a known key gets the new value where it stands, a new
    /// one goes to the end.
    func merge(_ additions: [Tag], over tags: [Tag]) throws(APIError) -> [Tag] {
        var merged = tags
        var places: [String: Int] = [:]
        for (place, tag) in tags.enumerated() { places[spelled(tag.key)] = place }
        var named: Set<String> = []
        for tag in additions {
            guard !tag.isReserved else { throw reservedKey }
            guard named.insert(spelled(tag.key)).inserted else { throw duplicateKey }
            if let place = places[spelled(tag.key)] {
                merged[place] = tag
            } else {
                merged.append(tag)
            }
        }
        guard merged.count <= Tag.maximumCount else { throw tooMany }
        return merged
    }

    /// `tags` without those of some keys.
    func remove(_ keys: [String], from tags: [Tag]) -> [Tag] {
        let gone = Set(keys.map(spelled))
        return tags.filter { !gone.contains(spelled($0.key)) }
    }

    /// Refuses to remove what AWS keeps to itself.
    func checkRemovable(_ keys: [String]) throws(APIError) {
        for key in keys where Tag(key: key, value: "").isReserved { throw reservedKey }
    }

    private func spelled(_ key: String) -> String { ignoresCase ? key.lowercased() : key }
}
