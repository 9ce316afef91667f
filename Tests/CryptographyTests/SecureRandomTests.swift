import Cryptography
import Testing

@Suite struct SecureRandomTests {
    @Test(arguments: [0, 1, 12, 32, 4_097, 1_000_000])
    func `As many bytes come as were asked for`(count: Int) throws {
        #expect(try SecureRandom.bytes(count).count == count)
    }

    @Test func `A negative count is refused`() {
        #expect(throws: CryptographyError.invalidParameter(.randomBytes)) {
            try SecureRandom.bytes(-1)
        }
        #expect(throws: CryptographyError.invalidParameter(.randomBytes)) {
            try KeyMaterial.random(byteCount: -1)
        }
    }

    @Test func `Draws on one thread and on eight do not repeat`() throws {
        let here = try (0..<1_000).map { _ in try SecureRandom.bytes(16) }
        let elsewhere = onThreads(8) { _ in
            (0..<1_000).compactMap { _ in try? SecureRandom.bytes(16) }
        }
        #expect(Set(here + elsewhere.joined()).count == 9_000)
    }

    @Test func `Every value of a byte turns up about as often as the others`() throws {
        var counts = [Int](repeating: 0, count: 256)
        for byte in try SecureRandom.bytes(256 * 4_000) {
            counts[Int(byte)] += 1
        }
        // Ten standard deviations: a fair generator never gets there.
        #expect(counts.allSatisfy { abs($0 - 4_000) < 632 })
    }
}
