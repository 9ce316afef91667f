internal import AWS
internal import Glibc

/// Why a vault was not opened, in words that say what to do.
///
/// Nothing in the vault was changed.
package struct VaultOpeningError: Error, Sendable, CustomStringConvertible {
    /// What is in the way.
    package enum Reason: Sendable, Equatable {
        case locked
        case readOnly
        case notAVault
        case newerSchema
        case wrongMasterKey
        case missingMasterKey
        case exposedMasterKey
        case malformedMasterKey
        case inaccessible
        case changedRows
    }

    package let reason: Reason
    /// A sentence or two for the person who starts the server; holds no key.
    package let description: String

    private init(_ reason: Reason, _ description: String) {
        self.reason = reason
        self.description = description
    }
}

extension VaultOpeningError {
    // MARK: Files

    static func locked(_ path: String) -> VaultOpeningError {
        VaultOpeningError(
            .locked,
            "\(path) is open in another process; which one cannot be told. Stop that process,"
                + " or use another database."
        )
    }

    static func readOnly(_ path: String) -> VaultOpeningError {
        VaultOpeningError(
            .readOnly,
            "\(path) cannot be written, and a vault must be. Give this user write permission on"
                + " the file and its folder, or use another database."
        )
    }

    static func inaccessible(_ path: String, _ doing: String, errno code: Int32)
        -> VaultOpeningError
    {
        switch code {
        case EACCES, EPERM, EROFS: return readOnly(path)
        default:
            let reason = String(cString: strerror(code))
            return VaultOpeningError(.inaccessible, "\(doing) \(path) failed: \(reason).")
        }
    }

    static func occupied(_ path: String) -> VaultOpeningError {
        VaultOpeningError(
            .inaccessible,
            "\(path) is there already, and a copy replaces nothing. Give another path."
        )
    }

    static func missing(_ path: String) -> VaultOpeningError {
        VaultOpeningError(.inaccessible, "\(path) is not there. Give the path of a vault.")
    }

    static func uncopied(_ path: String, _ error: any Error) -> VaultOpeningError {
        VaultOpeningError(.inaccessible, "\(path) was not copied: \(error).")
    }

    // MARK: What the database is

    static func notADatabase(_ path: String) -> VaultOpeningError {
        VaultOpeningError(
            .notAVault,
            "\(path) is not a database, or is damaged. Restore a backup, or use another path."
        )
    }

    static func foreign(_ path: String) -> VaultOpeningError {
        VaultOpeningError(
            .notAVault,
            "\(path) is the database of another application. Use another path."
        )
    }

    static func newerSchema(_ path: String, version: Int64) -> VaultOpeningError {
        VaultOpeningError(
            .newerSchema,
            "\(path) was written by a newer Pocketvault: its schema is version \(version), this"
                + " one knows up to \(Schema.version). Use that newer one."
        )
    }

    /// SQLite's own refusal at a database that should have opened.
    static func sqlite(_ error: SQLiteError, _ path: String) -> VaultOpeningError {
        switch SQLiteResult(error) {
        case .notADatabase: notADatabase(path)
        case .readOnly: readOnly(path)
        case .busy: locked(path)
        case .other: VaultOpeningError(.inaccessible, "\(path) cannot be opened: \(error)")
        }
    }

    static func unfit(_ path: String, _ what: String) -> VaultOpeningError {
        VaultOpeningError(
            .notAVault,
            "\(path) is \(what). Use another path, or remove what should not be there."
        )
    }

    static func emptied(_ path: String, _ keyPath: String) -> VaultOpeningError {
        VaultOpeningError(
            .notAVault,
            "\(path) is empty, and the key \(keyPath) beside it says that there was a vault."
                + " Restore a backup; or remove the empty file to begin anew."
        )
    }

    // MARK: The rows

    private static let wayOut = """
        Restore a backup; or, if the change is meant, start the server once with \
        --accept-changed-rows, which the audit trail will tell.
        """

    private static func changed(
        _ path: String,
        _ what: String,
        _ advice: String = wayOut
    ) -> VaultOpeningError {
        VaultOpeningError(
            .changedRows,
            "\(path) was changed by something else than Pocketvault\(what). \(advice)"
        )
    }

    static func changedRows(_ path: String, in tables: [String]) -> VaultOpeningError {
        changed(path, ", in: \(tables.joined(separator: ", "))")
    }

    /// Without it there is no way but a backup.
    static func changedTrailKey(_ path: String) -> VaultOpeningError {
        changed(path, ", in: \(Table.keyEncryptionKey.name)", "Restore a backup.")
    }

    static func withoutCheckValue(_ path: String) -> VaultOpeningError {
        changed(path, ": the check value of its master key is gone", "Restore a backup.")
    }

    static func unsealedRows(_ path: String) -> VaultOpeningError {
        changed(path, ": the seal of its rows is gone")
    }

    static func rowsOfAnotherTime(_ path: String) -> VaultOpeningError {
        changed(path, ": its rows and its audit trail are of different times")
    }

    // MARK: The master key

    static func unfitMasterKey(_ keyPath: String, _ what: String) -> VaultOpeningError {
        VaultOpeningError(
            .malformedMasterKey,
            "The master key file \(keyPath) is \(what). Give the path of a key file."
        )
    }

    static func wrongMasterKey(_ path: String) -> VaultOpeningError {
        VaultOpeningError(
            .wrongMasterKey,
            "The master key is not the one that \(path) was made with. Give the right one."
        )
    }

    static func needsPassphrase(_ path: String) -> VaultOpeningError {
        VaultOpeningError(
            .wrongMasterKey,
            "\(path) was made with a passphrase, not with a key. Give the passphrase."
        )
    }

    static func needsKey(_ path: String) -> VaultOpeningError {
        VaultOpeningError(
            .wrongMasterKey,
            "\(path) was made with a key, not with a passphrase. Give the key."
        )
    }

    static func missingMasterKey(_ keyPath: String, of path: String) -> VaultOpeningError {
        VaultOpeningError(
            .missingMasterKey,
            "The master key file \(keyPath) is not there, and without it \(path) cannot be read."
                + " Put the file back; a new key would not open what is stored."
        )
    }

    static func exposedMasterKey(_ keyPath: String) -> VaultOpeningError {
        VaultOpeningError(
            .exposedMasterKey,
            "Others can read the master key file \(keyPath). Run: chmod 600 \(keyPath)"
        )
    }

    static func malformedMasterKey(_ holder: String) -> VaultOpeningError {
        VaultOpeningError(
            .malformedMasterKey,
            "\(holder) does not hold a master key: 32 bytes, in base64. Make one with:"
                + " openssl rand -base64 32"
        )
    }

    static func starting(_ failure: VaultFailure) -> VaultOpeningError {
        VaultOpeningError(.inaccessible, "The vault cannot start: \(failure).")
    }

    static func underivableMasterKey(_ reason: String) -> VaultOpeningError {
        VaultOpeningError(
            .malformedMasterKey,
            "The master key cannot be made: \(reason)."
        )
    }
}
