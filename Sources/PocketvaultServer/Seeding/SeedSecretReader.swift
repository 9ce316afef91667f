internal import AWS
internal import JSON
internal import Notation

/// Reads one secret of a seed document.
struct SeedSecretReader {
    let members: SeedMembers
    /// The region of the secret; the document's, unless it names one.
    let scope: Scope

    init(members: SeedMembers, scope: Scope) throws(SeedError) {
        self.members = members
        self.scope = try members.scope(in: scope)
    }

    private static let memberNames = [
        "name", "region", "description", "value", "binary", "generate", "once", "versions", "tags",
        "kmsKeyId", "arnSuffix", "type", "owningService", "rotation", "policy", "replicas",
        "deletionDate",
    ]

    func secret() throws(SeedError) -> SeedSecret {
        try members.allow(SeedSecretReader.memberNames)
        guard let name = try checked("name", as: "Name") else {
            throw members.error(nil, "the member name is missing")
        }
        let type = try type()
        let owningService = try owningService()
        return SeedSecret(
            name: name,
            scope: scope,
            description: try checked("description", as: "Description"),
            kmsKeyID: try checked("kmsKeyId", as: "KmsKeyId"),
            type: type,
            owningService: owningService,
            rotation: try members.object("rotation").map { members throws(SeedError) in
                try SeedRotationReader(
                    members: members,
                    type: type,
                    owningService: owningService
                ).rotation()
            },
            policy: try policy(),
            tags: try tags(isServiceOwned: owningService != nil),
            versions: try versions(),
            replicas: try replicas(),
            arnSuffix: try arnSuffix(),
            deletionDate: try deletionDate(),
            place: SeedPlace(source: members.source, path: members.path + ["name"])
        )
    }

    /// A string that CreateSecret would take as its member `apiName`.
    private func checked(_ name: String, as apiName: String) throws(SeedError) -> String? {
        guard let text = try members.string(name) else { return nil }
        if let breach = SecretRules.breach(apiName, .string(text)) {
            throw members.error(name, breach)
        }
        return text
    }

    private func type() throws(SeedError) -> String? {
        guard let type = try members.string("type") else { return nil }
        do throws(APIError) {
            return try ExternalSecretType.stored(type)
        } catch {
            throw members.error("type", "must be the name of a partner's type, as SnowflakePat")
        }
    }

    private func owningService() throws(SeedError) -> String? {
        guard let service = try members.string("owningService") else { return nil }
        guard (1...128).contains(service.utf8.count), SecretName.isValid(service) else {
            throw members.error("owningService", "must be the name of an AWS service, as rds")
        }
        return service
    }

    private func arnSuffix() throws(SeedError) -> String? {
        guard let suffix = try members.string("arnSuffix") else { return nil }
        guard suffix.count == 6, suffix.allSatisfy(SecretARN.suffixAlphabet.contains) else {
            throw members.error("arnSuffix", "must be six ASCII letters and digits")
        }
        return suffix
    }

    private func deletionDate() throws(SeedError) -> Timestamp? {
        guard let date = try members.moment("deletionDate") else { return nil }
        guard members.object["replicas"] == nil else {
            throw members.error(
                "deletionDate",
                "a secret with replicas cannot be scheduled for deletion; remove one of the two"
            )
        }
        return date
    }

    private func tags(isServiceOwned: Bool) throws(SeedError) -> [Tag]? {
        guard let object = try members.object("tags") else { return nil }
        var tags: [Tag] = []
        for member in object.object.members {
            guard let value = try object.string(member.name) else { continue }
            tags.append(Tag(key: member.name, value: value))
            if let breach = SecretRules.breach(
                tags: tags.suffix(1),
                isServiceOwned: isServiceOwned
            ) {
                throw object.error(member.name, breach)
            }
        }
        if let breach = SecretRules.breach(tags: tags, isServiceOwned: isServiceOwned) {
            throw members.error("tags", breach)
        }
        return tags
    }

    private func versions() throws(SeedError) -> [SeedVersion] {
        guard let list = try members.objects("versions") else {
            let place = SeedPlace(source: members.source, path: members.path + ["name"])
            return try SeedVersionReader(members: members).value().map { value in
                [SeedVersion(id: nil, value: value, stagingLabels: [], place: place)]
            } ?? []
        }
        for name in SeedVersionReader.valueNames + ["once"] where members.object[name] != nil {
            throw members.error(name, "is for a secret without versions; move it into versions")
        }
        guard list.count <= SeedSecretReader.maximumVersions else {
            throw members.error(
                "versions",
                "a secret has \(SeedSecretReader.maximumVersions) versions at most"
            )
        }
        var versions: [SeedVersion] = []
        var ids: Set<String> = []
        var labels: Set<String> = []
        for object in list {
            let version = try SeedVersionReader(members: object).version()
            if let id = version.id, !ids.insert(id).inserted {
                throw object.error("id", "another version of the secret has it; choose another")
            }
            for label in version.stagingLabels where !labels.insert(label).inserted {
                throw object.error("stages", "a staging label is at one version only")
            }
            versions.append(version)
        }
        guard labels.count <= SeedSecretReader.maximumStagingLabels else {
            let maximum = SeedSecretReader.maximumStagingLabels
            throw members.error("versions", "a secret has \(maximum) staging labels at most")
        }
        return versions
    }

    static let maximumVersions = 100
    /// AWSCURRENT and AWSPREVIOUS come by themselves and may need two of the 20.
    static let maximumStagingLabels = 18
}
