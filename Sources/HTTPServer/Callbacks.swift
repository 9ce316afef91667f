internal import CMicroHTTPD
internal import Glibc

// The C entry points: translation only. libmicrohttpd calls them from its own threads, always the
// same one for a connection.

/// A request line was read: makes the request's record, which libmicrohttpd holds until the end.
func beginRequest(
    _ context: UnsafeMutableRawPointer?,
    _ uri: UnsafePointer<CChar>?,
    _ connection: OpaquePointer?
) -> UnsafeMutableRawPointer? {
    let bytes = UnsafeRawBufferPointer(start: uri, count: uri.map { strlen($0) } ?? 0)
    return Unmanaged.passRetained(Reception(target: RequestTarget(bytes))).toOpaque()
}

/// Called when the headers are there, for each piece of the body, at its end, and after a resume.
func proceedWithRequest(
    _ context: UnsafeMutableRawPointer?,
    _ connection: OpaquePointer?,
    _ url: UnsafePointer<CChar>?,
    _ method: UnsafePointer<CChar>?,
    _ version: UnsafePointer<CChar>?,
    _ upload: UnsafePointer<CChar>?,
    _ uploadSize: UnsafeMutablePointer<Int>?,
    _ record: UnsafeMutablePointer<UnsafeMutableRawPointer?>?
) -> MHD_Result {
    guard
        let context, let connection, let url, let method, let version, let uploadSize,
        let record = record?.pointee
    else { return .NO }
    let handling = Unmanaged<HandlerContext>.fromOpaque(context).takeUnretainedValue()
    let reception = Unmanaged<Reception>.fromOpaque(record).takeUnretainedValue()
    if uploadSize.pointee > 0 {
        let bytes = UnsafeRawBufferPointer(start: upload, count: uploadSize.pointee)
        uploadSize.pointee = 0
        return reception.receive(bytes, by: handling.rules) ? .YES : .NO
    }
    let reply =
        if !reception.hasHead {
            handling.begin(
                reception,
                RequestHead(
                    target: reception.target,
                    connection: connection,
                    url: url,
                    method: method,
                    version: version
                )
            )
        } else if let refusal = reception.refusal {
            HandlerContext.Reply(response: refusal, closes: true)
        } else if let pending = reception.pending {
            handling.resume(pending)
        } else {
            handling.handle(
                reception.request(from: Peer(pocketvault_client_address(connection))),
                reception.expectAnswer(on: connection)
            )
        }
    return reply.map { send($0, connection) } ?? .YES
}

/// The answer was sent to the end, or the connection broke.
func finishRequest(
    _ context: UnsafeMutableRawPointer?,
    _ connection: OpaquePointer?,
    _ record: UnsafeMutablePointer<UnsafeMutableRawPointer?>?,
    _ code: MHD_RequestTerminationCode
) {
    guard let context, let record, let held = record.pointee else { return }
    record.pointee = nil
    let reception = Unmanaged<Reception>.fromOpaque(held).takeRetainedValue()
    Unmanaged<HandlerContext>.fromOpaque(context).takeUnretainedValue().finish(reception)
}

private func send(_ reply: HandlerContext.Reply, _ connection: OpaquePointer) -> MHD_Result {
    let response = reply.response
    guard 200...999 ~= response.status, let message = message(reply) else {
        // Not an answer that can be sent: the server's own mistake.
        let failure = HandlerContext.Reply(response: HTTPResponse(status: 500), closes: true)
        return response.status == 500 ? .NO : send(failure, connection)
    }
    defer { MHD_destroy_response(message) }
    return MHD_queue_response(connection, UInt32(response.status), message)
}

/// The library's own copy of an answer; nil when a header field is one that cannot be sent.
private func message(_ reply: HandlerContext.Reply) -> OpaquePointer? {
    let message = reply.response.body.withUnsafeBytes { bytes in
        MHD_create_response_from_buffer(
            bytes.count,
            // In this mode the library copies, and does not write.
            UnsafeMutableRawPointer(mutating: bytes.baseAddress),
            .RESPMEM_MUST_COPY
        )
    }
    guard let message else { return nil }
    for (name, value) in reply.response.headers {
        guard MHD_add_response_header(message, name, value) == .YES else {
            MHD_destroy_response(message)
            return nil
        }
    }
    if reply.closes { MHD_add_response_header(message, "Connection", "close") }
    return message
}
