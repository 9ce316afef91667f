/// Which environments share a value, or a secret member of a JSON value.
struct EqualValues {
    private let examined: [ExaminedSecret]

    init(_ examined: [ExaminedSecret]) {
        self.examined = examined.filter { $0.environment != nil }
    }

    /// Values are kept as numbers while others are read; where the numbers are equal the values are
    /// opened again, so that what is told is certain.
    func findings(_ vault: any VaultReading) throws(APIError) -> [PracticeFinding] {
        var byDigest: [Int: Set<Int>] = [:]
        for (index, found) in examined.enumerated() {
            for digest in found.content?.digests ?? [] {
                byDigest[digest, default: []].insert(index)
            }
        }
        let suspects = Set(
            byDigest.values.filter { isAcrossEnvironments($0) }.flatMap { $0 }
        )
        var groups: [ExaminedSecret.Comparable: Set<Int>] = [:]
        for index in suspects {
            let secret = examined[index].secret
            guard let value = try ExaminedSecret.value(of: secret, vault) else { continue }
            for comparable in ExaminedSecret.comparables(value, ValueParts(value)) {
                groups[comparable, default: []].insert(index)
            }
        }
        let equal = groups.filter { isAcrossEnvironments($0.value) }
        let whole = equal.filter { $0.key.member.isEmpty }.map(\.value)
        return equal.compactMap { comparable, indices in
            // Who has the same value has the same members.
            let isToldAlready =
                !comparable.member.isEmpty && whole.contains { indices.isSubset(of: $0) }
            return isToldAlready ? nil : finding(indices, isWhole: comparable.member.isEmpty)
        }
    }

    private func isAcrossEnvironments(_ indices: Set<Int>) -> Bool {
        Set(indices.compactMap { examined[$0].environment?.name }).count > 1
    }

    private func finding(_ indices: Set<Int>, isWhole: Bool) -> PracticeFinding {
        let secrets = indices.map { examined[$0].secret }.sorted { $0.name < $1.name }
        let others = secrets.dropFirst().map(\.name)
        return PracticeFinding(
            .sameValue,
            secrets[0],
            isWhole
                ? "has the same value as \(others.joined(separator: ", "))"
                : "shares a password, token or key with \(others.joined(separator: ", "))",
            others: others
        )
    }
}
