package import Invocation

/// Calls a server over https, by libcurl.
package final class CurlTransport: Transport {
    private let endpoint: Endpoint
    private let certificateFile: String?
    private let session = HTTPSession()

    /// - Parameters:
    ///   - endpoint: where to.
    ///   - certificateFile: the certificates to trust in place of the system's.
    package init(to endpoint: Endpoint, trusting certificateFile: String? = nil) {
        self.endpoint = endpoint
        self.certificateFile = certificateFile
    }

    package var authority: String { endpoint.authority }
    package var isAWS: Bool { endpoint.isAWS }

    package func send(
        _ request: ClientRequest,
        until cancellation: Cancellation,
        receiving receive: @escaping (HTTPAnswer, [UInt8]) -> Bool
    ) throws(ClientError) -> HTTPAnswer {
        var call = HTTPCall(url: endpoint.url + request.target)
        call.method = request.method
        call.fields = request.fields.map { HTTPField(name: $0.name, value: $0.value) }
        // Without it libcurl asks first whether a long body is welcome.
        call.fields.append(HTTPField(name: "Expect", value: ""))
        call.body = request.body
        call.timeoutMilliseconds = request.timeoutSeconds.map { $0 * 1_000 }
        call.usesProxy = true
        call.certificateFile = certificateFile
        switch session.run(call, until: cancellation, receiving: receive) {
        case .answered(let head): return head
        case .unreachable(let reason): throw .unreachable(address: authority, reason: reason)
        case .timedOut: throw .failed(address: authority, reason: "no answer came in time")
        case .failed(let reason): throw .failed(address: authority, reason: reason)
        case .cancelled: throw .cancelled
        }
    }
}
