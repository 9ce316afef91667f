/// Makes a symmetric key for encryption, the one kind that Secrets Manager works with.
///
/// [CreateKey](https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateKey.html).
/// Errors: MalformedPolicyDocumentException, UnsupportedOperationException, TagException,
/// LimitExceededException.
package struct CreateKey: WriteOperation {
    package typealias Response = KeyDescription

    package static let action = KMSAction.createKey

    private let policy: String?
    private let description: String?
    private let keyUsage: String?
    private let customerMasterKeySpec: String?
    private let keySpec: String?
    private let origin: String?
    private let customKeyStoreID: String?
    private let xksKeyID: String?
    private let bypassesLockoutCheck: Bool?
    private let tags: TagList?
    private let multiRegion: Bool?

    package init(from members: inout Members) throws(APIError) {
        policy = try members.string("Policy")
        description = try members.string("Description")
        keyUsage = try members.string("KeyUsage")
        customerMasterKeySpec = try members.string("CustomerMasterKeySpec")
        keySpec = try members.string("KeySpec")
        origin = try members.string("Origin")
        customKeyStoreID = try members.string("CustomKeyStoreId")
        xksKeyID = try members.string("XksKeyId")
        bypassesLockoutCheck = try members.boolean("BypassPolicyLockoutSafetyCheck")
        tags = try TagList("Tags", .kms, from: &members)
        multiRegion = try members.boolean("MultiRegion")
    }

    package func violations() -> [Violation] {
        var constraints = Constraints()
        constraints.keyPolicy(policy)
        constraints.keyDescription(description)
        constraints.oneOf(keyUsage, CreateKey.usages, at: "keyUsage")
        constraints.oneOf(customerMasterKeySpec, CreateKey.specs, at: "customerMasterKeySpec")
        constraints.oneOf(keySpec, CreateKey.specs + CreateKey.newerSpecs, at: "keySpec")
        constraints.oneOf(origin, CreateKey.origins, at: "origin")
        constraints.length(of: customKeyStoreID, 1...64, at: "customKeyStoreId")
        constraints.length(of: xksKeyID, 1...128, at: "xksKeyId")
        tags?.constrain(&constraints)
        return constraints.violations
    }

    private static let usages = [
        "SIGN_VERIFY", "ENCRYPT_DECRYPT", "GENERATE_VERIFY_MAC", "KEY_AGREEMENT",
        "ENCAPSULATE_DECAPSULATE",
    ]

    /// What keys of a kind can be for.
    ///
    /// [Key spec reference](https://docs.aws.amazon.com/kms/latest/developerguide/symm-asymm-choose-key-spec.html)
    private static func usages(of spec: String) -> [String] {
        switch spec.prefix(while: { $0 != "_" }) {
        case "RSA": ["ENCRYPT_DECRYPT", "SIGN_VERIFY"]
        case "ECC" where spec.hasPrefix("ECC_NIST_P"): ["SIGN_VERIFY", "KEY_AGREEMENT"]
        case "SM2": ["ENCRYPT_DECRYPT", "SIGN_VERIFY", "KEY_AGREEMENT"]
        case "HMAC": ["GENERATE_VERIFY_MAC"]
        case "ML" where spec.hasPrefix("ML_KEM"): ["ENCAPSULATE_DECAPSULATE"]
        case "ECC", "ML": ["SIGN_VERIFY"]
        default: [KMSKey.usage]
        }
    }

    private static let specs = [
        "RSA_2048", "RSA_3072", "RSA_4096", "ECC_NIST_P256", "ECC_NIST_P384", "ECC_NIST_P521",
        "ECC_SECG_P256K1", "SYMMETRIC_DEFAULT", "HMAC_224", "HMAC_256", "HMAC_384", "HMAC_512",
        "SM2",
    ]
    private static let newerSpecs = [
        "ML_DSA_44", "ML_DSA_65", "ML_DSA_87", "ECC_NIST_EDWARDS25519", "ML_KEM_512", "ML_KEM_768",
        "ML_KEM_1024",
    ]
    private static let origins = ["AWS_KMS", "EXTERNAL", "AWS_CLOUDHSM", "EXTERNAL_KEY_STORE"]

    /// Tags need a permission of their own, for a key that has no ARN yet.
    package func permissions() -> [Permission] {
        var permission = ownPermission
        // What is not sent is what AWS makes it.
        for (name, value) in KMSKey.kindConditions(isMultiRegion: multiRegion ?? false) {
            permission.set(name, value)
        }
        permission.set("kms:KeySpec", keySpec ?? customerMasterKeySpec)
        permission.set("kms:CustomerMasterKeySpec", keySpec ?? customerMasterKeySpec)
        permission.set("kms:KeyUsage", keyUsage)
        permission.set("kms:CustomerMasterKeyUsage", keyUsage)
        permission.set("kms:KeyOrigin", origin)
        permission.set("kms:BypassPolicyLockoutSafetyCheck", bypassesLockoutCheck)
        permission.set(requestTags: tags)
        guard let tags, !tags.isEmpty else { return [permission] }
        var tagging = Permission(
            KMSAction.tagResource,
            on: .inScope(service: KMS.signingName, resource: "key/*")
        )
        tagging.set(requestTags: tags)
        return [permission, tagging]
    }

    package func perform(
        _ call: Call<NoSubject>,
        _ vault: any VaultWriting
    ) throws(APIError) -> KeyDescription {
        try checkKind()
        let scope = call.caller.scope
        let tags = try self.tags?.tags() ?? []
        var policy = KeyPolicy.initial(in: scope)
        if let own = self.policy { policy = try KeyPolicy.parse(own, vault) }
        var keyID = call.randomness.uuid()
        if multiRegion == true { keyID = "mrk-" + keyID.replacing("-", with: "") }
        let arn = KeyARN(scope: scope, keyID: keyID)
        if self.policy != nil, bypassesLockoutCheck != true {
            try call.authorization?.checkPolicyCanBePut(on: arn, under: policy, by: call.caller)
        }
        let key = try vault.insert(
            NewKey(
                arn: arn,
                description: description ?? "",
                policy: policy,
                isMultiRegion: multiRegion ?? false,
                createdAt: call.now
            )
        )
        if !tags.isEmpty { try vault.setTags(tags, of: key) }
        return try KeyDescription(of: key, at: call.now, vault)
    }

    package static func recordedResource(in response: KeyDescription) -> RecordedResource? {
        RecordedResource(arn: response.key.arn.text, scope: response.key.arn.scope)
    }

    private func checkKind() throws(APIError) {
        guard keySpec == nil || customerMasterKeySpec == nil else { throw .keySpecTwice }
        let spec = keySpec ?? customerMasterKeySpec ?? KMSKey.spec
        guard keyUsage != nil || spec == KMSKey.spec else { throw .keyUsageMissing }
        if let keyUsage, !CreateKey.usages(of: spec).contains(keyUsage) {
            throw .keyUsageUnfit(keyUsage, spec)
        }
        let kinds = [
            ("KeySpec", keySpec ?? customerMasterKeySpec, KMSKey.spec),
            ("KeyUsage", keyUsage, KMSKey.usage),
            ("Origin", origin, KMSKey.origin),
        ]
        for (member, value, supported) in kinds {
            if let value, value != supported { throw .unsupportedKey(member, value) }
        }
        if let customKeyStoreID { throw .unsupportedKey("CustomKeyStoreId", customKeyStoreID) }
        if let xksKeyID { throw .unsupportedKey("XksKeyId", xksKeyID) }
    }
}
