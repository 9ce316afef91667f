internal import HTTPServer
internal import SignatureV4

extension HTTPRequest: SignableRequest {
    package func forEachValue(of name: String, _ take: (Span<UInt8>) -> Void) {
        headers.forEachValue(of: name, take)
    }
}
