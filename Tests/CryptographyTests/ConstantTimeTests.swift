import Cryptography
import Testing

@Suite struct ConstantTimeTests {
    @Test(arguments: [0, 1, 16, 32, 1_000])
    func `Equal bytes are equal`(count: Int) throws {
        let bytes = try SecureRandom.bytes(count)
        #expect(ConstantTime.equal(bytes, bytes.map { $0 }))
    }

    @Test func `A single flipped bit anywhere makes a difference`() {
        let bytes = [UInt8](0..<32)
        for bit in 0..<256 {
            #expect(!ConstantTime.equal(bytes, bytes.flippingBit(bit)))
        }
    }

    @Test(arguments: [([], [0]), ([0], []), ([1, 2], [1, 2, 0]), ([1, 2, 3], [1, 2])])
    func `Different lengths are unequal`(first: [UInt8], second: [UInt8]) {
        #expect(!ConstantTime.equal(first, second))
    }
}
