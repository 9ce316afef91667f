internal import CCurl

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
        guard let curl = Curl.shared, let handle = curl.functions.easy_init() else {
            return .failed("libcurl.so.4 is not installed: it is needed to call over HTTP")
        }
        defer { curl.functions.easy_cleanup(handle) }
        var headers: UnsafeMutablePointer<curl_slist>?
        headers = curl.functions.slist_append(headers, "Content-Type: application/json")
        defer { curl.functions.slist_free_all(headers) }
        let reception = HTTPReception()
        let status: CURLcode? = withExtendedLifetime(reception) {
            prepare(CurlHandle(curl: curl, pointer: handle), headers, reception)
            return perform(curl, handle, cancellation)
        }
        switch status {
        case nil: return .cancelled
        case CURLE_OK?:
            return .answered(
                HTTPAnswer(
                    status: curl.status(of: handle),
                    fields: reception.fields,
                    body: reception.body
                )
            )
        case CURLE_OPERATION_TIMEDOUT?:
            return .failed("Task timed out after \(timeoutMilliseconds) milliseconds")
        case let status?: return .failed(curl.sentence(of: status))
        }
    }

    /// libcurl copies texts and the body, and uses `reception` until the transfer is over.
    private func prepare(
        _ handle: CurlHandle,
        _ headers: UnsafeMutablePointer<curl_slist>?,
        _ reception: HTTPReception
    ) {
        let context = Unmanaged.passUnretained(reception).toOpaque()
        handle.allowHTTPOnly()
        handle.set(CURLOPT_URL, url)
        handle.set(CURLOPT_NOSIGNAL, 1)
        handle.set(CURLOPT_TIMEOUT_MS, timeoutMilliseconds)
        handle.set(CURLOPT_PROXY, "")
        if let signer {
            handle.set(CURLOPT_AWS_SIGV4, "aws:amz:\(signer.region):\(signer.service)")
            handle.set(CURLOPT_USERNAME, signer.accessKeyID)
            handle.set(CURLOPT_PASSWORD, signer.secretAccessKey)
        }
        handle.set(CURLOPT_HTTPHEADER, headers)
        handle.set(CURLOPT_POSTFIELDSIZE, body.count)
        body.withUnsafeBytes { handle.set(CURLOPT_COPYPOSTFIELDS, $0.baseAddress) }
        handle.set(CURLOPT_HEADERFUNCTION, receiveHeader)
        handle.set(CURLOPT_HEADERDATA, context)
        handle.set(CURLOPT_WRITEFUNCTION, receiveBody)
        handle.set(CURLOPT_WRITEDATA, context)
    }

    /// Nil when it was cancelled.
    private func perform(
        _ curl: Curl,
        _ handle: UnsafeMutableRawPointer,
        _ cancellation: Cancellation
    ) -> CURLcode? {
        guard let multi = curl.functions.multi_init() else { return CURLE_OUT_OF_MEMORY }
        defer { _ = curl.functions.multi_cleanup(multi) }
        _ = curl.functions.multi_add_handle(multi, handle)
        defer { _ = curl.functions.multi_remove_handle(multi, handle) }
        while !cancellation.isCancelled {
            var running: Int32 = 0
            guard curl.functions.multi_perform(multi, &running) == CURLM_OK else {
                return CURLE_OUT_OF_MEMORY
            }
            if let result = curl.result(in: multi) { return result }
            _ = curl.functions.multi_poll(multi, nil, 0, 50, nil)
        }
        return nil
    }
}
