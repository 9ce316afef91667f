internal import JSON
internal import Notation

/// Temporary credentials, as answers have them.
struct SessionCredentials: Sendable, JSONWritable {
    let session: Session
    let token: String

    /// Makes a session and seals it.
    ///
    /// - Parameters:
    ///   - holder: whose it is.
    ///   - account: the holder's, which need not be the caller's.
    ///   - seconds: how long it lasts.
    ///   - call: the call that asks for it.
    ///   - vault: which seals it.
    /// - Throws: InternalServiceError.
    init(
        of holder: Session.Holder,
        in account: String,
        seconds: Int64,
        _ call: Call<some Sendable>,
        _ vault: any VaultWriting
    ) throws(APIError) {
        session = Session(
            accessKeyID: UniqueID.temporaryAccessKey.makeAccessKey(
                of: account,
                using: call.randomness
            ),
            secretAccessKey: try vault.makeSecretAccessKey(),
            account: account,
            startedAt: call.now,
            expiresAt: Timestamp(milliseconds: call.now.milliseconds + seconds * 1_000),
            holder: holder
        )
        token = try SessionToken(of: session, in: vault).text
    }

    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("AccessKeyId", session.accessKeyID)
        writer.member("SecretAccessKey", session.secretAccessKey)
        writer.member("SessionToken", token)
        writer.member("Expiration", CalendarTime.secondsText(of: session.expiresAt))
        writer.endObject()
    }
}
