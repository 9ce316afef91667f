package import JSON
internal import Notation

/// Opens what a key sealed and seals it under another, or under the same in another context.
///
/// [ReEncrypt](https://docs.aws.amazon.com/kms/latest/APIReference/API_ReEncrypt.html).
/// Errors: those of Decrypt for the source and those of Encrypt for the destination.
package struct ReEncrypt: CiphertextOperation {
    package static let action = KMSAction.reEncrypt
    package static let permissionNames = ["kms:ReEncryptFrom", "kms:ReEncryptTo"]

    package let source: SentCiphertext
    private let destination: KeyReference
    private let context: KMSEncryptionContext
    private let algorithm: String?
    private let grantTokens: GrantTokens
    private let isDryRun: Bool

    package init(from members: inout Members) throws(APIError) {
        isDryRun = try members.boolean("DryRun") ?? false
        source = try SentCiphertext(isSource: true, isDryRun: isDryRun, from: &members)
        destination = KeyReference(
            keyID: try members.string("DestinationKeyId"),
            takesAliases: true
        )
        context = try KMSEncryptionContext("DestinationEncryptionContext", from: &members)
        algorithm = try members.string("DestinationEncryptionAlgorithm")
        grantTokens = try GrantTokens(from: &members)
    }

    package func violations() -> [Violation] {
        var constraints = Constraints()
        source.constrain(&constraints)
        constraints.keyID(destination.keyID, at: "destinationKeyId")
        constraints.encryptionAlgorithm(algorithm, at: "destinationEncryptionAlgorithm")
        grantTokens.constrain(&constraints)
        return constraints.violations
    }

    /// One for the key that opens and one for the key that seals.
    package func permissions() -> [Permission] {
        var permission = Permission("kms:ReEncryptFrom")
        permission.lateConditions = SameKey(source: source, destination: destination)
        return source.permission(permission)
    }

    package func furtherNeeds(
        of key: KMSKey?,
        for caller: Caller,
        _ vault: any VaultReading
    ) throws(APIError) -> [FurtherNeed] {
        let target = try destination.find(for: caller, vault)
        var permission = Permission("kms:ReEncryptTo", on: .nothing)
        permission.set("kms:RequestAlias", destination.aliasName)
        permission.set(encryptionContext: context)
        permission.set("kms:EncryptionAlgorithm", algorithm ?? KMSKey.spec)
        permission.lateConditions = SameKey(source: source, destination: destination)
        return [
            FurtherNeed(
                permission: permission,
                resource: try destination.resource(target, for: caller, vault)
            )
        ]
    }

    package func checkBeforeLookup() throws(APIError) { try grantTokens.check() }

    package func perform(
        _ call: Call<KMSKey>,
        _ vault: any VaultReading
    ) throws(APIError) -> Response {
        let key = try call.key
        if let authorization = call.authorization {
            for need in try furtherNeeds(of: key, for: call.caller, vault) {
                try authorization.require(need.permission, on: need.resource)
            }
        }
        let target = try destination.check(
            try destination.find(for: call.caller, vault),
            for: call.caller
        )
        try target.checkUsable(by: algorithm)
        let opened = try source.open(under: key, vault)
        guard !isDryRun, let opened else { throw .dryRun }
        return Response(
            source: key.arn,
            sourceMaterialID: opened.materialID,
            ciphertext: try target.seal(opened.plaintext, context, at: call.now, vault)
        )
    }

    package struct Response: Sendable, JSONWritable {
        let source: KeyARN
        let sourceMaterialID: String
        let ciphertext: Ciphertext

        package func write(to writer: inout JSONWriter) {
            writer.beginObject()
            writer.blob("CiphertextBlob", ciphertext.bytes)
            writer.member("DestinationEncryptionAlgorithm", KMSKey.spec)
            writer.member("DestinationKeyMaterialId", ciphertext.materialID)
            writer.member("KeyId", ciphertext.key.text)
            writer.member("SourceEncryptionAlgorithm", KMSKey.spec)
            writer.member("SourceKeyId", source.text)
            writer.member("SourceKeyMaterialId", sourceMaterialID)
            writer.endObject()
        }
    }
}

/// Whether a value stays under the key that it is under.
private struct SameKey: ConditionSource {
    let source: SentCiphertext
    let destination: KeyReference

    func add(
        to keys: inout ConditionKeys,
        for caller: Caller,
        _ vault: any VaultReading
    ) throws(APIError) {
        let found = try APIError.ofStoreOnly { () throws(APIError) in
            let former = try source.locate(for: caller, vault)
            return try former.map { former throws(APIError) in
                try destination.find(for: caller, vault) == former
            }
        }
        keys.set("kms:ReEncryptOnSameKey", found.map { $0 ? "true" : "false" })
    }
}
