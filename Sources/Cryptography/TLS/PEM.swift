internal import COpenSSL

/// Text with what is binary between its BEGIN and END lines, in memory.
enum PEM {
    /// Lets the body read a text.
    static func reading<Answer>(_ text: [UInt8], _ body: (OpaquePointer) -> Answer) -> Answer? {
        text.withUnsafeBytes { bytes in
            guard let memory = BIO_new_mem_buf(bytes.baseAddress, Int32(clamping: bytes.count))
            else { return nil }
            defer { BIO_free(memory) }
            return body(memory)
        }
    }

    /// What the body writes.
    static func written(_ body: (OpaquePointer) -> Int32) throws(TLSError) -> [UInt8] {
        // Cleared when it is freed, as it may hold a key.
        guard let memory = BIO_new(BIO_s_secmem()) else { throw .fromLibrary() }
        defer { BIO_free(memory) }
        guard body(memory) == 1 else { throw .fromLibrary() }
        var start: UnsafeMutablePointer<CChar>?
        let count = pocketvault_bytes(memory, &start)
        return Array(UnsafeRawBufferPointer(start: start, count: count))
    }
}
