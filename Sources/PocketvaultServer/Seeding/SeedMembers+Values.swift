internal import AWS
internal import JSON
internal import Notation

/// Members that several kinds of things have.
extension SeedMembers {
    /// The account of the document and the region that is named here, or else the document's.
    func scope(in document: Scope) throws(SeedError) -> Scope {
        guard let region = try string("region") else { return document }
        guard Region.isName(region) else {
            throw error("region", "must be the name of a region, as us-east-1")
        }
        return Scope(account: document.account, region: region)
    }

    /// A moment as ISO 8601 has it.
    func moment(_ name: String) throws(SeedError) -> Timestamp? {
        guard let text = try string(name) else { return nil }
        guard let moment = Timestamp(text: text) else {
            throw error(name, "must be a moment, as 2026-11-24T10:00:00Z")
        }
        return moment
    }

    /// A policy document, as JSON or as its text; nil when it is missing.
    func document(_ name: String) throws(SeedError) -> String? {
        switch object[name] {
        case nil: nil
        case .string(let text): text
        case .object(let object): object.jsonText()
        default: throw error(name, "must be a policy document")
        }
    }

    /// The member `tags`: an object of strings, which `breach` holds to the rules tag by tag.
    func tags(_ breach: ([Tag]) -> String?) throws(SeedError) -> [Tag]? {
        guard let object = try object("tags") else { return nil }
        var tags: [Tag] = []
        for name in object.object.members.map(\.name) {
            tags.append(Tag(key: name, value: try object.string(name) ?? ""))
            if let breach = breach(tags) { throw object.error(name, breach) }
        }
        return tags
    }
}

extension PolicyText {
    /// Whether two policies say the same, however they are written.
    static func isSame(_ left: String, _ right: String) -> Bool {
        if left == right { return true }
        guard let left = try? JSONParser.parse(left), let right = try? JSONParser.parse(right)
        else { return false }
        return left == right
    }
}
