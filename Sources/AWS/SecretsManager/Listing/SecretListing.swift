internal import Notation

/// A question for secrets, answered page by page.
///
/// Filters that no index serves are answered in bounded steps: a page may come short, or empty,
/// with a NextToken, as AWS may do.
struct SecretListing: Sendable {
    let scope: Scope
    let order: SecretOrder
    let filters: [SecretFilter]
    let includesPlannedDeletion: Bool

    struct Page {
        let secrets: [Secret]
        /// Nil when there is no more.
        let next: SecretPosition?
    }

    /// The page of at most `limit` secrets that begins after a position, or at the beginning.
    func page(
        after position: SecretPosition?,
        limit: Int,
        _ vault: any VaultReading
    ) throws(APIError) -> Page {
        if let candidates = try candidatesByName(vault) {
            return try page(of: candidates, after: position, limit: limit, vault)
        }
        var page = PageInProgress(limit: limit, position: position)
        let step = filters.isEmpty && includesPlannedDeletion ? limit + 1 : 250
        while page.examined < SecretListing.maximumExamined {
            let batch = try vault.secrets(
                in: scope,
                sortedBy: order,
                after: page.position,
                limit: step
            )
            for secret in batch {
                let place = SecretPosition(of: secret, in: order)
                guard page.take(secret, at: place, matching: try matches(secret, vault)) else {
                    return Page(secrets: page.secrets, next: page.position)
                }
            }
            if batch.count < step { return Page(secrets: page.secrets, next: nil) }
        }
        return Page(secrets: page.secrets, next: page.position)
    }

    /// All secrets whose name has the prefix that a filter asks for, when they are few enough to
    /// be sorted here.
    private func candidatesByName(_ vault: any VaultReading) throws(APIError) -> [Secret]? {
        let prefixes = filters.compactMap(\.namePrefix).filter { !$0.isEmpty }
        guard let prefix = prefixes.max(by: { $0.utf8.count < $1.utf8.count }) else { return nil }
        let limit = SecretListing.maximumExamined + 1
        let candidates = try vault.secrets(in: scope, namePrefix: prefix, limit: limit)
        return candidates.count < limit ? candidates : nil
    }

    private func page(
        of candidates: [Secret],
        after position: SecretPosition?,
        limit: Int,
        _ vault: any VaultReading
    ) throws(APIError) -> Page {
        let placed = candidates.map { (secret: $0, place: SecretPosition(of: $0, in: order)) }
        let sorted = placed.sorted { left, right in precedes(left.place, right.place) }
        var page = PageInProgress(limit: limit, position: position)
        for (secret, place) in sorted {
            if let position, !precedes(position, place) { continue }
            guard page.take(secret, at: place, matching: try matches(secret, vault)) else {
                return Page(secrets: page.secrets, next: page.position)
            }
        }
        return Page(secrets: page.secrets, next: nil)
    }

    private func precedes(_ left: SecretPosition, _ right: SecretPosition) -> Bool {
        order.ascending ? left.precedes(right) : right.precedes(left)
    }

    private func matches(_ secret: Secret, _ vault: any VaultReading) throws(APIError) -> Bool {
        guard includesPlannedDeletion || secret.deletedAt == nil else { return false }
        guard !filters.isEmpty else { return true }
        let tags = filters.contains(where: \.needsTags) ? try vault.tags(of: secret) : []
        return filters.allSatisfy { $0.matches(secret, tags: tags) }
    }

    /// The most secrets that one page looks at.
    static let maximumExamined = 2_000

    /// What the NextToken of this question is bound to.
    var fingerprintText: String {
        var text = "\(scope.account)|\(scope.region)|\(order.key.rawValue)|\(order.ascending)"
        text += "|\(includesPlannedDeletion)"
        for filter in filters {
            text += "|\(filter.key.rawValue)"
            for value in filter.values {
                // With its length, for a value may hold the signs that stand between values.
                text += "=\(value.text.utf8.count)\(value.isNegated ? "!" : ":")\(value.text)"
            }
        }
        return text
    }
}

/// A page while it fills.
private struct PageInProgress {
    let limit: Int
    /// Of the last secret that is done with.
    var position: SecretPosition?
    var secrets: [Secret] = []
    var examined = 0

    /// Takes the next secret; false when the page is full and another match is waiting.
    mutating func take(
        _ secret: Secret,
        at place: SecretPosition,
        matching isMatch: Bool
    ) -> Bool {
        examined += 1
        if isMatch {
            guard secrets.count < limit else { return false }
            secrets.append(secret)
        }
        position = place
        return true
    }
}
