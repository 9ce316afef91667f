internal import AWS
internal import HTTPServer
internal import JSON
internal import Notation
internal import Storage

/// What is done with the vault's file: `GET /_pocketvault/backup` and `POST /_pocketvault/key/rotate`.
///
/// Where signatures are verified, only the root of the server's own account may.
struct StoreControl: Sendable {
    let store: SQLiteVault
    /// Whether the vault and its key are gone with the process.
    let isPassing: Bool
    let access: ControlAccess
    let work: ControlWork

    /// Answers a consistent copy of the vault, sealed as it is.
    ///
    /// The copy goes to who asks and to no path of the server's: whoever may name a file there could
    /// write where the server may.
    @Sendable func backup(_ request: HTTPRequest, _ reply: @escaping Reply) {
        work.run(reply) { () throws(ControlOrder.Refusal) in
            try access.requireOwner(request)
            guard !isPassing else {
                throw ControlOrder.Refusal(
                    "This vault is in memory, and its master key is gone with the server: nothing"
                        + " would open a copy. Give the server a key in POCKETVAULT_MASTER_KEY.",
                    status: 409,
                    code: "NoLastingKey"
                )
            }
            let descriptor: Int32
            do throws(VaultOpeningError) {
                descriptor = try store.openCopy()
            } catch {
                throw StoreControl.failed(error.description)
            }
            guard let file = ResponseFile(descriptor) else {
                throw StoreControl.failed("the size of the copy cannot be told")
            }
            return Answer(
                HTTPResponse(
                    status: 200,
                    headers: [
                        ("Content-Type", "application/vnd.sqlite3"), ("Cache-Control", "no-store"),
                    ],
                    from: .file(file)
                ),
                operation: "Backup"
            )
        }
    }

    /// Gives the vault a new master key in its key file.
    @Sendable func rotateKey(_ request: HTTPRequest, _ reply: @escaping Reply) {
        work.run(reply) { () throws(ControlOrder.Refusal) in
            try access.requireOwner(request)
            guard try ControlOrder.members(of: request).members.isEmpty else {
                throw ControlOrder.Refusal("The body must be an empty JSON object: {}.")
            }
            let rotated: RotatedMasterKey
            do throws(KeyRotationError) {
                rotated = try store.rotateMasterKey()
            } catch {
                throw ControlOrder.Refusal(
                    StoreControl.sentence(error.description),
                    status: 409,
                    code: "KeyNotRotated"
                )
            }
            return Answer(
                ControlAnswer.json(200) { writer in
                    writer.member("status", "ok")
                    writer.member("wrappedKeys", Int64(rotated.wrappedKeys))
                    writer.member("file", rotated.file)
                    writer.member("formerFile", rotated.formerFile)
                },
                operation: "RotateKey"
            )
        }
    }

    private static func failed(_ cause: String) -> ControlOrder.Refusal {
        ControlOrder.Refusal(
            "The vault was not copied; the log says why.",
            status: 500,
            code: "InternalServiceError",
            cause: cause
        )
    }

    private static func sentence(_ text: String) -> String {
        text.prefix(1).uppercased() + text.dropFirst() + (text.hasSuffix(".") ? "" : ".")
    }
}

extension StoreControl {
    init(of vault: OpenVault, _ access: ControlAccess, _ work: ControlWork) {
        let configuration = vault.configuration
        self.init(
            store: vault.store,
            isPassing: configuration.isInMemory && !configuration.isKeyGiven,
            access: access,
            work: work
        )
    }
}
