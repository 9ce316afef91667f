internal import CCurl
internal import Threads

/// Calls over HTTP and HTTPS, one after the other, by libcurl, which keeps connections open in
/// between.
package final class HTTPSession: Sendable {
    /// libcurl's handle of the connections; nil before the first call.
    private let connections = Locked<UnsafeMutableRawPointer?>(nil)

    package init() {}

    deinit {
        connections.withLock { multi in
            if let multi { _ = Curl.shared?.functions.multi_cleanup(multi) }
        }
    }

    /// Sends a request and waits for the end of the answer.
    ///
    /// No redirection is followed: the address is the one that was given.
    ///
    /// - Parameters:
    ///   - call: the request.
    ///   - cancellation: by whom it can be given up.
    ///   - receive: takes the body piece by piece, with the head that came before it; false ends
    ///     the call.
    /// - Returns: what came of it.
    package func run(
        _ call: HTTPCall,
        until cancellation: Cancellation,
        receiving receive: @escaping (HTTPAnswer, [UInt8]) -> Bool
    ) -> HTTPOutcome {
        guard let curl = Curl.shared, let handle = curl.functions.easy_init() else {
            return .failed("libcurl.so.4 is not installed: it is needed to call over HTTP")
        }
        defer { curl.functions.easy_cleanup(handle) }
        var headers: UnsafeMutablePointer<curl_slist>?
        for field in call.fields {
            headers = curl.functions.slist_append(headers, "\(field.name): \(field.value)")
        }
        defer { curl.functions.slist_free_all(headers) }
        let reception = HTTPReception(receive)
        let status: CURLcode? = withExtendedLifetime(reception) {
            call.prepare(CurlHandle(curl: curl, pointer: handle), headers, reception)
            return connections.withLock { perform(curl, handle, &$0, cancellation) }
        }
        return outcome(status, curl, reception)
    }

    private func outcome(
        _ status: CURLcode?,
        _ curl: Curl,
        _ reception: HTTPReception
    ) -> HTTPOutcome {
        switch status {
        case nil: .cancelled
        case CURLE_OK?: .answered(reception.head)
        case CURLE_WRITE_ERROR? where reception.hasEnough: .answered(reception.head)
        case CURLE_OPERATION_TIMEDOUT?: .timedOut
        case CURLE_COULDNT_RESOLVE_HOST?, CURLE_COULDNT_CONNECT?, CURLE_COULDNT_RESOLVE_PROXY?:
            .unreachable(curl.sentence(of: status ?? CURLE_OK))
        case let status?: .failed(curl.sentence(of: status))
        }
    }

    /// Nil when it was cancelled.
    private func perform(
        _ curl: Curl,
        _ handle: UnsafeMutableRawPointer,
        _ kept: inout UnsafeMutableRawPointer?,
        _ cancellation: Cancellation
    ) -> CURLcode? {
        guard let multi = kept ?? curl.functions.multi_init() else { return CURLE_OUT_OF_MEMORY }
        kept = multi
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

extension HTTPCall {
    /// libcurl copies texts and the body, and uses `reception` until the transfer is over.
    fileprivate func prepare(
        _ handle: CurlHandle,
        _ headers: UnsafeMutablePointer<curl_slist>?,
        _ reception: HTTPReception
    ) {
        let context = Unmanaged.passUnretained(reception).toOpaque()
        handle.allowHTTPOnly()
        handle.set(CURLOPT_URL, url)
        handle.set(CURLOPT_NOSIGNAL, 1)
        if let timeoutMilliseconds {
            handle.set(CURLOPT_TIMEOUT_MS, timeoutMilliseconds)
        } else {
            handle.set(CURLOPT_CONNECTTIMEOUT_MS, 10_000)
        }
        if !usesProxy { handle.set(CURLOPT_PROXY, "") }
        if let certificateFile { handle.set(CURLOPT_CAINFO, certificateFile) }
        if let signer {
            handle.set(CURLOPT_AWS_SIGV4, "aws:amz:\(signer.region):\(signer.service)")
            handle.set(CURLOPT_USERNAME, signer.accessKeyID)
            handle.set(CURLOPT_PASSWORD, signer.secretAccessKey)
        }
        handle.set(CURLOPT_HTTPHEADER, headers)
        if method == "POST" || !body.isEmpty {
            handle.set(CURLOPT_POSTFIELDSIZE, body.count)
            body.withUnsafeBytes { handle.set(CURLOPT_COPYPOSTFIELDS, $0.baseAddress) }
        }
        if method != "POST" { handle.set(CURLOPT_CUSTOMREQUEST, method) }
        handle.set(CURLOPT_HEADERFUNCTION, receiveHeader)
        handle.set(CURLOPT_HEADERDATA, context)
        handle.set(CURLOPT_WRITEFUNCTION, receiveBody)
        handle.set(CURLOPT_WRITEDATA, context)
    }
}
