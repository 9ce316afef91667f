import Cryptography
import Testing

@Suite struct AESGCMTests {
    private let key: KeyMaterial
    private let additionalData = [UInt8](text: "arn:aws:secretsmanager:us-east-1:0:secret:a|1")

    init() throws {
        key = try KeyMaterial.random()
    }

    @Test(arguments: GCMVector.published)
    func `A published sealed box opens to the published plaintext`(vector: GCMVector) throws {
        let plaintext = try AESGCM.open(
            vector.sealed.span,
            key: KeyMaterial(bytes: vector.key),
            additionalData: vector.additionalData
        )
        #expect(plaintext == vector.plaintext)
    }

    @Test(arguments: GCMVector.published)
    func `The reference implementation seals as published`(vector: GCMVector) {
        let sealed = ReferenceGCM(key: vector.key).seal(
            vector.plaintext,
            nonce: vector.nonce,
            additionalData: vector.additionalData
        )
        #expect(sealed == vector.sealed)
    }

    @Test(arguments: [0, 1, 15, 16, 17, 31, 32, 33, 127, 200, 1_000])
    func `Sealing gives what the reference gives under the same nonce`(count: Int) throws {
        let plaintext = try SecureRandom.bytes(count)
        let sealed = try AESGCM.seal(plaintext, key: key, additionalData: additionalData)
        let reference = ReferenceGCM(key: key.bytes).seal(
            plaintext,
            nonce: Array(sealed.prefix(12)),
            additionalData: additionalData
        )
        #expect(sealed == reference)
    }

    @Test(arguments: [0, 1, 16, 65_536], [0, 1, 70_000])
    func `What was sealed opens to the same bytes`(count: Int, additionalCount: Int) throws {
        let plaintext = try SecureRandom.bytes(count)
        let additionalData = try SecureRandom.bytes(additionalCount)
        let sealed = try AESGCM.seal(plaintext, key: key, additionalData: additionalData)
        #expect(sealed.count == count + AESGCM.overheadByteCount)
        let opened = try AESGCM.open(sealed.span, key: key, additionalData: additionalData)
        #expect(opened == plaintext)
    }

    @Test func `Nonces do not repeat over a hundred thousand boxes`() throws {
        var nonces: Set<[UInt8]> = []
        for _ in 0..<100_000 {
            let sealed = try AESGCM.seal([], key: key, additionalData: [])
            nonces.insert(Array(sealed.prefix(12)))
        }
        #expect(nonces.count == 100_000)
    }

    @Test(arguments: [0, 1, 16, 24, 31, 33, 64])
    func `A key that does not have 256 bits is refused`(byteCount: Int) throws {
        let shortKey = try KeyMaterial.random(byteCount: byteCount)
        let sealed = try AESGCM.seal([1], key: key, additionalData: [])
        #expect(throws: CryptographyError.wrongKeyLength(.sealing)) {
            try AESGCM.seal([1], key: shortKey, additionalData: [])
        }
        #expect(throws: CryptographyError.wrongKeyLength(.opening)) {
            try AESGCM.open(sealed.span, key: shortKey, additionalData: [])
        }
    }

    @Test func `Eight threads that share a key open each their own bytes`() throws {
        let key = key
        let boxes = try (0..<8).map { index in
            try AESGCM.seal(
                [UInt8](repeating: UInt8(index), count: 200 + index),
                key: key,
                additionalData: [UInt8(index)]
            )
        }
        let rightCounts = onThreads(8) { index in
            let expected = [UInt8](repeating: UInt8(index), count: 200 + index)
            let box = boxes[index]
            return (0..<2_000).count { _ in
                let opened = try? AESGCM.open(
                    box.span,
                    key: key,
                    additionalData: [UInt8(index)]
                )
                return opened == expected
            }
        }
        #expect(rightCounts == [Int](repeating: 2_000, count: 8))
    }
}
