internal import AWS
internal import Notation
internal import Storage

/// With which credentials rotation functions that run as commands call the server.
struct FunctionCredentials: Sendable {
    /// The variables for a function that works for the root of an account.
    let variables: @Sendable (_ account: String) throws -> [String: String]

    /// Where signatures are ignored, twelve digits are the account.
    static let unsigned = FunctionCredentials { account in
        ["AWS_ACCESS_KEY_ID": account, "AWS_SECRET_ACCESS_KEY": "test"]
    }

    /// Temporary credentials, for as long as a function may take and some more.
    ///
    /// - Parameters:
    ///   - vault: which seals the session.
    ///   - clock: by which the session ends.
    ///   - randomness: for the access key id.
    ///   - lifetimeSeconds: how long they are good for, by the machine's clock.
    /// - Returns: credentials of the root of the function's account.
    static func temporary(
        _ vault: any Vault,
        _ clock: VaultClock,
        _ randomness: Randomness,
        lifetimeSeconds: Int
    ) -> FunctionCredentials {
        FunctionCredentials { account in
            let now = clock.now()
            // A function takes real time, and sessions end by the vault's, which may run faster.
            let lifetime = Int64(lifetimeSeconds) * 1_000 * max(1, clock.setting.rate)
            let end = Timestamp(milliseconds: now.milliseconds + lifetime)
            return try vault.writeAndWait { vault throws(APIError) in
                let session = Session(
                    accessKeyID: UniqueID.temporaryAccessKey.makeAccessKey(
                        of: account,
                        using: randomness
                    ),
                    secretAccessKey: try vault.makeSecretAccessKey(),
                    account: account,
                    startedAt: now,
                    expiresAt: end,
                    holder: .root
                )
                return [
                    "AWS_ACCESS_KEY_ID": session.accessKeyID,
                    "AWS_SECRET_ACCESS_KEY": session.secretAccessKey,
                    "AWS_SESSION_TOKEN": try SessionToken(of: session, in: vault).text,
                ]
            }
        }
    }
}
