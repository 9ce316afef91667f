internal import CMicroHTTPD

/// The fields that came after a chunked body.
struct Trailers {
    /// One of them counts only before a body.
    private(set) var hasForbidden = false
    /// What libmicrohttpd has taken for them of the memory that the answer comes out of.
    private(set) var memoryBytes = 0
    private let connection: OpaquePointer

    init(of connection: OpaquePointer) {
        self.connection = connection
        withUnsafeMutablePointer(to: &self) { trailers in
            _ = MHD_get_connection_values_n(
                connection,
                .FOOTER_KIND,
                { found, _, name, nameSize, _, valueSize in
                    let name = UnsafeRawBufferPointer(start: name, count: nameSize)
                    found?.assumingMemoryBound(to: Trailers.self).pointee.add(name, valueSize)
                    return .YES
                },
                trailers
            )
        }
    }

    private mutating func add(_ name: UnsafeRawBufferPointer, _ valueSize: Int) {
        memoryBytes += RequestHead.recordBytes
        guard !isOfHead(name) else { return }
        memoryBytes += name.count + valueSize + ": \r\n".utf8.count
        if RequestRules.isForbiddenTrailer(name) { hasForbidden = true }
    }

    /// Whether a field is the head's last one, of which libmicrohttpd makes a record once more when the
    /// line after the body comes in two pieces.
    private func isOfHead(_ name: UnsafeRawBufferPointer) -> Bool {
        var wanted: (name: UnsafeRawPointer?, isThere: Bool) = (name.baseAddress, false)
        withUnsafeMutablePointer(to: &wanted) { wanted in
            _ = MHD_get_connection_values_n(
                connection,
                .HEADER_KIND,
                { wanted, _, name, _, _, _ in
                    let wanted = wanted?.assumingMemoryBound(
                        to: (name: UnsafeRawPointer?, isThere: Bool).self
                    )
                    if wanted?.pointee.name == UnsafeRawPointer(name) {
                        wanted?.pointee.isThere = true
                        return .NO
                    }
                    return .YES
                },
                wanted
            )
        }
        return wanted.isThere
    }
}
