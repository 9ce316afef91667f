/// What one environment lacks and all others of its application have: secrets, and members of JSON
/// values.
struct MissingKeys {
    /// A secret in its environment.
    private struct Entry {
        let secret: Secret
        let environment: String
        let place: SecretEnvironment.Place
        let memberNames: Set<String>?
    }

    private let applications: [String: [Entry]]

    init(_ examined: [ExaminedSecret]) {
        let entries = examined.compactMap { found -> Entry? in
            guard let environment = found.environment, let place = environment.place else {
                return nil
            }
            return Entry(
                secret: found.secret,
                environment: environment.name,
                place: place,
                memberNames: found.content?.memberNames
            )
        }
        applications = Dictionary(grouping: entries, by: \.place.application)
    }

    var findings: [PracticeFinding] {
        applications.values.flatMap { entries in
            let byEnvironment = Dictionary(grouping: entries, by: \.environment)
            let byKey = Dictionary(grouping: entries, by: \.place.comparedKey)
            return byKey.values.flatMap { siblings in
                missingSecret(siblings, byEnvironment) + missingMembers(siblings)
            }
        }
    }

    /// The environment that lacks the secret, when it is one.
    private func missingSecret(
        _ siblings: [Entry],
        _ byEnvironment: [String: [Entry]]
    ) -> [PracticeFinding] {
        let having = Set(siblings.map(\.environment))
        let lacking = byEnvironment.keys.filter { !having.contains($0) }
        guard lacking.count == 1, let part = byEnvironment[lacking[0]]?.first?.place.part else {
            return []
        }
        let others = siblings.map(\.secret.name).sorted()
        return [
            PracticeFinding(
                .missingKey,
                siblings[0].place.sibling(part),
                arn: nil,
                "is not there, as \(others.joined(separator: ", ")) "
                    + (others.count == 1 ? "is" : "are"),
                others: others
            )
        ]
    }

    /// The secrets that lack a member which all others have.
    ///
    /// A member is named when two have it: what two values share is a name, while the names of one
    /// may be secret themselves.
    private func missingMembers(_ siblings: [Entry]) -> [PracticeFinding] {
        let objects = siblings.compactMap { entry in
            entry.memberNames.map { (secret: entry.secret, names: $0) }
        }
        guard objects.count == siblings.count, objects.count > 1 else { return [] }
        let all = objects.reduce(into: Set<String>()) { $0.formUnion($1.names) }
        return all.sorted().compactMap { name in
            let lacking = objects.filter { !$0.names.contains(name) }
            guard lacking.count == 1 else { return nil }
            let others = objects.filter { $0.names.contains(name) }.map(\.secret.name).sorted()
            let what = others.count > 1 ? "the key \(name)" : "a key"
            return PracticeFinding(
                .missingKey,
                lacking[0].secret,
                "its JSON lacks \(what) that \(others.joined(separator: ", ")) "
                    + (others.count > 1 ? "have" : "has"),
                others: others
            )
        }
    }
}
