import AWS
import JSON
import Notation
import TestSupport
import Testing

/// What a key seals and opens.
@Suite struct EncryptionTests {
    let vault: ScratchVault
    let keyID: String
    let context: JSONValue = ["app": "shop", "stage": "prod"]

    init() throws {
        vault = try ScratchVault()
        keyID = try vault.createKey(alias: "alias/app")
    }

    private func materialID(of keyID: String) throws -> String? {
        try vault.describeKey(keyID)["CurrentKeyMaterialId"]?.string
    }

    @Test func `C66: Encrypt and Decrypt tell the key by its ARN, and the material`() throws {
        for name in [keyID, keyARN(keyID), "alias/app", "\(keyARN("").dropLast(4))alias/app"] {
            let sealed = try vault.kms(
                .encrypt,
                ["KeyId": "\(name)", "Plaintext": "\(base64("invented"))"]
            )
            #expect(sealed.names == ["CiphertextBlob", "EncryptionAlgorithm", "KeyId"])
            #expect(sealed["KeyId"]?.string == keyARN(keyID))
            #expect(sealed["EncryptionAlgorithm"] == "SYMMETRIC_DEFAULT")
            let blob = try #require(sealed["CiphertextBlob"])
            for key in [nil, "\(name)"] as [JSONValue] {
                let opened = try vault.kms(.decrypt, ["CiphertextBlob": blob, "KeyId": key])
                #expect(
                    opened.names == ["EncryptionAlgorithm", "KeyId", "KeyMaterialId", "Plaintext"]
                )
                #expect(opened["KeyId"]?.string == keyARN(keyID))
                #expect(opened["KeyMaterialId"]?.string == (try materialID(of: keyID)))
                #expect(opened["Plaintext"]?.string == base64("invented"))
            }
        }
    }

    @Test(arguments: [1, 4_095, 4_096])
    func `C66: from 1 to 4,096 bytes are sealed`(count: Int) throws {
        let text = String(repeating: "x", count: count)
        let ciphertext = try vault.encrypt(text, under: keyID)
        #expect(try vault.decrypt(ciphertext) == text)
        #expect((bytes(ciphertext)?.count ?? 0) <= 6_144)
    }

    @Test(arguments: [(0, atLeast(1)), (4_097, atMost(4_096))])
    func `C66: a text of another length is refused without repeating it`(
        count: Int,
        rule: String
    ) {
        let text = String(repeating: "x", count: count)
        #expect(
            vault.refusal(ofKMS: .encrypt, ["KeyId": "x", "Plaintext": "\(base64(text))"])
                == .hidden("plaintext", rule)
        )
    }

    @Test func `The same text is never sealed to the same bytes`() throws {
        let blobs = try (0..<8).map { _ in try vault.encrypt("x", under: keyID).text }
        #expect(Set(blobs).count == 8)
    }

    @Test func `C67: what is sealed in a context opens in the same and in no other`() throws {
        let ciphertext = try vault.encrypt("invented", under: keyID, context)
        #expect(try vault.decrypt(ciphertext, ["stage": "prod", "app": "shop"]) == "invented")
        let others: [JSONValue] = [
            [:], nil, ["app": "shop"], ["app": "shop", "stage": "test"],
            ["app": "shop", "Stage": "prod"], ["app": "shop", "stage": "prod", "more": ""],
            // The pairs are told apart by more than their texts.
            ["app": "shopstageprod"], ["appshop": "", "stage": "prod"],
        ]
        for other in others {
            #expect(
                vault.refusal(ofDecrypting: ciphertext, ["EncryptionContext": other])
                    == .invalidCiphertext,
                "\(other.text)"
            )
        }
    }

    @Test func `C67: what is no ciphertext does not open, wherever it is wrong`() throws {
        let ciphertext = try #require(bytes(try vault.encrypt("invented", under: keyID)))
        var wrong: [[UInt8]] = [[0], [1], [1, 255], Array("not a ciphertext".utf8)]
        for place in ciphertext.indices {
            var altered = ciphertext
            altered[place] ^= 1
            wrong.append(altered)
        }
        wrong += [1, 2, 40, 100, ciphertext.count - 1].map { Array(ciphertext.prefix($0)) }
        wrong.append(ciphertext + [0])
        for bytes in wrong {
            let refused = vault.refusal(ofDecrypting: "\(Base64.text(bytes))")
            // An altered ARN may be that of a key that is not there.
            let isExpected =
                refused == .invalidCiphertext || refused == .keyOfCiphertextNotReachable
            #expect(isExpected, "\(refused as Any)")
        }
        #expect(
            vault.refusal(ofDecrypting: "") == .hidden("ciphertextBlob", atLeast(1))
        )
    }

    @Test func `C67: the KeyId of another key does not open it`() throws {
        let other = try vault.createKey()
        let ciphertext = try vault.encrypt("x", under: keyID)
        let incorrect = Refusal(
            "IncorrectKeyException",
            "The key ID in the request does not identify a CMK that can perform this operation."
        )
        #expect(vault.refusal(ofDecrypting: ciphertext, ["KeyId": "\(other)"]) == incorrect)
        #expect(
            vault.refusal(
                ofKMS: .reEncrypt,
                [
                    "CiphertextBlob": ciphertext, "SourceKeyId": "\(other)",
                    "DestinationKeyId": "\(other)",
                ]
            ) == incorrect
        )
        #expect(
            vault.refusal(ofDecrypting: ciphertext, ["KeyId": "alias/nobody"])
                == .noAlias("alias/nobody")
        )
    }

    @Test(arguments: [KeyState.disabled, .pendingDeletion])
    func `C67: a key opens nothing while it is disabled or pending deletion`(
        state: KeyState
    ) throws {
        let ciphertext = try vault.encrypt("invented", under: keyID)
        let other = try vault.createKey()
        try vault.bring(keyID, to: state)
        let expected: Refusal = state == .disabled ? .disabledKey(keyID) : .pendingDeletion(keyID)
        #expect(vault.refusal(ofDecrypting: ciphertext) == expected)
        let members: JSONValue = ["CiphertextBlob": ciphertext, "DestinationKeyId": "\(other)"]
        #expect(vault.refusal(ofKMS: .reEncrypt, members) == expected)
        let sealed = try vault.encrypt("x", under: other)
        #expect(
            vault.refusal(
                ofKMS: .reEncrypt,
                ["CiphertextBlob": sealed, "DestinationKeyId": "\(keyID)"]
            ) == expected
        )
        if state == .pendingDeletion { try vault.kms(.cancelKeyDeletion, ["KeyId": "\(keyID)"]) }
        try vault.kms(.enableKey, ["KeyId": "\(keyID)"])
        #expect(try vault.decrypt(ciphertext) == "invented")
    }

    @Test func `C67: another algorithm than the key's is refused`() throws {
        let refused = vault.refusal(
            ofKMS: .encrypt,
            [
                "KeyId": "\(keyID)", "Plaintext": "eA==",
                "EncryptionAlgorithm": "RSAES_OAEP_SHA_256",
            ]
        )
        #expect(refused?.code == "InvalidKeyUsageException")
    }

    @Test func `A key that is gone opens nothing, nor does one of another region`() throws {
        let ciphertext = try vault.encrypt("invented", under: keyID)
        let elsewhere = Caller.root(region: "eu-west-1")
        #expect(
            vault.refusal(ofDecrypting: ciphertext, by: elsewhere) == .keyOfCiphertextNotReachable
        )
        try vault.bring(keyID, to: .deleted)
        #expect(vault.refusal(ofDecrypting: ciphertext) == .keyOfCiphertextNotReachable)
        #expect(
            vault.refusal(ofDecrypting: ciphertext, ["KeyId": "\(keyID)"])
                == .noKey(keyARN(keyID))
        )
    }

    @Test func `C68: a data key comes open and sealed, and opens again`() throws {
        let lengths: [(JSONValue, Int)] = [
            (["KeySpec": "AES_256"], 32), (["KeySpec": "AES_128"], 16),
            (["NumberOfBytes": 1], 1), (["NumberOfBytes": 1_024], 1_024),
        ]
        for (length, count) in lengths {
            let request = members(
                length,
                and: ["KeyId": "alias/app", "EncryptionContext": context]
            )
            let answer = try vault.kms(.generateDataKey, request)
            #expect(answer.names == ["CiphertextBlob", "KeyId", "KeyMaterialId", "Plaintext"])
            #expect(answer["KeyId"]?.string == keyARN(keyID))
            #expect(answer["KeyMaterialId"]?.string == (try materialID(of: keyID)))
            #expect(bytes(answer["Plaintext"])?.count == count)
            let sealed = try #require(answer["CiphertextBlob"])
            let opened = try vault.kms(
                .decrypt,
                ["CiphertextBlob": sealed, "EncryptionContext": context]
            )
            #expect(opened["Plaintext"] == answer["Plaintext"])
            let closed = try vault.kms(.generateDataKeyWithoutPlaintext, request)
            #expect(closed.names == ["CiphertextBlob", "KeyId", "KeyMaterialId"])
            let later = try vault.kms(
                .decrypt,
                ["CiphertextBlob": closed["CiphertextBlob"] ?? .null, "EncryptionContext": context]
            )
            #expect(bytes(later["Plaintext"])?.count == count)
        }
    }

    @Test(arguments: [KMSAction.generateDataKey, .generateDataKeyWithoutPlaintext])
    func `A data key has either a kind or a length`(action: KMSAction) {
        let unclear = Refusal(
            "ValidationException",
            "Please specify either number of bytes or key spec."
        )
        let key: JSONValue = ["KeyId": "\(keyID)"]
        #expect(vault.refusal(ofKMS: action, key) == unclear)
        let both: JSONValue = ["KeySpec": "AES_256", "NumberOfBytes": 32]
        #expect(vault.refusal(ofKMS: action, members(both, and: key)) == unclear)
        #expect(
            vault.refusal(ofKMS: action, members(["NumberOfBytes": 1_025], and: key))
                == .constraint(
                    "'1025'",
                    "numberOfBytes",
                    "have value less than or equal to 1024"
                )
        )
        #expect(
            vault.refusal(ofKMS: action, members(["KeySpec": "AES_512"], and: key))
                == .constraint("'AES_512'", "keySpec", "satisfy enum value set: [AES_256, AES_128]")
        )
    }

    @Test func `C68: ReEncrypt brings a value under another key and context`() throws {
        let other = try vault.createKey()
        let answer = try vault.kms(
            .reEncrypt,
            [
                "CiphertextBlob": try vault.encrypt("invented", under: keyID, context),
                "SourceEncryptionContext": context, "DestinationKeyId": "\(other)",
                "DestinationEncryptionContext": ["new": "1"],
            ]
        )
        #expect(
            answer.names == [
                "CiphertextBlob", "DestinationEncryptionAlgorithm", "DestinationKeyMaterialId",
                "KeyId", "SourceEncryptionAlgorithm", "SourceKeyId", "SourceKeyMaterialId",
            ]
        )
        #expect(answer["KeyId"]?.string == keyARN(other))
        #expect(answer["SourceKeyId"]?.string == keyARN(keyID))
        #expect(answer["SourceKeyMaterialId"]?.string == (try materialID(of: keyID)))
        #expect(answer["DestinationKeyMaterialId"]?.string == (try materialID(of: other)))
        let sealed = try #require(answer["CiphertextBlob"])
        #expect(try vault.decrypt(sealed, ["new": "1"]) == "invented")
        #expect(vault.refusal(ofDecrypting: sealed) == .invalidCiphertext)
    }

    @Test func `C65: GenerateRandom gives 1 to 1,024 bytes, each time others`() throws {
        let blobs = try (0..<4).map { _ in
            try vault.kms(.generateRandom, ["NumberOfBytes": 1_024])["Plaintext"]
        }
        for blob in blobs { #expect(bytes(blob)?.count == 1_024) }
        #expect(Set(blobs.compactMap { $0?.string }).count == 4)
        #expect(
            vault.refusal(ofKMS: .generateRandom)
                == Refusal("ValidationException", "NumberOfBytes is required.")
        )
        let bounds: [(Int64, String)] = [
            (0, "greater than or equal to 1"), (1_025, "less than or equal to 1024"),
        ]
        for (number, rule) in bounds {
            let request: JSONValue = ["NumberOfBytes": .number(JSONNumber(number))]
            #expect(
                vault.refusal(ofKMS: .generateRandom, request)
                    == .constraint("'\(number)'", "numberOfBytes", "have value \(rule)")
            )
        }
    }

    @Test func `C69: a dry run does all but the work`() throws {
        let dryRun = Refusal(
            "DryRunOperationException",
            "The request would have succeeded, but the DryRun option is set."
        )
        let ciphertext = try vault.encrypt("x", under: keyID)
        let rows: [(KMSAction, JSONValue)] = [
            (.encrypt, ["KeyId": "\(keyID)", "Plaintext": "eA=="]),
            (.decrypt, ["CiphertextBlob": ciphertext]),
            (.decrypt, ["KeyId": "\(keyID)", "DryRunModifiers": ["IGNORE_CIPHERTEXT"]]),
            (.reEncrypt, ["CiphertextBlob": ciphertext, "DestinationKeyId": "\(keyID)"]),
            (.generateDataKey, ["KeyId": "\(keyID)", "KeySpec": "AES_256"]),
            (.generateDataKeyWithoutPlaintext, ["KeyId": "\(keyID)", "KeySpec": "AES_256"]),
            (
                .createGrant,
                [
                    "KeyId": "\(keyID)", "Operations": ["Decrypt"],
                    "GranteePrincipal": "arn:aws:iam::111122223333:root",
                ]
            ),
        ]
        for (action, request) in rows {
            let request = members(request, and: ["DryRun": true])
            #expect(vault.refusal(ofKMS: action, request) == dryRun, "\(action)")
        }
        #expect(try vault.kms(.listGrants, ["KeyId": "\(keyID)"])["Grants"]?.text == "[]")
        #expect(
            vault.refusal(ofDecrypting: "eA==", ["DryRun": true]) == .invalidCiphertext
        )
        try vault.bring(keyID, to: .disabled)
        for (action, request) in rows {
            let request = members(request, and: ["DryRun": true])
            #expect(vault.refusal(ofKMS: action, request) == .disabledKey(keyID), "\(action)")
        }
    }

    @Test func `Neither texts nor ciphertexts are in the trail, contexts are`() throws {
        let caller = try vault.user("ana")
        let ciphertext = try vault.encrypt("invented", under: keyID, context, by: caller)
        _ = try vault.decrypt(ciphertext, context, by: caller)
        let records = try vault.auditRecords().filter {
            $0.principalARN == caller.principal.arn
        }
        #expect(records.map(\.eventName) == ["Encrypt", "Decrypt"])
        for record in records {
            let parameters = record.requestParameters ?? ""
            #expect(!parameters.contains(base64("invented")))
            #expect(!parameters.contains("iphertext"))
            #expect(parameters.contains(#""encryptionContext":{"app":"shop","stage":"prod"}"#))
            #expect(record.resourceARN == keyARN(keyID))
            #expect(record.isReadOnly)
        }
    }

    @Test func `Answers for enclaves are refused, not left out`() {
        let refused = vault.refusal(
            ofKMS: .generateDataKey,
            [
                "KeyId": "\(keyID)", "KeySpec": "AES_256",
                "Recipient": ["KeyEncryptionAlgorithm": "RSAES_OAEP_SHA_256"],
            ]
        )
        #expect(refused?.code == "UnsupportedOperationException")
    }
}

extension Refusal {
    static let keyOfCiphertextNotReachable = Refusal(
        "AccessDeniedException",
        "The ciphertext refers to a customer master key that does not exist, does not exist in this"
            + " region, or you are not allowed to access."
    )
}
