internal import COpenSSL

/// One AES-256-GCM computation: a libcrypto cipher context from key to tag.
///
/// Calls come in the order `authenticate`, `transform`, `finish`. A context lives for one box:
/// measured, keeping one per thread and wiping the key from it after each use is no faster than
/// freeing it, which wipes it too.
struct GCMContext: ~Copyable {
    /// Which way the text goes.
    enum Direction: Int32 {
        case open = 0
        case seal = 1
    }

    // Fetched once: asking libcrypto's providers each time would double the cost of a small box.
    // Never freed, and libcrypto lets any number of threads read one.
    private nonisolated(unsafe) static let algorithm: OpaquePointer? = EVP_CIPHER_fetch(
        nil,
        "AES-256-GCM",
        nil
    )

    /// Has the algorithm fetched, which takes as long as 500 small boxes.
    static func prepare() { _ = algorithm }

    private let context: OpaquePointer
    private let operation: CryptographyError.Operation

    /// Expands `key` and starts with `nonce`, which must have 12 bytes, GCM's default.
    init(
        _ direction: Direction,
        key: KeyMaterial,
        nonce: UnsafeBufferPointer<UInt8>
    ) throws(CryptographyError) {
        let operation: CryptographyError.Operation = direction == .seal ? .sealing : .opening
        guard key.byteCount == AESGCM.keyByteCount else { throw .wrongKeyLength(operation) }
        guard let algorithm = Self.algorithm, let context = EVP_CIPHER_CTX_new() else {
            throw .fromLibrary(operation)
        }
        let status = key.withBytes { key in
            key.withUnsafeBufferPointer { key in
                EVP_CipherInit_ex2(
                    context,
                    algorithm,
                    key.baseAddress,
                    nonce.baseAddress,
                    direction.rawValue,
                    nil
                )
            }
        }
        guard status == 1 else {
            EVP_CIPHER_CTX_free(context)
            throw .fromLibrary(operation)
        }
        self.context = context
        self.operation = operation
    }

    deinit {
        EVP_CIPHER_CTX_free(context)
    }

    /// Takes in the additional data, all at once.
    func authenticate(_ additionalData: [UInt8]) throws(CryptographyError) {
        // An output of null says that this is additional data.
        try additionalData.span.withUnsafeBufferPointer { bytes throws(CryptographyError) in
            try transform(bytes, into: nil)
        }
    }

    /// Encrypts or decrypts `input`, all at once, to as many bytes at `output`.
    func transform(
        _ input: UnsafeBufferPointer<UInt8>,
        into output: UnsafeMutablePointer<UInt8>?
    ) throws(CryptographyError) {
        // An empty buffer may have a null address, which libcrypto reads as "finish".
        guard !input.isEmpty else { return }
        guard let count = Int32(exactly: input.count) else { throw .invalidParameter(operation) }
        var written: Int32 = 0
        guard
            EVP_CipherUpdate(context, output, &written, input.baseAddress, count) == 1,
            written == count
        else { throw .fromLibrary(operation) }
    }

    /// Ends a sealing: writes the 16 bytes of `tag`.
    func finish(writingTagTo tag: UnsafeMutableBufferPointer<UInt8>) throws(CryptographyError) {
        guard
            finalize(),
            EVP_CIPHER_CTX_ctrl(
                context,
                EVP_CTRL_AEAD_GET_TAG,
                Int32(tag.count),
                tag.baseAddress
            ) == 1
        else { throw .fromLibrary(operation) }
    }

    /// Ends an opening: throws `authenticationFailed` unless `tag` is the right one.
    ///
    /// libcrypto compares in constant time.
    func finish(checking tag: UnsafeBufferPointer<UInt8>) throws(CryptographyError) {
        guard
            EVP_CIPHER_CTX_ctrl(
                context,
                EVP_CTRL_AEAD_SET_TAG,
                Int32(tag.count),
                // libcrypto takes the tag as mutable but only copies it.
                UnsafeMutablePointer(mutating: tag.baseAddress)
            ) == 1
        else { throw .fromLibrary(operation) }
        guard finalize() else {
            ERR_clear_error()
            throw .authenticationFailed
        }
    }

    private func finalize() -> Bool {
        // GCM holds no bytes back, so nothing is written here.
        var written: Int32 = 0
        var nothing: UInt8 = 0
        return EVP_CipherFinal_ex(context, &nothing, &written) == 1
    }
}
