import Cryptography
import Testing

@Suite struct ScryptTests {
    private struct Vector {
        let passphrase: String
        let salt: String
        let cost: Int
        let blockSize: Int
        let parallelisation: Int
        let key: String
    }

    /// RFC 7914, section 12; its fourth needs 1 GiB and is the refusal below.
    private static let published = [
        Vector(
            passphrase: "",
            salt: "",
            cost: 16,
            blockSize: 1,
            parallelisation: 1,
            key: "77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442"
                + "fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906"
        ),
        Vector(
            passphrase: "password",
            salt: "NaCl",
            cost: 1_024,
            blockSize: 8,
            parallelisation: 16,
            key: "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162"
                + "2eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640"
        ),
        Vector(
            passphrase: "pleaseletmein",
            salt: "SodiumChloride",
            cost: 16_384,
            blockSize: 8,
            parallelisation: 1,
            key: "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2"
                + "d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887"
        ),
    ]

    /// The costs that a vault may use; computed with a second implementation.
    private static let allowed = [
        (1 << 15, "f9e1dc83ef51604b980bfd590b9ae66dc73399d38cbe5c00de2ef9a7b58156c6"),
        (1 << 16, "306b1bf1161633112ce40854ed8bc65cb778cae11261a4dd63a4a0f01ab307c3"),
        (1 << 17, "9efff9f5f1f44362440cf72f556d92a150bf534e84c3df124a18ed925253f52d"),
    ]

    @Test(arguments: published.indices)
    func `A published passphrase gives the published key`(index: Int) throws {
        let vector = Self.published[index]
        let key = try Scrypt.deriveKey(
            passphrase: [UInt8](text: vector.passphrase),
            salt: [UInt8](text: vector.salt),
            N: vector.cost,
            r: vector.blockSize,
            p: vector.parallelisation,
            byteCount: 64
        )
        #expect(key.bytes == [UInt8](hexadecimal: vector.key))
    }

    @Test(arguments: allowed)
    func `A cost of up to 2^17 is within the memory limit`(cost: Int, digits: String) throws {
        let key = try Scrypt.deriveKey(
            passphrase: [UInt8](text: "correct horse battery staple"),
            salt: [UInt8](text: "pocketvault-salt"),
            N: cost,
            r: 8,
            p: 1
        )
        #expect(key.bytes == [UInt8](hexadecimal: digits))
    }

    @Test(arguments: [
        [1 << 18, 8, 1, 32], [1 << 20, 8, 1, 64], [1 << 62, 8, 1, 32],
        [0, 8, 1, 32], [1, 8, 1, 32], [1_000, 8, 1, 32], [-16, 8, 1, 32],
        [16, 0, 1, 32], [16, -1, 1, 32], [16, 8, 0, 32], [16, 8, -1, 32],
        [16, 1 << 20, 1 << 20, 32], [16, 8, 1, 0], [16, 8, 1, -1],
    ])
    func `Parameters out of range or over the memory limit are refused`(parameters: [Int]) {
        #expect(throws: CryptographyError.invalidParameter(.keyDerivation)) {
            try Scrypt.deriveKey(
                passphrase: [1],
                salt: [2],
                N: parameters[0],
                r: parameters[1],
                p: parameters[2],
                byteCount: parameters[3]
            )
        }
    }
}
