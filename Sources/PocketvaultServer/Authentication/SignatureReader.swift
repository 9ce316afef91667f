internal import AWS
internal import HTTPServer
internal import Notation
internal import SignatureV4

/// Finds what a request says about its signature, and says what is missing of it.
///
/// [Authentication methods](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-authentication-methods.html)
struct SignatureReader {
    private let request: HTTPRequest

    /// - Returns: the signature in the header, else the one in the query string.
    /// - Throws: `missing` when there is neither.
    static func signature(of request: HTTPRequest) throws(SignatureFailure) -> Signature {
        let reader = SignatureReader(request: request)
        let query = request.query.flatMap { $0.isEmpty ? nil : FormFields($0.utf8) }
        let isPresigned = query?["X-Amz-Algorithm"] != nil || query?["X-Amz-Signature"] != nil
        guard let authorization = request.headers["Authorization"] else {
            guard isPresigned, let query else { throw .missing }
            return try reader.presigned(query)
        }
        guard !isPresigned else {
            throw .invalid(
                "Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP"
                    + " header."
            )
        }
        return try reader.header(authorization)
    }

    private func header(_ authorization: String) throws(SignatureFailure) -> Signature {
        let parts = AuthorizationParts(authorization.utf8.span)
        let credential = parts.credential
        let signature = parts.signature
        let signedHeaders = parts.signedHeaders
        let time =
            request.headers["X-Amz-Date"] ?? request.headers["Date"].map(SignatureReader.time)
        guard let credential, let signature, let signedHeaders, let time else {
            var text = ""
            for (name, value) in [
                ("Credential", credential), ("Signature", signature),
                ("SignedHeaders", signedHeaders),
            ] where value == nil {
                text += "Authorization header requires '\(name)' parameter. "
            }
            if time == nil {
                text += "Authorization header requires existence of either a 'X-Amz-Date' or a"
                text += " 'Date' header. "
            }
            throw .incomplete("\(text)Authorization=\(authorization)")
        }
        return Signature(
            credential: try SignatureReader.credential(credential),
            time: time,
            signedHeaders: signedHeaders.parts(between: UInt8(ascii: ";")),
            signature: signature,
            sessionToken: request.headers["X-Amz-Security-Token"],
            lifetimeSeconds: nil
        )
    }

    /// A `Date` in HTTP's own form is signed in the form of `X-Amz-Date`.
    private static func time(_ date: String) -> String {
        CalendarTime.moment(httpText: date).map(CalendarTime.basicText) ?? date
    }

    private func presigned(_ query: FormFields) throws(SignatureFailure) -> Signature {
        guard query["X-Amz-Algorithm"] == Signature.algorithm,
            let credential = query["X-Amz-Credential"], let signature = query["X-Amz-Signature"],
            let signedHeaders = query["X-Amz-SignedHeaders"], let time = query["X-Amz-Date"]
        else {
            throw .incomplete(
                "AWS query-string parameters must include 'X-Amz-Algorithm', 'X-Amz-Credential',"
                    + " 'X-Amz-Signature', 'X-Amz-SignedHeaders' and 'X-Amz-Date'."
                    + " Re-examine the query-string parameters."
            )
        }
        return Signature(
            credential: try SignatureReader.credential(credential),
            time: time,
            signedHeaders: signedHeaders.parts(between: UInt8(ascii: ";")),
            signature: signature,
            sessionToken: query["X-Amz-Security-Token"],
            lifetimeSeconds: try SignatureReader.lifetime(query["X-Amz-Expires"])
        )
    }

    private static func credential(_ text: String) throws(SignatureFailure) -> CredentialParts {
        guard let parts = CredentialParts(text) else {
            throw .incomplete(
                "Credential must have exactly 5 slash-delimited elements, e.g."
                    + " keyid/date/region/service/term, got '\(text)'"
            )
        }
        return parts
    }

    /// A week at most, as AWS has it; without the parameter as long as one in a header.
    private static func lifetime(_ text: String?) throws(SignatureFailure) -> Int {
        guard let text else { return Signature.clockSkewSeconds }
        guard let seconds = Int(text), (1...604_800).contains(seconds) else {
            throw .invalid("X-Amz-Expires must be a number of seconds from 1 to 604800.")
        }
        return seconds
    }
}

/// What stands after the algorithm: `name=value`, between commas.
private struct AuthorizationParts {
    private(set) var credential: String?
    private(set) var signedHeaders: String?
    private(set) var signature: String?

    /// - Parameter authorization: the header's value; of another algorithm's nothing is read.
    init(_ authorization: Span<UInt8>) {
        let length = Signature.algorithm.utf8.count
        guard authorization.has(Signature.algorithm), authorization.count > length,
            authorization[length] == UInt8(ascii: " ")
        else { return }
        let list = authorization.extracting(length..<authorization.count)
        list.forEachPart(between: UInt8(ascii: ",")) { part in
            let part = part.extracting(part.trimmed)
            guard let equals = part.first(UInt8(ascii: "=")), equals + 1 < part.count else {
                return
            }
            let value = part.extracting(equals + 1..<part.count)
            let name = part.extracting(0..<equals)
            if name.isText("Credential") { credential = value.text }
            if name.isText("SignedHeaders") { signedHeaders = value.text }
            if name.isText("Signature") { signature = value.text }
        }
    }
}
