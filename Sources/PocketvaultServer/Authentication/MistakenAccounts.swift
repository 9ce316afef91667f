internal import Logging
internal import Notation
internal import Threads

/// Access key ids that somebody meant as accounts, and that are none.
///
/// Such calls go to the default account, where the workers of a parallel test run meet without
/// knowing it; so the log says it of each, once.
final class MistakenAccounts: Sendable {
    /// Whoever sends more of them has been told often enough.
    private static let limit = 1_000

    private let defaultAccount: String
    private let logger: Logger
    private let told = Locked(Set<String>())

    init(defaultAccount: String, logger: Logger) {
        self.defaultAccount = defaultAccount
        self.logger = logger
    }

    /// Says what becomes of an access key id that the vault does not know, if it looks mistaken.
    func look(at accessKeyID: String) {
        guard MistakenAccounts.isMistaken(accessKeyID), isNew(accessKeyID) else { return }
        logger.warning(
            """
            An access key id looks like an account and is none, so its calls go to the default \
            account: an account is exactly twelve digits.
            """,
            metadata: ["accessKeyID": "\(accessKeyID)", "account": "\(defaultAccount)"]
        )
    }

    private func isNew(_ accessKeyID: String) -> Bool {
        told.withLock { told in
            told.count < MistakenAccounts.limit && told.insert(accessKeyID).inserted
        }
    }

    /// Whether it is as long as an account and ends in digits, as a padded worker's name does
    /// (`gw0000000000`), or is a number of another length.
    static func isMistaken(_ accessKeyID: String) -> Bool {
        let bytes = accessKeyID.utf8
        // A quick look first: every mistaken id has nine characters or more and ends in six digits,
        // and hardly any other key id does.
        guard bytes.count >= 9, bytes.suffix(6).allSatisfy(ASCII.isDigit) else { return false }
        guard bytes.allSatisfy(ASCII.isDigit) else { return accessKeyID.count == 12 }
        return bytes.count <= 15 && bytes.count != 12
    }
}
