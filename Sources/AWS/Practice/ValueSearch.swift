/// Looks for the values of one account in texts.
///
/// The texts come to the vault and no value leaves it. The other way round, with digests of the
/// values, whoever has a digest could go on guessing at home.
package struct ValueSearch: Sendable {
    /// Whose value was found.
    package struct Owner: Sendable, Hashable {
        package let name: String
        package let arn: String
        /// Of the version, as in `AWSCURRENT`.
        package let stagingLabel: String
    }

    /// A value in a text.
    package struct Occurrence: Sendable {
        /// The number of the text, from 0.
        package let text: Int
        /// The byte with which it begins there.
        package let offset: Int
        package let owner: Owner
    }

    private struct Pattern {
        let bytes: [UInt8]
        let owner: Int
    }

    private var owners: [Owner] = []
    private var patterns: [Pattern] = []
    /// The patterns by their first eight bytes.
    private var byBeginning: [UInt64: [Int]] = [:]
    /// Whether any pattern begins with bytes of this hash: most places of a text are done with here.
    private var isBeginning = [Bool](repeating: false, count: 1 << 16)

    /// Takes up the values of all versions that have a staging label: those programs still get.
    package init(
        account: String,
        prefix: String,
        _ vault: any VaultReading
    ) throws(APIError) {
        var collected: [(Owner, Set<[UInt8]>)] = []
        try vault.forEachSecret(ofAccount: account, namePrefix: prefix) { secret throws(APIError) in
            guard !secret.isReplica else { return }
            for (id, labels) in try vault.stagingLabels(of: secret).byVersion {
                let isCurrent = labels.contains(StagingLabels.current)
                let label = isCurrent ? StagingLabels.current : labels[0]
                guard let value = try ValueSearch.value(id, of: secret, vault) else { continue }
                let owner = Owner(name: secret.name, arn: secret.arn.text, stagingLabel: label)
                collected.append((owner, SearchedValue.patterns(of: value)))
            }
        }
        for (owner, patterns) in collected { add(owner, patterns) }
    }

    private static func value(
        _ id: String,
        of secret: Secret,
        _ vault: any VaultReading
    ) throws(APIError) -> SecretValue? {
        do throws(APIError) {
            return try vault.open(.id(id), of: secret)?.value
        } catch {
            guard error.code == .internalServiceError else { return nil }
            throw error
        }
    }

    private mutating func add(_ owner: Owner, _ found: Set<[UInt8]>) {
        owners.append(owner)
        for bytes in found {
            let beginning = bytes.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            byBeginning[beginning, default: []].append(patterns.count)
            isBeginning[ValueSearch.hash(beginning)] = true
            patterns.append(Pattern(bytes: bytes, owner: owners.count - 1))
        }
    }

    /// Where values stand in the texts: each of a text once, where it stands first.
    package func occurrences(in texts: [[UInt8]]) -> [Occurrence] {
        texts.enumerated().flatMap { number, text in
            first(in: text).sorted { ($0.value, $0.key) < ($1.value, $1.key) }.map {
                owner,
                offset in
                Occurrence(text: number, offset: offset, owner: owners[owner])
            }
        }
    }

    private func first(in text: [UInt8]) -> [Int: Int] {
        var found: [Int: Int] = [:]
        var window: UInt64 = 0
        let span = text.span
        for end in span.indices {
            window = window << 8 | UInt64(span[end])
            guard end >= 7, isBeginning[ValueSearch.hash(window)],
                let candidates = byBeginning[window]
            else { continue }
            let start = end - 7
            for number in candidates where found[patterns[number].owner] == nil {
                let bytes = patterns[number].bytes
                if text[start...].starts(with: bytes) { found[patterns[number].owner] = start }
            }
        }
        return found
    }

    /// Sixteen bits that depend on all eight bytes.
    private static func hash(_ window: UInt64) -> Int {
        Int((window &* 0x9E37_79B9_7F4A_7C15) >> 48)
    }

    /// So many bytes at the end of a text must stand at the beginning of the next one too, where a
    /// file is cut into several.
    package static let overlap = SearchedValue.maximumLength - 1
}
