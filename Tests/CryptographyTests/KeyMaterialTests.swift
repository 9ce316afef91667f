import Cryptography
import Glibc
import Testing

@Suite struct KeyMaterialTests {
    private struct Holder {
        let name = "data key"
        let key: KeyMaterial
    }

    @Test func `A key lends the bytes it was made from`() {
        let bytes = [UInt8](0..<32)
        #expect(KeyMaterial(bytes: bytes).bytes == bytes)
        #expect(KeyMaterial(copying: bytes.span).bytes == bytes)
        #expect(KeyMaterial(bytes: bytes).byteCount == 32)
        #expect(KeyMaterial(bytes: []).bytes == [])
    }

    @Test func `Random keys have 32 bytes and differ`() throws {
        let keys = try (0..<1_000).map { _ in try KeyMaterial.random().bytes }
        #expect(keys.allSatisfy { $0.count == 32 })
        #expect(Set(keys).count == 1_000)
    }

    @Test func `An error thrown by the borrower comes out as it is`() {
        let key = KeyMaterial(bytes: [1])
        #expect(throws: CryptographyError.authenticationFailed) {
            try key.withBytes { _ throws(CryptographyError) in
                throw CryptographyError.authenticationFailed
            }
        }
    }

    /// Each way in which Swift turns a value into text.
    private static let renderings: [@Sendable (Any) -> String] = [
        { String(describing: $0) },
        { String(reflecting: $0) },
        { "\($0)" },
        { value in
            var text = ""
            print(value, to: &text)
            return text
        },
        { value in
            var text = ""
            debugPrint(value, to: &text)
            return text
        },
        { value in
            var text = ""
            dump(value, to: &text)
            return text
        },
    ]

    @Test(arguments: renderings.indices)
    func `However a key is printed, alone or inside something, it is redacted`(index: Int) {
        let key = KeyMaterial(bytes: [UInt8](repeating: 0xD7, count: 32))
        let values: [Any] = [key, [key], Holder(key: key), ["a": key], key as KeyMaterial? as Any]
        for value in values {
            let text = Self.renderings[index](value)
            #expect(text.contains("<redacted>"))
            #expect(!text.contains("215") && !text.lowercased().contains("d7d7"))
            #expect(!text.contains("storage") && !text.contains("0x"))
        }
    }

    @Test func `A mirror shows no members`() {
        #expect(Mirror(reflecting: KeyMaterial(bytes: [1, 2, 3])).children.isEmpty)
    }

    @Test func `Nothing of a key is left in memory after its release`() throws {
        // Read through the kernel: the address is no longer ours to touch. Another thread may take
        // the memory meanwhile, which can hide a leftover but never invent one.
        let memory = open("/proc/self/mem", O_RDONLY)
        try #require(memory >= 0)
        defer { close(memory) }
        let pattern: [UInt8] = (0..<512).map { UInt8(truncatingIfNeeded: $0 &* 167 &+ 13) }
        var key: KeyMaterial? = KeyMaterial(bytes: pattern)
        let address = try #require(key).withBytes { bytes in
            bytes.withUnsafeBufferPointer { Int(bitPattern: $0.baseAddress) }
        }
        var before = [UInt8](repeating: 0, count: pattern.count)
        #expect(pread(memory, &before, before.count, address) == before.count)
        #expect(before == pattern)

        key = nil
        var after = [UInt8](repeating: 0, count: pattern.count)
        _ = pread(memory, &after, after.count, address)
        let leftovers = stride(from: 0, to: pattern.count, by: 8).count { start in
            after[start..<(start + 8)] == pattern[start..<(start + 8)]
        }
        #expect(leftovers == 0)
    }
}
