internal import AWS
internal import HTTPServer
internal import Notation
internal import SignatureV4

/// Tells whether the owner of an access key signed a request, for this service, in this region, and
/// just now.
struct SignatureCheck: Sendable {
    /// The machine's own time: a vault whose clock stands still takes signatures of today.
    let realTime: @Sendable () -> Timestamp
    let signingKeys = SigningKeys()

    /// What can be said without the secret access key, in this order: place, then time.
    ///
    /// - Parameters:
    ///   - signature: what the request says of itself.
    ///   - request: the request.
    ///   - service: as signatures name the service that the request is for.
    /// - Throws: `invalid`, with AWS's sentence.
    func checkScope(
        of signature: Signature,
        _ request: HTTPRequest,
        service: String
    ) throws(SignatureFailure) {
        let credential = signature.credential
        guard Region.isName(credential.region) else {
            throw .invalid("Credential should be scoped to a valid region. ")
        }
        guard credential.service == service else {
            throw .invalid("Credential should be scoped to correct service: '\(service)'. ")
        }
        guard credential.terminator == "aws4_request" else {
            throw .invalid(
                "Credential should be scoped with a valid terminator: 'aws4_request', not"
                    + " '\(credential.terminator)'. "
            )
        }
        guard let signedAt = CalendarTime.moment(basicText: signature.time) else {
            throw .invalid(
                "Date must be in ISO-8601 'basic format'. Got '\(signature.time)'."
                    + " See http://en.wikipedia.org/wiki/ISO_8601"
            )
        }
        guard signature.time.hasPrefix(credential.date), credential.date.utf8.count == 8 else {
            throw .invalid(
                "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date"
                    + " from HTTP: '\(credential.date)' != '\(signature.time.prefix(8))', from"
                    + " '\(signature.time)'."
            )
        }
        try checkAge(of: signature, signedAt)
        try SignatureCheck.checkSignedHeaders(of: signature, request)
    }

    private func checkAge(
        of signature: Signature,
        _ signedAt: Timestamp
    ) throws(SignatureFailure) {
        let now = realTime()
        let skew = Int64(Signature.clockSkewSeconds) * 1_000
        let lifetime = Int64(signature.lifetimeSeconds ?? Signature.clockSkewSeconds) * 1_000
        let earliest = Timestamp(milliseconds: now.milliseconds - lifetime)
        let latest = Timestamp(milliseconds: now.milliseconds + skew)
        // AWS counts whole seconds.
        if signedAt.milliseconds / 1_000 < earliest.milliseconds / 1_000 {
            let span = signature.isPresigned ? "\(lifetime / 1_000) sec." : "5 min."
            throw .invalid(
                "Signature expired: \(signature.time) is now earlier than"
                    + " \(CalendarTime.basicText(of: earliest))"
                    + " (\(CalendarTime.basicText(of: now)) - \(span))"
            )
        }
        if signedAt > latest {
            throw .invalid(
                "Signature not yet current: \(signature.time) is still later than"
                    + " \(CalendarTime.basicText(of: latest))"
                    + " (\(CalendarTime.basicText(of: now)) + 5 min.)"
            )
        }
    }

    /// What decides what a request is must be under the signature, or somebody on the way could
    /// make another of it.
    private static func checkSignedHeaders(
        of signature: Signature,
        _ request: HTTPRequest
    ) throws(SignatureFailure) {
        let signed = signature.signedHeaders
        guard signed.contains("host") else {
            throw .invalid(
                "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization."
            )
        }
        guard request.headers.areAll(withPrefix: "x-amz-", among: signed) else { throw .mismatch }
    }

    /// Whether the signature is that of this request under this secret access key.
    func check(
        _ signature: Signature,
        of request: HTTPRequest,
        secretAccessKey: String
    ) throws(SignatureFailure) {
        let key = signingKeys.key(of: secretAccessKey, for: signature.credential)
        guard signature.isValid(for: request, signingKey: key) else { throw .mismatch }
    }
}
