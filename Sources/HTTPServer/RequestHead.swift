internal import CMicroHTTPD
internal import Glibc

/// The request line and the headers, copied from libmicrohttpd's memory and held against it.
///
/// libmicrohttpd takes a head apart where it lies: each separator becomes a NUL and the pieces are
/// handed out as pointers. So in an honest head every piece begins where the one before it ended,
/// two bytes (CR LF) further. Where that does not hold, bytes were swallowed: a NUL cut a value
/// short, a bare LF ended a line, a folded line was glued to the *name* of its field. Only addresses
/// are compared. Should another version lay a head out in another way, every request is refused and
/// the first test fails.
struct RequestHead {
    let method: String
    let target: RequestTarget
    let isHTTP10: Bool
    let headers: HTTPHeaders
    /// What libmicrohttpd has taken for it of the memory that the answer comes out of, too.
    let memoryBytes: Int
    /// False when bytes were swallowed; then there are no headers.
    let isExact: Bool

    /// A head as a test would write it.
    init(
        method: String,
        target: RequestTarget,
        isHTTP10: Bool,
        headers: HTTPHeaders,
        memoryBytes: Int = 0,
        isExact: Bool = true
    ) {
        self.method = method
        self.target = target
        self.isHTTP10 = isHTTP10
        self.headers = headers
        self.memoryBytes = memoryBytes
        self.isExact = isExact
    }

    init(
        target: RequestTarget,
        connection: OpaquePointer,
        url: UnsafePointer<CChar>,
        method: UnsafePointer<CChar>,
        version: UnsafePointer<CChar>
    ) {
        let headers = RequestHead.headers(
            of: connection,
            from: UnsafeRawPointer(version) + strlen(version) + 2,
            to: UnsafeRawPointer(method) + pocketvault_head_size(connection)
        )
        let isLineExact =
            UnsafeRawPointer(method) + strlen(method) + 1 == UnsafeRawPointer(url)
            && UnsafeRawPointer(url) + target.length + 1 == UnsafeRawPointer(version)
        self.init(
            method: String(cString: method),
            target: target,
            isHTTP10: strcmp(version, "HTTP/1.0") == 0,
            headers: headers ?? HTTPHeaders(),
            memoryBytes: RequestHead.memoryBytes(
                of: connection,
                fieldCount: headers?.index.count ?? 0
            ),
            isExact: isLineExact && headers != nil
        )
    }

    /// What the library takes to keep a field in mind.
    static let recordBytes = 64

    /// The bytes as they came, a record for each field and each cookie, and cookies once more.
    private static func memoryBytes(of connection: OpaquePointer, fieldCount: Int) -> Int {
        let cookies = MHD_get_connection_values_n(connection, .COOKIE_KIND, nil, nil)
        var cookieBytes = 0
        if cookies > 0 {
            MHD_lookup_connection_value_n(connection, .HEADER_KIND, "Cookie", 6, nil, &cookieBytes)
        }
        return pocketvault_head_size(connection) + cookieBytes
            + recordBytes * (fieldCount + Int(cookies))
    }

    /// The headers, which end in a blank line; nil when bytes were swallowed.
    private static func headers(
        of connection: OpaquePointer,
        from first: UnsafeRawPointer,
        to end: UnsafeRawPointer
    ) -> HTTPHeaders? {
        var walk = FieldWalk(first: first)
        _ = withUnsafeMutablePointer(to: &walk) { walk in
            MHD_get_connection_values_n(connection, .HEADER_KIND, visitField, walk)
        }
        guard walk.isExact, walk.next + 2 == end else { return nil }
        return HTTPHeaders(
            bytes: Array(UnsafeRawBufferPointer(start: first, count: end - first)),
            index: walk.fields
        )
    }
}

/// The way from field to field, each where the one before it ended.
private struct FieldWalk {
    let first: UnsafeRawPointer
    var next: UnsafeRawPointer
    var isExact = true
    var fields: [HTTPHeaders.Field] = []

    init(first: UnsafeRawPointer) {
        self.first = first
        next = first
        fields.reserveCapacity(16)
    }

    /// Takes the next field; false when it is not where it should be.
    mutating func take(_ name: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer) -> Bool {
        guard
            let nameStart = name.baseAddress, nameStart == next,
            let valueStart = value.baseAddress, valueStart > nameStart + name.count
        else {
            isExact = false
            return false
        }
        fields.append(
            HTTPHeaders.Field(
                nameStart: UInt32(nameStart - first),
                nameEnd: UInt32(nameStart + name.count - first),
                valueStart: UInt32(valueStart - first),
                valueEnd: UInt32(valueStart + value.count - first)
            )
        )
        next = valueStart + value.count + 2
        return true
    }
}

private func visitField(
    _ walk: UnsafeMutableRawPointer?,
    _ kind: MHD_ValueKind,
    _ name: UnsafePointer<CChar>?,
    _ nameSize: Int,
    _ value: UnsafePointer<CChar>?,
    _ valueSize: Int
) -> MHD_Result {
    guard let walk else { return .NO }
    let isInPlace = walk.assumingMemoryBound(to: FieldWalk.self).pointee.take(
        UnsafeRawBufferPointer(start: name, count: nameSize),
        UnsafeRawBufferPointer(start: value, count: valueSize)
    )
    return isInPlace ? .YES : .NO
}
