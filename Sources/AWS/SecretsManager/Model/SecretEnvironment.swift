/// Which environment a secret belongs to, by its tag `Environment` and by the part of its name that
/// says the same: `driftsentry/stage/redis-url`, tagged `staging`.
struct SecretEnvironment: Hashable {
    /// As in `staging`, whichever of its names was used.
    let name: String
    /// Where the name says it; nil when only the tag does.
    let place: Place?

    /// A name around the part that says the environment.
    struct Place: Hashable {
        /// What stands before that part, as in `driftsentry`.
        let application: String
        /// The part itself, as in `stage`.
        let part: String
        /// What stands after it, as in `redis-url`.
        let key: String

        /// The key as it is compared: teams write `DATABASE_URL` here and `database-url` there.
        var comparedKey: String { key.lowercased().map { $0 == "-" ? "_" : "\($0)" }.joined() }

        /// What the secret of the same key in another environment is called.
        func sibling(_ part: String) -> String {
            [application, part, key].filter { !$0.isEmpty }.joined(separator: "/")
        }
    }

    /// Nil when neither the name nor a tag tells.
    init?(ofSecretNamed secretName: String, tags: [Tag]) {
        let tag = SecretEnvironment.tag(among: tags)?.value
        let parts = secretName.split(separator: "/", omittingEmptySubsequences: false).map(
            String.init
        )
        let wanted = tag.map(SecretEnvironment.canonical)
        let index =
            parts.firstIndex { SecretEnvironment.canonical($0) == wanted }
            ?? parts.firstIndex { SecretEnvironment.names[$0.lowercased()] != nil }
        guard let name = wanted ?? index.map({ SecretEnvironment.canonical(parts[$0]) }),
            !name.isEmpty
        else { return nil }
        self.name = name
        place = index.map { index in
            Place(
                application: parts[..<index].joined(separator: "/"),
                part: parts[index],
                key: parts[(index + 1)...].joined(separator: "/")
            )
        }
    }

    /// The tag that says the environment.
    static func tag(among tags: [Tag]) -> Tag? {
        tags.first { ["environment", "env"].contains($0.key.lowercased()) && !$0.value.isEmpty }
    }

    /// One name for those that mean the same.
    private static func canonical(_ name: String) -> String {
        let name = name.lowercased()
        return names[name] ?? name
    }

    private static let names: [String: String] = {
        let synonyms = [
            ["production", "prod", "prd", "live"], ["staging", "stage", "stg"],
            ["development", "develop", "dev"], ["test", "testing"], ["integration", "int"],
            ["acceptance", "uat"], ["preproduction", "preprod", "pre-prod"],
            ["local"], ["qa"], ["sandbox"], ["preview"], ["demo"],
        ]
        var names: [String: String] = [:]
        for list in synonyms { for name in list { names[name] = list[0] } }
        return names
    }()
}
