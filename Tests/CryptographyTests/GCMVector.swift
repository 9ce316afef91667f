import Testing

/// A published AES-256-GCM result with a 96-bit nonce.
struct GCMVector: CustomTestStringConvertible {
    let source: String
    let key: [UInt8]
    let nonce: [UInt8]
    let additionalData: [UInt8]
    let plaintext: [UInt8]
    let ciphertext: [UInt8]
    let tag: [UInt8]

    var sealed: [UInt8] { nonce + ciphertext + tag }
    var testDescription: String { source }

    init(
        _ source: String,
        key: String,
        nonce: String,
        additionalData: String = "",
        plaintext: String = "",
        ciphertext: String = "",
        tag: String
    ) {
        self.source = source
        self.key = [UInt8](hexadecimal: key)
        self.nonce = [UInt8](hexadecimal: nonce)
        self.additionalData = [UInt8](hexadecimal: additionalData)
        self.plaintext = [UInt8](hexadecimal: plaintext)
        self.ciphertext = [UInt8](hexadecimal: ciphertext)
        self.tag = [UInt8](hexadecimal: tag)
    }

    /// Each was recomputed with a second implementation before it was written down here.
    static let published = mcGrewViega + nist + macSec

    private static let zeroKey = String(repeating: "0", count: 64)
    private static let mcGrewViegaKey =
        "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308"
    private static let macSecKey =
        "e3c08a8f06c6e3ad95a70557b23f75483ce33021a9c72b7025666204c69c0b72"

    /// McGrew and Viega, "The Galois/Counter Mode of Operation", appendix B.
    private static let mcGrewViega = [
        GCMVector(
            "McGrew-Viega test case 13",
            key: zeroKey,
            nonce: "000000000000000000000000",
            tag: "530f8afbc74536b9a963b4f1c4cb738b"
        ),
        GCMVector(
            "McGrew-Viega test case 14",
            key: zeroKey,
            nonce: "000000000000000000000000",
            plaintext: "00000000000000000000000000000000",
            ciphertext: "cea7403d4d606b6e074ec5d3baf39d18",
            tag: "d0d1c8a799996bf0265b98b5d48ab919"
        ),
        GCMVector(
            "McGrew-Viega test case 15",
            key: mcGrewViegaKey,
            nonce: "cafebabefacedbaddecaf888",
            plaintext: "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
                + "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b391aafd255",
            ciphertext: "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
                + "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662898015ad",
            tag: "b094dac5d93471bdec1a502270e3cc6c"
        ),
        GCMVector(
            "McGrew-Viega test case 16",
            key: mcGrewViegaKey,
            nonce: "cafebabefacedbaddecaf888",
            additionalData: "feedfacedeadbeeffeedfacedeadbeefabaddad2",
            plaintext: "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
                + "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39",
            ciphertext: "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
                + "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662",
            tag: "76fc6ece0f4e1768cddf8853bb2d551b"
        ),
    ]

    /// NIST CAVP, gcmEncryptExtIV256.rsp, the first of three groups.
    private static let nist = [
        GCMVector(
            "CAVP, no plaintext, no additional data",
            key: "b52c505a37d78eda5dd34f20c22540ea1b58963cf8e5bf8ffa85f9f2492505b4",
            nonce: "516c33929df5a3284ff463d7",
            tag: "bdc1ac884d332457a1d2664f168c76f0"
        ),
        GCMVector(
            "CAVP, one block of plaintext",
            key: "31bdadd96698c204aa9ce1448ea94ae1fb4a9a0b3c9d773b51bb1822666b8f22",
            nonce: "0d18e06c7c725ac9e362e1ce",
            plaintext: "2db5168e932556f8089a0622981d017d",
            ciphertext: "fa4362189661d163fcd6a56d8bf0405a",
            tag: "d636ac1bbedd5cc3ee727dc2ab4a9489"
        ),
        GCMVector(
            "CAVP, one block of additional data",
            key: "78dc4e0aaf52d935c3c01eea57428f00ca1fd475f5da86a49c8dd73d68c8e223",
            nonce: "d79cf22d504cc793c3fb6c8a",
            additionalData: "b96baa8c1c75a671bfb2d08d06be5f36",
            tag: "3e5d486aa2e30b22e040b85723a06e76"
        ),
    ]

    /// The GCM-AES-256 examples of IEEE 802.1AEbn, annex C.
    private static let macSec = [
        GCMVector(
            "MACsec, 54-byte packet, authenticated only",
            key: macSecKey,
            nonce: "12153524c0895e81b2c28465",
            additionalData: "d609b1f056637a0d46df998d88e5222ab2c2846512153524c0895e81"
                + "08000f101112131415161718191a1b1c1d1e1f202122232425262728"
                + "292a2b2c2d2e2f30313233340001",
            tag: "2f0bc5af409e06d609ea8b7d0fa5ea50"
        ),
        GCMVector(
            "MACsec, 60-byte packet, encrypted",
            key: macSecKey,
            nonce: "12153524c0895e81b2c28465",
            additionalData: "d609b1f056637a0d46df998d88e52e00b2c2846512153524c0895e81",
            plaintext: "08000f101112131415161718191a1b1c1d1e1f2021222324"
                + "25262728292a2b2c2d2e2f303132333435363738393a0002",
            ciphertext: "e2006eb42f5277022d9b19925bc419d7a592666c925fe2ef"
                + "718eb4e308efeaa7c5273b394118860a5be2a97f56ab7836",
            tag: "5ca597cdbb3edb8d1a1151ea0af7b436"
        ),
    ]
}
