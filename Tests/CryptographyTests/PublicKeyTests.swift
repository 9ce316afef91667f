import Cryptography
import Notation
import Testing

/// Keys and signatures that the openssl command made for these tests.
@Suite struct PublicKeyTests {
    private static func bytes(_ text: String) -> [UInt8] { Base64.decode(urlText: text) ?? [] }

    private static let text = Array("invented.text".utf8)

    private static let modulus =
        "kEy9uxN_b90R-Eh98FGMM6ELtliU0DOKFsN-EdB7Uq18tL-lzcpwomLWGebMsjMPiV5-w157Iqf9KfRV"
        + "JK2X9-kp82k0FJ7aH_uMzpykUmH1MHm0Ykw3g1f5P1F0yTXf2konkvoPiz1pzzMVFBsYq0cf0-HqeKdF"
        + "f7iXtzHIeiAEtSG8SseSc3kbz6uMNRaACMhFxiC7R2oTYtwLWPCRk3u9DEWR7hMf6FYdpE1KRQqV_n-_"
        + "16Tl9l6ORt2kSz15PrgvhxNP4a1xA5Wjb3stomAlHs9DZCsMnHnciyXXmVY2nQwXqoKY0018hBSTXEQY"
        + "Jh_YPN0JQvSSl9JvMwqlKQ"
    private static let rsaSignature =
        "Vpgyx2h5gXwG38wGL9fprGJiv-Zfw35s2D8HK9ot0AP5-ZQj0VJNVh4vl1m_lWqOG6I-g7lmbMVfD_SK"
        + "wPMyOEpMm6eFV7Fyu5Sz_XyMbedMeghEYfmLbnMxcixhBqgIpJDEc_3xF1YiE7tppjRjtKcCpj2at-mc"
        + "RIe36eJ-QdwG7oW98y_j98AZB_GGfqyBk9n6N1HLbWhaCV41uCN_-3nFfnSWBcocEEPR8Mamy53ASGRP"
        + "lFRVgVqcl-oPWJClQeT8e4gvvYDq5MBILiAXSKWNfPdv0EOv7sTgotRB-SoDpe_oR9rD0sx8qpwdlhB1"
        + "PP8ZkH52hufQxqTM-eXfkA"
    private static let x = "q6qggms4Cw_mgVich7d6GHHP097ZStlQW68Mtx_9auA"
    private static let y = "3BTLbjBtwPQT6iP0G55J4gzJg5VHdd2o4m1GBZ1Qy5s"
    private static let ecSignature =
        "-qTRP6gSvAbIRt_tnPbKNtJ0RApUrPbrJUAIm4hoqxYUkCYi3mDfkhbEM0vGKPrs6qQ9e_qesG42rrf_"
        + "ESGMtQ"

    @Test func `RS256: what the private key has signed is verified, and nothing else`() throws {
        let key = try #require(
            PublicKey(modulus: Self.bytes(Self.modulus), exponent: Self.bytes("AQAB"))
        )
        #expect(key.algorithm == .rs256)
        let (signature, text) = (Self.bytes(Self.rsaSignature), Self.text)
        #expect(key.verifies(signature, of: text))
        #expect(!key.verifies(signature, of: text + [0]))
        #expect(!key.verifies(signature.reversed(), of: text))
        #expect(!key.verifies([], of: text))
    }

    @Test func `ES256: what the private key has signed is verified, and nothing else`() throws {
        let key = try #require(PublicKey(x: Self.bytes(Self.x), y: Self.bytes(Self.y)))
        #expect(key.algorithm == .es256)
        let (signature, text) = (Self.bytes(Self.ecSignature), Self.text)
        #expect(key.verifies(signature, of: text))
        #expect(!key.verifies(signature, of: Array(text.dropLast())))
        #expect(!key.verifies(Array(signature.dropLast()), of: text))
        #expect(!key.verifies(Array(repeating: 0, count: 64), of: text))
    }

    @Test func `A short modulus and a point off the curve are no keys`() {
        let modulus = Self.bytes(Self.modulus)
        #expect(PublicKey(modulus: Array(modulus.prefix(128)), exponent: [1, 0, 1]) == nil)
        #expect(PublicKey(modulus: Array(repeating: 0, count: 300), exponent: [1, 0, 1]) == nil)
        #expect(PublicKey(x: Self.bytes(Self.x), y: Self.bytes(Self.x)) == nil)
        #expect(PublicKey(x: [], y: []) == nil)
    }
}
