package import Notation

/// Signs requests for one service in one region.
package struct RequestSigner: Sendable {
    private let credentials: SigningCredentials
    private let region: String
    private let service: String

    /// - Parameters:
    ///   - credentials: who signs.
    ///   - region: where the request goes.
    ///   - service: as signatures name it, as in `secretsmanager`.
    package init(_ credentials: SigningCredentials, region: String, service: String) {
        self.credentials = credentials
        self.region = region
        self.service = service
    }

    /// The headers that make a request a signed one.
    ///
    /// - Parameters:
    ///   - request: the request, with its `Host`.
    ///   - names: the names of its headers, all of which are signed.
    ///   - time: when it is sent.
    /// - Returns: the headers to add to it.
    package func headers(
        for request: some SignableRequest,
        with names: [String],
        at time: Timestamp
    ) -> [(name: String, value: String)] {
        let stamp = CalendarTime.basicText(of: time)
        var added = [(name: "X-Amz-Date", value: stamp)]
        if let token = credentials.sessionToken {
            added.append((name: "X-Amz-Security-Token", value: token))
        }
        let signed = (names + added.map(\.name)).map { $0.lowercased() }.sorted()
        let claim = Signature(
            credential: CredentialParts(
                accessKeyID: credentials.keyID,
                date: String(stamp.prefix(8)),
                region: region,
                service: service
            ),
            time: stamp,
            signedHeaders: signed,
            signature: "",
            sessionToken: credentials.sessionToken,
            lifetimeSeconds: nil
        )
        let signature = claim.sign(
            Extended(request: request, added: added),
            signingKey: Signature.signingKey(of: credentials.secret, for: claim.credential)
        )
        let value =
            "\(Signature.algorithm) Credential=\(claim.credential.text),"
            + " SignedHeaders=\(signed.joined(separator: ";")), Signature=\(signature)"
        return added + [(name: "Authorization", value: value)]
    }
}

/// A request with headers that it does not have yet.
private struct Extended<Request: SignableRequest>: SignableRequest {
    let request: Request
    let added: [(name: String, value: String)]

    var method: String { request.method }
    var path: String { request.path }
    var query: String? { request.query }
    var body: [UInt8] { request.body }

    func forEachValue(of name: String, _ take: (Span<UInt8>) -> Void) {
        request.forEachValue(of: name, take)
        for field in added where field.name.lowercased() == name.lowercased() {
            take(field.value.utf8.span)
        }
    }
}
