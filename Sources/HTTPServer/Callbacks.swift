internal import CMicroHTTPD
internal import Glibc

// The C entry points: translation only. libmicrohttpd calls them from its own threads, always the
// same one for a connection.

/// A client has connected, or its connection ends and is about to be closed.
func noteConnection(
    _ context: UnsafeMutableRawPointer?,
    _ connection: OpaquePointer?,
    _ record: UnsafeMutablePointer<UnsafeMutableRawPointer?>?,
    _ code: MHD_ConnectionNotificationCode
) {
    guard let context, let connection, let record else { return }
    let handling = Unmanaged<HandlerContext>.fromOpaque(context).takeUnretainedValue()
    if let held = record.pointee {
        record.pointee = nil
        let closed = Unmanaged<OpenConnection>.fromOpaque(held).takeRetainedValue()
        if let reception = closed.reception {
            // The library gives no notice of a request's end when a second error comes while it still sends
            // its answer to the first: then the record of the request is ours to free.
            handling.noteError(of: reception)
            handling.finish(reception)
            Unmanaged.passUnretained(reception).release()
        }
        SocketGate.forget(closed)
        handling.connections.close(closed)
    } else if code == .CONNECTION_NOTIFY_STARTED {
        let opened = handling.connections.open(pocketvault_connection_socket(connection))
        record.pointee = Unmanaged.passRetained(opened).toOpaque()
        SocketGate.watch(opened, by: handling)
    }
}

/// A request line was read: makes the request's record, which libmicrohttpd holds until the end.
func beginRequest(
    _ context: UnsafeMutableRawPointer?,
    _ uri: UnsafePointer<CChar>?,
    _ connection: OpaquePointer?
) -> UnsafeMutableRawPointer? {
    let bytes = UnsafeRawBufferPointer(start: uri, count: uri.map { strlen($0) } ?? 0)
    let held = connection.flatMap { pocketvault_connection_context($0) }
    let reception = Reception(
        target: RequestTarget(bytes),
        connection: held.map { Unmanaged.fromOpaque($0).takeUnretainedValue() }
    )
    dropQuery(uri)
    return Unmanaged.passRetained(reception).toOpaque()
}

/// Keeps the library from taking the query apart, which nobody asks it to.
///
/// It makes a record for each field, and of a request with more than it has room for it reads nothing any
/// more and answers nothing. It has found the mark before, goes by the NUL at the query's end, and lends us
/// its own memory, in which that NUL is moved to the front.
private func dropQuery(_ uri: UnsafePointer<CChar>?) {
    guard let uri, let mark = strchr(uri, Int32(UInt8(ascii: "?"))), mark[1] != 0 else { return }
    mark[1] = 0
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
    guard reception.hasHead else {
        let head = RequestHead(
            target: reception.target,
            connection: connection,
            url: url,
            method: method,
            version: version
        )
        return carryOut(handling.begin(reception, head), for: reception, connection)
    }
    return carryOut(handling.proceed(with: reception, connection), for: reception, connection)
}

/// - Returns: what libmicrohttpd is told; YES also where there is nothing to do yet.
private func carryOut(
    _ reply: HandlerContext.Reply?,
    for reception: Reception,
    _ connection: OpaquePointer
) -> MHD_Result {
    switch reply {
    case nil: return .YES
    case .cut: return .NO
    case .send(let response, let closes):
        reception.connection?.enter(.answer)
        return send(response, closes, connection)
    }
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
    let handling = Unmanaged<HandlerContext>.fromOpaque(context).takeUnretainedValue()
    if code == .REQUEST_TERMINATED_WITH_ERROR { handling.noteError(of: reception) }
    handling.finish(reception)
}

private func send(
    _ response: HTTPResponse,
    _ closes: Bool,
    _ connection: OpaquePointer
) -> MHD_Result {
    guard 200...999 ~= response.status, let message = message(response, closes, connection) else {
        // Not an answer that can be sent: the server's own mistake.
        return response.status == 500 ? .NO : send(HTTPResponse(status: 500), true, connection)
    }
    defer { MHD_destroy_response(message) }
    return MHD_queue_response(connection, UInt32(response.status), message)
}

/// An answer in the library's form; nil when a header field is one that cannot be sent.
private func message(
    _ response: HTTPResponse,
    _ closes: Bool,
    _ connection: OpaquePointer
) -> OpaquePointer? {
    let message =
        switch response.source {
        case nil: body(response.body)
        case .stream(let stream): body(stream, connection)
        // The library closes the descriptor.
        case .nothing: OpaquePointer?.none
        case .file(let file):
            file.take().flatMap { MHD_create_response_from_fd64(file.byteCount, $0) }
        }
    guard let message else { return nil }
    for (name, value) in response.headers {
        // A `String` that is passed as it is would be copied into an array first.
        let isAdded = name.withCString { name in
            value.withCString { value in MHD_add_response_header(message, name, value) == .YES }
        }
        guard isAdded else {
            MHD_destroy_response(message)
            return nil
        }
    }
    if closes { MHD_add_response_header(message, "Connection", "close") }
    return message
}

/// The library's own copy of a body.
private func body(_ bytes: [UInt8]) -> OpaquePointer? {
    bytes.withUnsafeBytes { bytes in
        MHD_create_response_from_buffer(
            bytes.count,
            // In this mode the library copies, and does not write.
            UnsafeMutableRawPointer(mutating: bytes.baseAddress),
            .RESPMEM_MUST_COPY
        )
    }
}

/// What the library holds of a body that is made while it is sent.
private final class OpenBody {
    let stream: BodyStream
    let connection: OpaquePointer

    init(_ stream: BodyStream, _ connection: OpaquePointer) {
        self.stream = stream
        self.connection = connection
    }
}

/// A body that the library asks for, piece by piece, on the connection's thread.
private func body(_ stream: BodyStream, _ connection: OpaquePointer) -> OpaquePointer? {
    let held = Unmanaged.passRetained(OpenBody(stream, connection))
    let message = MHD_create_response_from_callback(
        // Where it is not known, chunks, or for HTTP/1.0 the end of the connection, mark the end.
        stream.byteCount.map(UInt64.init) ?? UInt64.max,
        16_384,
        { context, _, buffer, limit in
            guard let context, let buffer else { return pocketvault_body_cut }
            let body = Unmanaged<OpenBody>.fromOpaque(context).takeUnretainedValue()
            return body.stream.fill(
                UnsafeMutableRawBufferPointer(start: buffer, count: limit),
                of: body.connection
            )
        },
        held.toOpaque(),
        { context in
            if let context { Unmanaged<OpenBody>.fromOpaque(context).release() }
        }
    )
    if message == nil { held.release() }
    return message
}
