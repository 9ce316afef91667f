internal import Threads

/// A POST of JSON to a URL, signed as AWS wants it when there is a signer.
package struct HTTPInvocation: Sendable {
    private let url: String
    private let body: [UInt8]
    private let signer: Signer?
    private let timeoutMilliseconds: Int

    /// Who signs, and for what; a local host of functions only looks for account and region.
    package struct Signer: Sendable {
        let accessKeyID: String
        let secretAccessKey: String
        let region: String
        let service: String

        package init(
            accessKeyID: String,
            secretAccessKey: String,
            region: String,
            service: String
        ) {
            self.accessKeyID = accessKeyID
            self.secretAccessKey = secretAccessKey
            self.region = region
            self.service = service
        }
    }

    package init(url: String, body: [UInt8], signer: Signer?, timeoutMilliseconds: Int) {
        self.url = url
        self.body = body
        self.signer = signer
        self.timeoutMilliseconds = timeoutMilliseconds
    }

    /// Calls, and waits for the answer.
    ///
    /// No redirection is followed and no proxy is used: the address is the one that was given.
    package func run(until cancellation: Cancellation) -> InvocationResult {
        var call = HTTPCall(url: url)
        call.fields = [HTTPField(name: "Content-Type", value: "application/json")]
        call.body = body
        call.timeoutMilliseconds = timeoutMilliseconds
        call.signer = signer
        let kept = Locked<[UInt8]>([])
        let outcome = HTTPSession().run(call, until: cancellation) { _, bytes in
            kept.withLock { $0 += bytes.prefix(max(0, HTTPAnswer.maximumLength - $0.count)) }
            return true
        }
        switch outcome {
        case .answered(let answer):
            return .answered(
                HTTPAnswer(
                    status: answer.status,
                    fields: answer.fields,
                    body: kept.withLock { $0 }
                )
            )
        case .timedOut: return .failed("Task timed out after \(timeoutMilliseconds) milliseconds")
        case .unreachable(let reason), .failed(let reason): return .failed(reason)
        case .cancelled: return .cancelled
        }
    }
}
