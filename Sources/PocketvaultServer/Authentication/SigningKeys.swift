internal import Notation
internal import SignatureV4
internal import Threads

/// Signing keys that were derived before: four codes that are the same for every request of a key, a
/// day, a region and a service.
final class SigningKeys: Sendable {
    private struct Entry {
        /// A key id may come back with another secret.
        let secretAccessKey: String
        let signingKey: [UInt8]
    }

    private static let limit = 256

    private let entries = Locked<[CredentialScopeKey: Entry]>([:])

    private struct CredentialScopeKey: Hashable {
        let accessKeyID: String
        let date: String
        let region: String
        let service: String
    }

    func key(
        of secretAccessKey: String,
        for credential: CredentialParts
    ) -> [UInt8] {
        let scope = CredentialScopeKey(
            accessKeyID: credential.accessKeyID,
            date: credential.date,
            region: credential.region,
            service: credential.service
        )
        if let entry = entries.withLock({ $0[scope] }), entry.secretAccessKey == secretAccessKey {
            return entry.signingKey
        }
        let key = Signature.signingKey(of: secretAccessKey, for: credential)
        entries.withLock { entries in
            if entries.count >= SigningKeys.limit { entries.removeAll() }
            entries[scope] = Entry(secretAccessKey: secretAccessKey, signingKey: key)
        }
        return key
    }
}
