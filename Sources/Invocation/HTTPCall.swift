/// A request over HTTP or HTTPS, as libcurl sends it.
package struct HTTPCall: Sendable {
    /// Where it goes.
    package let url: String
    /// Of HTTP.
    package var method = "POST"
    /// The header fields, besides those that HTTP itself needs.
    package var fields: [HTTPField] = []
    /// The body; none is sent of an empty one, but with POST.
    package var body: [UInt8] = []
    /// After so long it is given up; nil to wait for as long as anything comes.
    package var timeoutMilliseconds: Int?
    /// Whether the proxy that the environment names is used.
    package var usesProxy = false
    /// The certificates to trust in place of the system's.
    package var certificateFile: String?
    /// Who signs it; a client that signs by itself needs none.
    var signer: HTTPInvocation.Signer?

    /// A request without fields and body.
    package init(url: String) {
        self.url = url
    }
}

/// What came of a call over HTTP.
package enum HTTPOutcome: Sendable, Equatable {
    /// The answer; its body went to the receiver.
    case answered(HTTPAnswer)
    /// Nobody was reached; why.
    case unreachable(String)
    /// It was not done in time.
    case timedOut
    /// Something went wrong on the way, or there is no libcurl; why.
    case failed(String)
    /// Nobody waited for it any more.
    case cancelled
}
