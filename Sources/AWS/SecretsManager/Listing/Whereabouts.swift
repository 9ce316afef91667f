package import Notation

/// Where else a secret is that was not found: for the log, since the caller is told no more than AWS
/// tells.
package struct Whereabouts {
    /// So many worlds are looked into, and so many told.
    private static let maximumLooks = 100
    private static let maximumTold = 3

    /// The accounts and regions that have a secret of the name.
    package let scopes: [Scope]
    /// Where the caller looked.
    private let wanted: Scope

    /// Looks for a secret.
    ///
    /// - Parameters:
    ///   - secretID: as it was sent.
    ///   - scope: the caller's.
    ///   - vault: to look in.
    /// - Throws: InternalServiceError, when the vault cannot be read.
    package init(
        of secretID: String,
        notIn scope: Scope,
        _ vault: any VaultReading
    ) throws(APIError) {
        wanted = scope
        var found: [Scope] = []
        var last: Scope?
        let name = SecretARN.name(in: secretID) ?? secretID
        // It may be here, and lack a version of its own.
        let isHere = try vault.secret(at: .name(name, scope)) != nil
        for _ in 0..<Whereabouts.maximumLooks where !isHere && found.count < Whereabouts.maximumTold
        {
            guard let next = try vault.nextScope(after: last) else { break }
            last = next
            guard next != scope, AccountID.isValid(next.account) else { continue }
            if try vault.secret(at: .name(name, next)) != nil { found.append(next) }
        }
        scopes = found
    }

    /// As in `it is in eu-west-1`; nil when it is nowhere.
    package var sentence: String? {
        guard !scopes.isEmpty else { return nil }
        let places = scopes.map { scope in
            scope.account == wanted.account
                ? scope.region : "account \(scope.account), \(scope.region)"
        }
        return "it is in \(places.joined(separator: " and in ")), the call was for"
            + " \(wanted.region) of account \(wanted.account)"
    }
}
