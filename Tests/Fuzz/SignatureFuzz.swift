internal import Notation

/// Feeds the reader of the signature header and of presigned queries what libFuzzer thinks of, and
/// ends the process where a promise is broken.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzzSignature(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = UnsafeBufferPointer(start: start, count: count)
    let text = String(decoding: bytes, as: UTF8.self)
    // As the whole header and as its first parameter, so that less is thrown away.
    for header in [
        text, "AWS4-HMAC-SHA256 Credential=\(text)/20260115/\(text)/\(text)/aws4_request",
    ] {
        guard let scope = CredentialScope(authorization: header.utf8.span) else { continue }
        check(scope)
        precondition(
            CredentialScope(authorization: authorization(scope).utf8.span) == scope,
            "the header of a scope is read as another one"
        )
    }
    checkParameter(text)
    checkQuery(bytes, text)
    return 0
}

private func authorization(_ scope: CredentialScope) -> String {
    "AWS4-HMAC-SHA256 Credential=\(credential(scope)), SignedHeaders=host, Signature=00"
}

private func credential(_ scope: CredentialScope) -> String {
    "\(scope.accessKeyID)/20260115/\(scope.region)/\(scope.service)/aws4_request"
}

/// What ARNs are made of, and what is told apart by it.
private func check(_ scope: CredentialScope) {
    precondition(!scope.accessKeyID.isEmpty && !scope.service.isEmpty, "an empty part")
    precondition(!scope.service.utf8.contains(UInt8(ascii: "/")), "a service with a slash")
    precondition((1...63).contains(scope.region.utf8.count), "a region that is no host label")
    precondition(
        scope.region.unicodeScalars.allSatisfy {
            $0.isASCII
                && ($0.properties.isAlphabetic || $0.properties.numericType != nil || $0 == "-")
        },
        "a region that would spoil an ARN"
    )
    if AccountID.isValid(scope.accessKeyID) {
        precondition(
            scope.accessKeyID.unicodeScalars.allSatisfy { ("0"..."9").contains($0) },
            "an account that is no number"
        )
    }
}

/// The parameter means the same in a header and in a query.
private func checkParameter(_ text: String) {
    let parts = CredentialParts(text)
    precondition(parts.map { $0.text == text } ?? true, "a credential is another one when written")
    guard let scope = CredentialScope(credential: text) else { return }
    check(scope)
    precondition(
        parts?.accessKeyID == scope.accessKeyID && parts?.region == scope.region
            && parts?.service == scope.service,
        "verified and believed credentials say different things"
    )
    let endsInHeader = text.utf8.contains { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: " ") }
    guard !endsInHeader else { return }
    let header = "AWS4-HMAC-SHA256 Credential=\(text), Signature=00"
    precondition(
        CredentialScope(authorization: header.utf8.span) == scope,
        "a header and a query say different things"
    )
}

/// A field is found under its name, whatever stands before it, and means what was encoded.
private func checkQuery(_ bytes: UnsafeBufferPointer<UInt8>, _ text: String) {
    if let credential = FormFields(bytes)["X-Amz-Credential"] { checkParameter(credential) }
    let digits = Array("0123456789abcdefABCDEF".utf8)
    var query = Array("Action=x&X-Amz-Credential=".utf8)
    for byte in text.utf8 {
        query += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
    precondition(FormFields(query)["X-Amz-Credential"] == text, "a field is another one when read")
}
