import Cryptography
import Testing

@Suite struct WrappedKeyTests {
    private let wrappingKey: KeyMaterial
    private let key: KeyMaterial

    init() throws {
        wrappingKey = try KeyMaterial.random()
        key = try KeyMaterial.random()
    }

    @Test(arguments: [0, 16, 32, 64])
    func `A wrapped key opens to the same key`(byteCount: Int) throws {
        let key = try KeyMaterial.random(byteCount: byteCount)
        let wrapped = try AESGCM.sealKey(key, under: wrappingKey, additionalData: [7])
        #expect(wrapped.count == byteCount + AESGCM.overheadByteCount)
        let opened = try AESGCM.openKey(wrapped.span, under: wrappingKey, additionalData: [7])
        #expect(opened.bytes == key.bytes)
    }

    @Test func `An opened key opens what the key it was wrapped from has sealed`() throws {
        let sealed = try AESGCM.seal([1, 2, 3], key: key, additionalData: [])
        let wrapped = try AESGCM.sealKey(key, under: wrappingKey, additionalData: [7])
        let opened = try AESGCM.openKey(wrapped.span, under: wrappingKey, additionalData: [7])
        #expect(try AESGCM.open(sealed.span, key: opened, additionalData: []) == [1, 2, 3])
    }

    @Test func `A wrapped key does not hold the key in the clear`() throws {
        let wrapped = try AESGCM.sealKey(key, under: wrappingKey, additionalData: [])
        let plain = key.bytes
        for start in 0...(wrapped.count - 8) {
            let window = Array(wrapped[start..<(start + 8)])
            #expect(window != Array(plain.prefix(8)))
        }
    }

    @Test func `An altered wrapped key, or other additional data, is rejected`() throws {
        let wrapped = try AESGCM.sealKey(key, under: wrappingKey, additionalData: [7])
        for bit in 0..<(wrapped.count * 8) {
            #expect(throws: CryptographyError.authenticationFailed) {
                let altered = wrapped.flippingBit(bit)
                return try AESGCM.openKey(altered.span, under: wrappingKey, additionalData: [7])
            }
        }
        #expect(throws: CryptographyError.authenticationFailed) {
            try AESGCM.openKey(wrapped.span, under: wrappingKey, additionalData: [8])
        }
    }

    @Test func `A wrapped key cut short at any length is rejected`() throws {
        let wrapped = try AESGCM.sealKey(key, under: wrappingKey, additionalData: [])
        for count in 0..<wrapped.count {
            let cut = Array(wrapped.prefix(count))
            #expect(throws: CryptographyError.authenticationFailed) {
                try AESGCM.openKey(cut.span, under: wrappingKey, additionalData: [])
            }
        }
    }
}
