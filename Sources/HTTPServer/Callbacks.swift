internal import CMicroHTTPD
internal import Glibc

// The C entry points: translation only. libmicrohttpd calls them from its own threads.

/// A request line was read: makes the request's record, which libmicrohttpd holds until the end.
func beginRequest(
    _ context: UnsafeMutableRawPointer?,
    _ uri: UnsafePointer<CChar>?,
    _ connection: OpaquePointer?
) -> UnsafeMutableRawPointer? {
    guard let uri, let connection else { return nil }
    let reception = Reception(target: String(cString: uri), connection: connection)
    return Unmanaged.passRetained(reception).toOpaque()
}

/// Called when the headers are there, for each piece of the body, at its end, and after a resume.
func continueRequest(
    _ context: UnsafeMutableRawPointer?,
    _ connection: OpaquePointer?,
    _ url: UnsafePointer<CChar>?,
    _ method: UnsafePointer<CChar>?,
    _ version: UnsafePointer<CChar>?,
    _ upload: UnsafePointer<CChar>?,
    _ uploadSize: UnsafeMutablePointer<Int>?,
    _ record: UnsafeMutablePointer<UnsafeMutableRawPointer?>?
) -> MHD_Result {
    guard let context, let connection, let method, let uploadSize, let record = record?.pointee
    else { return .NO }
    let handling = Unmanaged<HandlerContext>.fromOpaque(context).takeUnretainedValue()
    let reception = Unmanaged<Reception>.fromOpaque(record).takeUnretainedValue()
    guard reception.hasBegun else {
        let headers = headers(of: connection)
        if let refusal = handling.rules.refusal(of: headers) { return send(refusal, connection) }
        reception.begin(headers)
        return .YES
    }
    if uploadSize.pointee > 0 {
        let bytes = UnsafeRawBufferPointer(start: upload, count: uploadSize.pointee)
        uploadSize.pointee = 0
        return reception.receive(bytes, within: handling.limits) ? .YES : .NO
    }
    switch reception.proceed() {
    case .send(let response):
        return send(response, connection)
    case .wait:
        return .YES
    case .handle(let headers, let body):
        let request = HTTPRequest(
            method: String(cString: method),
            target: reception.target,
            headers: headers,
            body: body,
            peer: SocketAddress.text(of: pocketvault_client_address(connection))
        )
        guard let response = handling.handle(request, reception) else { return .YES }
        return send(response, connection)
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
    guard reception.finish() else { return }
    Unmanaged<HandlerContext>.fromOpaque(context).takeUnretainedValue().finished(reception)
}

/// The header fields, with the bytes that a C string would hide.
private func headers(of connection: OpaquePointer) -> HTTPHeaders {
    var fields: [(name: String, value: String)] = []
    fields.reserveCapacity(12)
    withUnsafeMutablePointer(to: &fields) { pointer in
        _ = MHD_get_connection_values_n(connection, .HEADER_KIND, collectHeader, pointer)
    }
    return HTTPHeaders(fields)
}

private func collectHeader(
    _ fields: UnsafeMutableRawPointer?,
    _ kind: MHD_ValueKind,
    _ name: UnsafePointer<CChar>?,
    _ nameLength: Int,
    _ value: UnsafePointer<CChar>?,
    _ valueLength: Int
) -> MHD_Result {
    guard let fields, let name else { return .YES }
    fields.assumingMemoryBound(to: [(name: String, value: String)].self).pointee.append(
        (name: text(name, nameLength), value: value.map { text($0, valueLength) } ?? "")
    )
    return .YES
}

private func text(_ start: UnsafePointer<CChar>, _ length: Int) -> String {
    String(decoding: UnsafeRawBufferPointer(start: start, count: length), as: UTF8.self)
}

private func send(_ response: HTTPResponse, _ connection: OpaquePointer) -> MHD_Result {
    let message = response.body.withUnsafeBytes { bytes in
        MHD_create_response_from_buffer(
            bytes.count,
            // The library copies, and promises not to write, in this mode.
            UnsafeMutableRawPointer(mutating: bytes.baseAddress),
            .RESPMEM_MUST_COPY
        )
    }
    guard let message else { return .NO }
    defer { MHD_destroy_response(message) }
    for (name, value) in response.headers {
        MHD_add_response_header(message, name, value)
    }
    return MHD_queue_response(connection, UInt32(response.status), message)
}
