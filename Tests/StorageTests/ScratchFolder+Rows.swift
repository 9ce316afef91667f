import AWS
import Cryptography

@testable import Storage

extension ScratchFolder {
    /// Makes a vault with a row in every table.
    ///
    /// - Returns: the file as the server leaves it.
    func fillAllTables() throws -> [UInt8] {
        let vault = try open()
        try vault.change { vault throws(APIError) in
            for account in ["000000000000", "111111111111"] {
                try vault.insertOneOfEach(in: account)
            }
            let secret = try vault.insertSample(.sample("driftsentry/prod/database"))
            try vault.insertVersion("second-version", of: secret, value: .text("new"), at: .noon)
            try vault.setStagingLabels(
                StagingLabels(["AWSCURRENT": "second-version", "AWSPREVIOUS": "first-version"]),
                of: secret
            )
            _ = try vault.takeSnapshot(NewSnapshot(name: "a", account: nil, takenAt: .noon))
            try vault.append(.sample("a call"))
        }
        vault.close()
        return contents(of: "vault.db")
    }

    /// What an opening is refused with; nil when it is not.
    func openingRefusal() -> VaultOpeningError? {
        do {
            try open().close()
            return nil
        } catch {
            return error as? VaultOpeningError
        }
    }
}
