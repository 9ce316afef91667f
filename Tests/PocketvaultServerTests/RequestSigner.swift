import AWS
import HTTPServer
import Notation
import SignatureV4
import Testing

@testable import PocketvaultServer

/// Signs requests as the SDKs do, and as nobody should.
struct RequestSigner {
    var accessKeyID: String
    var secretAccessKey: String
    var sessionToken: String?
    var time: Timestamp
    var region = "us-east-1"
    var service = "secretsmanager"
    var terminator = "aws4_request"
    /// Of the credential scope; nil for that of the time.
    var date: String?
    /// Headers that are sent and not signed.
    var unsigned: Set<String> = []
    var algorithm = Signature.algorithm

    /// A call with its signature in the header.
    func call(_ action: SecretsManagerAction, _ body: String) throws -> HTTPRequest {
        try sign(RequestSigner.unsigned(action, body))
    }

    /// A call as it is before it is signed.
    static func unsigned(_ action: SecretsManagerAction, _ body: String) -> HTTPRequest {
        .post(
            body,
            [
                (name: "Host", value: "127.0.0.1:4566"),
                (name: "X-Amz-Target", value: "secretsmanager.\(action.rawValue)"),
                (name: "Content-Type", value: "application/x-amz-json-1.1"),
            ]
        )
    }

    func sign(_ request: HTTPRequest) throws -> HTTPRequest {
        let stamp = CalendarTime.basicText(of: time)
        var headers = request.headers.fields.map { (name: $0.name, value: $0.value) }
        headers.append((name: "X-Amz-Date", value: stamp))
        if let sessionToken { headers.append((name: "X-Amz-Security-Token", value: sessionToken)) }
        let signed = headers.map { $0.name.lowercased() }.filter { !unsigned.contains($0) }.sorted()
        let prepared = request.with(headers)
        let date = date ?? String(stamp.prefix(8))
        let scope = "\(accessKeyID)/\(date)/\(region)/\(service)/\(terminator)"
        let claim = Signature(
            credential: try #require(CredentialParts(scope)),
            time: stamp,
            signedHeaders: signed,
            signature: "",
            sessionToken: sessionToken,
            lifetimeSeconds: nil
        )
        let key = Signature.signingKey(of: secretAccessKey, for: claim.credential)
        let signature = claim.sign(prepared, signingKey: key)
        let value =
            "\(algorithm) Credential=\(scope), SignedHeaders=\(signed.joined(separator: ";")),"
            + " Signature=\(signature)"
        return prepared.with(headers + [(name: "Authorization", value: value)])
    }

    /// The same with the signature in the query string.
    func presign(_ request: HTTPRequest, lifetime: String = "60") throws -> HTTPRequest {
        let stamp = CalendarTime.basicText(of: time)
        let scope = "\(accessKeyID)/\(stamp.prefix(8))/\(region)/\(service)/aws4_request"
        let signed = request.headers.fields.map { $0.name.lowercased() }.sorted()
        var query = request.query.map { "\($0)&" } ?? ""
        query +=
            "X-Amz-Algorithm=\(Signature.algorithm)&X-Amz-Credential=\(PercentEncoding.encode(scope))"
            + "&X-Amz-Date=\(stamp)&X-Amz-Expires=\(lifetime)"
            + "&X-Amz-SignedHeaders=\(PercentEncoding.encode(signed.joined(separator: ";")))"
        if let sessionToken {
            query += "&X-Amz-Security-Token=\(PercentEncoding.encode(sessionToken))"
        }
        let claim = Signature(
            credential: try #require(CredentialParts(scope)),
            time: stamp,
            signedHeaders: signed,
            signature: "",
            sessionToken: sessionToken,
            lifetimeSeconds: 60
        )
        let key = Signature.signingKey(of: secretAccessKey, for: claim.credential)
        let signature = claim.sign(request.with(query: query), signingKey: key)
        return request.with(query: "\(query)&X-Amz-Signature=\(signature)")
    }
}

extension HTTPRequest {
    func with(_ fields: [(name: String, value: String)]) -> HTTPRequest {
        HTTPRequest(
            method: method,
            path: path,
            query: query,
            headers: HTTPHeaders(fields),
            body: body
        )
    }

    func with(query: String) -> HTTPRequest {
        HTTPRequest(
            method: method,
            path: path,
            query: query,
            headers: headers,
            body: body
        )
    }

    func with(body: String) -> HTTPRequest {
        HTTPRequest(
            method: method,
            path: path,
            query: query,
            headers: headers,
            body: Array(body.utf8)
        )
    }

    /// With other text in a header, or without it.
    func with(header name: String, _ change: (String) -> String?) -> HTTPRequest {
        with(
            headers.fields.compactMap { field in
                guard field.name.lowercased() == name.lowercased() else {
                    return (name: field.name, value: field.value)
                }
                return change(field.value).map { (name: field.name, value: $0) }
            }
        )
    }

    func adding(_ name: String, _ value: String) -> HTTPRequest {
        with(
            headers.fields.map { (name: $0.name, value: $0.value) } + [(name: name, value: value)]
        )
    }
}
