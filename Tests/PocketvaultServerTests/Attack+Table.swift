import AWS
import HTTPServer
import Notation
import SignatureV4

@testable import PocketvaultServer

extension Attack {
    private static let missing = "MissingAuthenticationTokenException"
    private static let incomplete = "IncompleteSignatureException"
    private static let invalid = "InvalidSignatureException"
    private static let unknown = "UnrecognizedClientException"
    private static let mismatch =
        "The request signature we calculated does not match the signature you provided."
    private static let invalidToken = "The security token included in the request is invalid."

    private static func changing(
        _ name: String,
        _ code: String,
        _ text: String? = nil,
        _ change: @escaping @Sendable (String) -> String?
    ) -> Attack {
        Attack(name, code, text) { vault, action in
            try vault.good(action).with(header: "Authorization", change)
        }
    }

    private static func signer(
        _ name: String,
        _ code: String,
        _ text: String? = nil,
        _ change: @escaping @Sendable (inout RequestSigner) -> Void
    ) -> Attack {
        Attack(name, code, text) { vault, action in try vault.call(action, change) }
    }

    static let all = headers + keys + contents + times + places + sessions + presigned + policies

    /// What is wrong with the header itself.
    private static let headers = [
        changing("no credentials", missing, "Missing Authentication Token") { _ in nil },
        changing("an empty header", incomplete) { _ in "" },
        changing("HTTP's own scheme", incomplete) { _ in "Basic dXNlcjpwYXNz" },
        changing("a bearer token", incomplete) { _ in "Bearer abc" },
        changing("another algorithm", incomplete) {
            "AWS4-ECDSA-P256-SHA256" + $0.dropFirst(Signature.algorithm.count)
        },
        changing("no Credential", incomplete, "requires 'Credential' parameter") {
            $0.without("Credential=")
        },
        changing("no Signature", incomplete, "requires 'Signature' parameter") {
            $0.without("Signature=")
        },
        changing("no SignedHeaders", incomplete, "requires 'SignedHeaders' parameter") {
            $0.without("SignedHeaders=")
        },
        changing("a credential of too few parts", incomplete, "5 slash-delimited elements") {
            $0.replacing("/secretsmanager/aws4_request", with: "")
        },
        Attack("no date", incomplete, "'X-Amz-Date' or a 'Date' header") { vault, action in
            try vault.good(action).with(header: "X-Amz-Date") { _ in nil }
        },
        Attack("a header and a query", invalid, "Found both") { vault, action in
            try vault.good(action).with(query: "X-Amz-Algorithm=AWS4-HMAC-SHA256")
        },
    ]

    /// Whose key it is.
    private static let keys = [
        signer("a key that nobody has", unknown, invalidToken) {
            $0.accessKeyID = "AKIAIOSFODNN7NOBODY1"
        },
        signer("a key in small letters", unknown, invalidToken) {
            $0.accessKeyID = $0.accessKeyID.lowercased()
        },
        signer("twelve digits", unknown, invalidToken) { $0.accessKeyID = "000000000000" },
        signer("the key that examples have", unknown, invalidToken) { $0.accessKeyID = "test" },
        signer("a guessed secret", invalid, mismatch) { $0.secretAccessKey = "test" },
        signer("an empty secret", invalid, mismatch) { $0.secretAccessKey = "" },
        Attack("another user's secret", invalid, mismatch) { vault, action in
            try vault.call(action) { $0.secretAccessKey = vault.nobody.secretAccessKey }
        },
        Attack("another user's key id", invalid, mismatch) { vault, action in
            try vault.call(action) { $0.accessKeyID = vault.nobody.accessKeyID }
        },
        Attack("a key that is inactive", unknown, invalidToken) { vault, action in
            try vault.inactive.call(action, AttackedVault.body)
        },
        Attack("the key of a deleted user", unknown, invalidToken) { vault, action in
            try vault.deleted.call(action, AttackedVault.body)
        },
    ]

    /// What was changed after it was signed.
    private static let contents = [
        Attack("replayed with another body", invalid, mismatch) { vault, action in
            try vault.good(action).with(body: #"{"SecretId":"other"}"#)
        },
        Attack("replayed with another operation", invalid, mismatch) { vault, action in
            let other =
                action == .deleteSecret ? SecretsManagerAction.getSecretValue : .deleteSecret
            return try vault.good(action).with(header: "X-Amz-Target") { _ in
                "secretsmanager.\(other.rawValue)"
            }
        },
        Attack("sent to another host", invalid, mismatch) { vault, action in
            try vault.good(action).with(header: "Host") { _ in "localhost:4566" }
        },
        Attack("with a query that was not there", invalid, mismatch) { vault, action in
            try vault.good(action).with(query: "a=b")
        },
        Attack("with another content type", invalid, mismatch) { vault, action in
            try vault.good(action).with(header: "Content-Type") { _ in "application/json" }
        },
        Attack("with a token that was not signed", invalid, mismatch) { vault, action in
            try vault.good(action).adding("X-Amz-Target-2", "x")
        },
        signer("the operation not signed", invalid, mismatch) { $0.unsigned = ["x-amz-target"] },
        signer("the host not signed", invalid, "must be a 'SignedHeader'") {
            $0.unsigned = ["host"]
        },
        changing("one digit of the signature", invalid, mismatch) { text in
            text.dropLast() + (text.hasSuffix("0") ? "1" : "0")
        },
        changing("half the signature", invalid, mismatch) { String($0.dropLast(32)) },
        changing("a signature in capitals", invalid, mismatch) {
            $0.dropLast(64) + $0.suffix(64).uppercased()
        },
        changing("the signature twice as long", invalid, mismatch) { $0 + $0.suffix(64) },
        Attack("a payload that claims not to be signed", invalid, mismatch) { vault, action in
            try vault.good(action).adding("X-Amz-Content-Sha256", "UNSIGNED-PAYLOAD")
        },
    ]

    /// When it was signed.
    private static let times = [
        signer("six minutes old", invalid, "Signature expired: ") {
            $0.time = $0.time.adding(seconds: -360)
        },
        signer("a day old", invalid, "Signature expired: ") {
            $0.time = $0.time.adding(seconds: -86_400)
        },
        signer("six minutes ahead", invalid, "Signature not yet current: ") {
            $0.time = $0.time.adding(seconds: 360)
        },
        signer("the scope of another day", invalid, "Date in Credential scope does not match") {
            $0.date = "20200101"
        },
        Attack("a date made newer", invalid, mismatch) { vault, action in
            let time = CalendarTime.basicText(of: vault.admin.time.adding(seconds: 60))
            return try vault.good(action).with(header: "X-Amz-Date") { _ in time }
        },
        Attack("a date that is none", invalid, "Date must be in ISO-8601") { vault, action in
            try vault.good(action).with(header: "X-Amz-Date") { _ in "yesterday" }
        },
    ]

    /// For where it was signed.
    private static let places = [
        signer("signed for another service", invalid, "correct service: 'secretsmanager'") {
            $0.service = "s3"
        },
        signer("signed for STS", invalid, "correct service: 'secretsmanager'") {
            $0.service = "sts"
        },
        signer("another terminator", invalid, "valid terminator") {
            $0.terminator = "aws5_request"
        },
        signer("no region", invalid, "valid region") { $0.region = "" },
        changing("replayed in another region", invalid, mismatch) {
            $0.replacing("/us-east-1/", with: "/eu-west-1/")
        },
    ]

    private static let sessions = [
        Attack("temporary credentials without their token", unknown, invalidToken) {
            vault,
            action in
            var signer = vault.session
            signer.sessionToken = nil
            return try signer.call(action, AttackedVault.body)
        },
        Attack("the token of another session", unknown, invalidToken) { vault, action in
            var signer = vault.session
            signer.sessionToken = vault.otherSession.sessionToken
            return try signer.call(action, AttackedVault.body)
        },
        Attack("a token that was changed", unknown, invalidToken) { vault, action in
            var signer = vault.session
            signer.sessionToken = "AAAA" + (signer.sessionToken ?? "").dropFirst(4)
            return try signer.call(action, AttackedVault.body)
        },
        Attack("a token that is none", unknown, invalidToken) { vault, action in
            var signer = vault.session
            signer.sessionToken = "not a token"
            return try signer.call(action, AttackedVault.body)
        },
        Attack("a user's key with a token", unknown, invalidToken) { vault, action in
            try vault.call(action) { $0.sessionToken = vault.session.sessionToken }
        },
        Attack("the session of a deleted role", unknown, invalidToken) { vault, action in
            try vault.orphan.call(action, AttackedVault.body)
        },
        Attack("another secret for the session", invalid, mismatch) { vault, action in
            var signer = vault.session
            signer.secretAccessKey = vault.otherSession.secretAccessKey
            return try signer.call(action, AttackedVault.body)
        },
    ]

    private static let presigned = [
        Attack("a presigned call after its time", invalid, "Signature expired: ") { vault, action in
            var signer = vault.admin
            signer.time = signer.time.adding(seconds: -61)
            return try signer.presign(vault.unsigned(action))
        },
        Attack("a presigned call for ten days", invalid, "X-Amz-Expires") { vault, action in
            try vault.admin.presign(vault.unsigned(action), lifetime: "864000")
        },
        Attack("a presigned call with another body", invalid, mismatch) { vault, action in
            try vault.admin.presign(vault.unsigned(action)).with(body: "{}")
        },
        Attack("a presigned call without its signature", incomplete) { vault, action in
            let request = try vault.admin.presign(vault.unsigned(action))
            let query = (request.query ?? "").replacing("X-Amz-Signature=", with: "X-Signature=")
            return request.with(query: query)
        },
    ]

    /// Credentials in order, and no permission.
    private static let policies = [
        Attack("a user without permission", "AccessDeniedException", "u") { vault, action in
            try vault.nobody.call(action, AttackedVault.body)
        }
    ]
}

extension String {
    /// The header without the parameter that begins so.
    fileprivate func without(_ parameter: String) -> String {
        guard let range = firstRange(of: parameter) else { return self }
        let rest = self[range.lowerBound...].drop { $0 != "," }.drop { $0 == "," || $0 == " " }
        return String(self[..<range.lowerBound]) + String(rest)
    }
}
