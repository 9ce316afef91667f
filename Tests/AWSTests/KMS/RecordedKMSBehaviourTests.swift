import AWS
import JSON
import TestSupport
import Testing

/// What KMS was recorded to do about keys, each by its number in docs/compatibility.md; C59 is in
/// KeyAdmissionTests, C23, C60 and C70 in KeyRotationTests, C65 to C69 in EncryptionTests, C71 in
/// GrantTests.
@Suite struct RecordedKMSBehaviourTests {
    let vault: ScratchVault
    let keyID: String

    init() throws {
        vault = try ScratchVault()
        keyID = try vault.createKey()
    }

    private static let digits = String(repeating: "0f", count: 16)

    @Test(arguments: [
        ("x", Refusal.badKeyID("x")),
        (digits, .badKeyID(digits)),
        ("mrk-\(digits)", .noKey(keyARN("mrk-\(digits)"))),
        (KeyRefusalTests.nowhere, .noKey(keyARN(KeyRefusalTests.nowhere))),
        (keyARN(KeyRefusalTests.nowhere), .noKey(keyARN(KeyRefusalTests.nowhere))),
        (
            keyARN(KeyRefusalTests.nowhere, region: "eu-west-1"),
            Refusal("NotFoundException", "Invalid arn eu-west-1")
        ),
        ("alias/nobody", .noAlias("alias/nobody")),
        ("arn:aws:kms:us-east-1:000000000000:alias/nobody", .noAlias("alias/nobody")),
    ])
    func `C58: a key that cannot be found`(name: String, expected: Refusal) {
        for action in [KMSAction.describeKey, .encrypt] {
            let request: JSONValue = ["KeyId": "\(name)", "Plaintext": "eA=="]
            #expect(vault.refusal(ofKMS: action, request) == expected)
        }
    }

    @Test(arguments: [KMSAction.listKeys, .listAliases, .listKeyRotations, .listGrants])
    func `C61: a marker that is none is refused without any text`(action: KMSAction) {
        #expect(
            vault.refusal(ofKMS: action, ["Marker": "x", "KeyId": "\(keyID)"])
                == Refusal("InvalidMarkerException", nil)
        )
    }

    @Test(arguments: ["RSA_2048", "ECC_NIST_P256", "HMAC_256", "SM2", "ML_DSA_44", "ML_KEM_512"])
    func `C62: a key of another kind needs a KeyUsage`(spec: String) {
        #expect(
            vault.refusal(ofKMS: .createKey, ["KeySpec": "\(spec)"])
                == Refusal(
                    "ValidationException",
                    "You must specify a KeyUsage value for all KMS keys except for symmetric"
                        + " encryption keys."
                )
        )
    }

    @Test(arguments: [
        ("RSA_2048", "KEY_AGREEMENT"), ("RSA_4096", "GENERATE_VERIFY_MAC"),
        ("ECC_SECG_P256K1", "KEY_AGREEMENT"), ("ECC_NIST_EDWARDS25519", "ENCRYPT_DECRYPT"),
        ("HMAC_256", "SIGN_VERIFY"), ("SYMMETRIC_DEFAULT", "SIGN_VERIFY"),
        ("ML_KEM_512", "SIGN_VERIFY"), ("ML_DSA_44", "ENCRYPT_DECRYPT"),
    ])
    func `C62: a KeySpec and a KeyUsage must fit`(spec: String, usage: String) {
        #expect(
            vault.refusal(ofKMS: .createKey, ["KeySpec": "\(spec)", "KeyUsage": "\(usage)"])
                == Refusal(
                    "ValidationException",
                    "KeyUsage \(usage) is not compatible with KeySpec \(spec)"
                )
        )
    }

    @Test func `C63: tags that cannot be are refused, and removing none is fine`() throws {
        let rows: [(JSONValue, Refusal)] = [
            (
                [["TagKey": "a", "TagValue": "1"], ["TagKey": "a", "TagValue": "2"]],
                Refusal("TagException", "Duplicate tag keys")
            ),
            (
                .array((0..<51).map { ["TagKey": "k\($0)", "TagValue": ""] }),
                Refusal("TagException", "Too many tags")
            ),
            (
                [["TagKey": "aws:a", "TagValue": ""]],
                Refusal("TagException", "Tags beginning with aws: are reserved")
            ),
            (
                [["TagKey": "AWS:a", "TagValue": ""]],
                Refusal("TagException", "Tags beginning with aws: are reserved")
            ),
            (
                [["TagKey": "\(long(129))", "TagValue": ""]],
                .constraint("'\(long(129))'", "tags.1.member.tagKey", atMost(128))
            ),
            (
                [["TagKey": "a", "TagValue": "\(long(257))"]],
                .constraint("'\(long(257))'", "tags.1.member.tagValue", atMost(256))
            ),
        ]
        for (tags, expected) in rows {
            #expect(vault.refusal(ofKMS: .createKey, ["Tags": tags]) == expected)
            #expect(
                vault.refusal(ofKMS: .tagResource, ["KeyId": "\(keyID)", "Tags": tags]) == expected
            )
        }
        let nothing: JSONValue = ["KeyId": "\(keyID)", "TagKeys": ["nobody's"]]
        #expect(vault.refusal(ofKMS: .untagResource, nothing) == nil)
        #expect(
            vault.refusal(
                ofKMS: .createAlias,
                ["AliasName": "app", "TargetKeyId": "\(keyID)"]
            )
                == Refusal(
                    "ValidationException",
                    "Alias must start with the prefix \"alias/\". Please see"
                        + " https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html"
                )
        )
    }
}
