internal import AWS
internal import JSON
internal import Notation

/// Reads one of `keys`.
struct SeedKeyReader {
    let members: SeedMembers
    /// The document's.
    let scope: Scope

    private static let memberNames = [
        "id", "region", "aliases", "description", "policy", "tags", "rotationPeriodInDays",
        "enabled", "multiRegion", "deletionDate",
    ]

    func key() throws(SeedError) -> SeedKey {
        try members.allow(SeedKeyReader.memberNames)
        let scope = try members.scope(in: scope)
        let aliases = try aliases()
        let deletionDate = try members.moment("deletionDate")
        if deletionDate != nil, members.object["enabled"] != nil {
            throw members.error("enabled", "is for a key that is not to be deleted; remove it")
        }
        return SeedKey(
            id: try id(aliases, scope),
            scope: scope,
            description: try description(),
            aliases: aliases,
            policy: try policy(),
            tags: try members.tags { KeyRules.breach(tags: $0) },
            rotationPeriodInDays: try rotationPeriod(),
            isEnabled: try members.boolean("enabled") ?? true,
            isMultiRegion: try members.boolean("multiRegion") ?? false,
            deletionDate: deletionDate,
            place: SeedPlace(source: members.source, path: members.path)
        )
    }

    private func id(_ aliases: [String], _ scope: Scope) throws(SeedError) -> String {
        guard let id = try members.string("id") else {
            guard let alias = aliases.first else {
                throw members.error(nil, "a key needs an id, or an alias that its id follows from")
            }
            return StableIdentifier.key(alias, scope)
        }
        let isMultiRegion = try members.boolean("multiRegion") ?? false
        guard KeyARN.isKeyID(id), id.hasPrefix("mrk-") == isMultiRegion else {
            throw members.error(
                "id",
                "must be a UUID, or mrk- and 32 hexadecimal digits with \"multiRegion\": true"
            )
        }
        return id
    }

    private func aliases() throws(SeedError) -> [String] {
        let aliases = try members.strings("aliases") ?? []
        guard aliases.count <= KeyRules.maximumAliases, Set(aliases).count == aliases.count else {
            throw members.error(
                "aliases",
                "a key has \(KeyRules.maximumAliases) different aliases at most"
            )
        }
        for alias in aliases {
            if let breach = KeyRules.breach(alias: alias) { throw members.error("aliases", breach) }
        }
        return aliases
    }

    private func description() throws(SeedError) -> String? {
        guard let text = try members.string("description") else { return nil }
        if let breach = KeyRules.breach(description: text) {
            throw members.error("description", breach)
        }
        return text
    }

    private func policy() throws(SeedError) -> String? {
        guard let text = try members.document("policy") else { return nil }
        if let breach = KeyRules.breach(policy: text) { throw members.error("policy", breach) }
        return KeyPolicy.storedText(text)
    }

    private func rotationPeriod() throws(SeedError) -> Int64? {
        guard let days = try members.integer("rotationPeriodInDays") else { return nil }
        if let breach = KeyRules.breach(rotationPeriodInDays: days) {
            throw members.error("rotationPeriodInDays", breach)
        }
        return days
    }
}
