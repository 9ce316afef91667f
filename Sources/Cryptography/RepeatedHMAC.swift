internal import COpenSSL

/// HMAC with SHA-256 of many messages under one key, which is taken in once: a short message costs half
/// of what it does with `HMACSHA256`.
///
/// It serves one thread at a time.
package final class RepeatedHMAC {
    /// A code as four words, in the order of its bytes; each is as this machine reads it.
    package typealias Words = (UInt64, UInt64, UInt64, UInt64)

    /// Hashes that have taken in the key, and a third one to work in: all in one place, to be wiped.
    private enum Place: Int, CaseIterable {
        case inner, outer, work

        /// What the key's bytes are changed by.
        var pad: UInt8 { self == .inner ? 0x36 : 0x5C }
    }

    private let states: UnsafeMutablePointer<SHA256_CTX>

    /// Takes in a key of any length.
    package init(key: Span<UInt8>) {
        states = .allocate(capacity: Place.allCases.count)
        states.initialize(repeating: SHA256_CTX(), count: Place.allCases.count)
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: SHA256.blockByteCount) { block in
            defer { OPENSSL_cleanse(block.baseAddress, block.count) }
            RepeatedHMAC.fill(block, with: key)
            for place in [Place.inner, .outer] {
                for index in block.indices { block[index] ^= place.pad }
                SHA256_Init(states + place.rawValue)
                update(place, UnsafeBufferPointer(block).span)
                for index in block.indices { block[index] ^= place.pad }
            }
        }
    }

    deinit {
        OPENSSL_cleanse(states, Place.allCases.count * MemoryLayout<SHA256_CTX>.stride)
        states.deallocate()
    }

    /// The code of `bytes`.
    package func authenticate(_ bytes: [UInt8]) -> Words {
        // Without this the optimiser may release, and so wipe, the key while it is used.
        defer { extendLifetime(self) }
        var words: Words = (0, 0, 0, 0)
        withUnsafeMutableBytes(of: &words) { output in
            let code = output.bindMemory(to: UInt8.self)
            begin(as: .inner)
            update(.work, bytes.span)
            SHA256_Final(code.baseAddress, states + Place.work.rawValue)
            begin(as: .outer)
            update(.work, UnsafeBufferPointer(code).span)
            SHA256_Final(code.baseAddress, states + Place.work.rawValue)
        }
        return words
    }

    private func begin(as place: Place) {
        states[Place.work.rawValue] = states[place.rawValue]
    }

    private func update(_ place: Place, _ bytes: Span<UInt8>) {
        bytes.withUnsafeBufferPointer { bytes in
            _ = SHA256_Update(states + place.rawValue, bytes.baseAddress, bytes.count)
        }
    }

    /// A key that is too long for the block is hashed; zeros follow one that is short.
    private static func fill(_ block: UnsafeMutableBufferPointer<UInt8>, with key: Span<UInt8>) {
        block.initialize(repeating: 0)
        key.withUnsafeBufferPointer { key in
            guard key.count > block.count else {
                _ = block.update(fromContentsOf: key)
                return
            }
            var state = SHA256_CTX()
            SHA256_Init(&state)
            SHA256_Update(&state, key.baseAddress, key.count)
            SHA256_Final(block.baseAddress, &state)
            OPENSSL_cleanse(&state, MemoryLayout<SHA256_CTX>.size)
        }
    }
}
