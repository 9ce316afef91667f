import Cryptography
import Testing

@Suite struct AESGCMTamperingTests {
    private let key: KeyMaterial
    private let additionalData = [UInt8](text: "secret and version")
    private let sealed: [UInt8]

    init() throws {
        key = try KeyMaterial.random()
        sealed = try AESGCM.seal(
            [UInt8](text: "a value of thirty-three byte size"),
            key: key,
            additionalData: additionalData
        )
    }

    private func error(opening sealed: [UInt8], additionalData: [UInt8]) -> CryptographyError? {
        do throws(CryptographyError) {
            _ = try AESGCM.open(sealed.span, key: key, additionalData: additionalData)
            return nil
        } catch {
            return error
        }
    }

    @Test func `A single flipped bit anywhere in a sealed box is rejected`() {
        for bit in 0..<(sealed.count * 8) {
            let altered = sealed.flippingBit(bit)
            let error = error(opening: altered, additionalData: additionalData)
            #expect(error == .authenticationFailed, "bit \(bit)")
        }
    }

    @Test func `A single flipped bit anywhere in the additional data is rejected`() {
        for bit in 0..<(additionalData.count * 8) {
            let altered = additionalData.flippingBit(bit)
            let error = error(opening: sealed, additionalData: altered)
            #expect(error == .authenticationFailed, "bit \(bit)")
        }
    }

    @Test func `A sealed box cut short at any length, from either end, is rejected`() {
        for count in 0..<sealed.count {
            let head = Array(sealed.prefix(count))
            let tail = Array(sealed.suffix(count))
            #expect(error(opening: head, additionalData: additionalData) == .authenticationFailed)
            #expect(error(opening: tail, additionalData: additionalData) == .authenticationFailed)
        }
    }

    @Test func `Additional data cut short or made longer is rejected`() {
        for count in 0..<additionalData.count {
            let cut = Array(additionalData.prefix(count))
            #expect(error(opening: sealed, additionalData: cut) == .authenticationFailed)
        }
        #expect(error(opening: sealed, additionalData: additionalData + [0]) != nil)
    }

    @Test func `A sealed box with bytes after it or before it is rejected`() {
        #expect(error(opening: sealed + [0], additionalData: additionalData) != nil)
        #expect(error(opening: [0] + sealed, additionalData: additionalData) != nil)
    }

    @Test func `Another key is rejected with the same error as altered data`() throws {
        let otherKey = try KeyMaterial.random()
        #expect(throws: CryptographyError.authenticationFailed) {
            try AESGCM.open(sealed.span, key: otherKey, additionalData: additionalData)
        }
    }

    @Test func `A failed opening does not disturb the next one`() throws {
        #expect(error(opening: sealed.flippingBit(0), additionalData: additionalData) != nil)
        let opened = try AESGCM.open(sealed.span, key: key, additionalData: additionalData)
        #expect(opened == [UInt8](text: "a value of thirty-three byte size"))
    }
}
