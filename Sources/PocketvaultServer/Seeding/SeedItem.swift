internal import AWS
internal import Notation

/// What a seed document describes one of: a key, a policy, a user, a role, the root's access keys, or
/// a secret.
protocol SeedItem: Sendable {
    var kind: SeedKind { get }
    /// As people know it; empty for the root.
    var name: String { get }
    var scope: Scope { get }
    /// Where it stands, for errors.
    var place: SeedPlace { get }

    /// Makes it, unless it is there.
    ///
    /// - Returns: whether there was anything to do.
    func make(in vault: any VaultWriting, _ moment: SeedMoment) throws(APIError) -> Bool

    /// How the vault differs from what the document names; what it does not name may be as it is.
    func difference(
        from vault: any VaultReading,
        _ plan: SeedPlan
    ) throws(APIError) -> SeedDifference

    /// Makes the parts that differ as the document has them.
    func change(
        _ parts: [String],
        in vault: any VaultWriting,
        _ moment: SeedMoment
    ) throws(APIError)
}

/// The kinds of what seed documents describe.
enum SeedKind: String, Sendable, CaseIterable {
    case key, policy, root, role, user, secret
}

/// When seeds are applied, and where their chance comes from.
struct SeedMoment: Sendable {
    let now: Timestamp
    let randomness: Randomness
}

/// How something in the vault differs from what a document says of it.
enum SeedDifference: Sendable, Equatable {
    /// It is not there.
    case missing
    /// These parts are not as they should be; none when all are.
    case parts([String])
    /// It is there, and no change would make it what it should be.
    case refused(SeedError)
}

extension SeedItem {
    /// The error of what happened while this was written, with its place in the document.
    func located(_ error: APIError) -> APIError {
        guard error.code != .internalServiceError, error.cause == nil else { return error }
        let reason = error.message ?? error.code.rawValue
        return .seedNotApplicable(cause: place.error(reason).description)
    }
}
