package import JSON
internal import Notation

/// KeyMetadata, as CreateKey and DescribeKey answer it.
extension KMSKey {
    static let spec = "SYMMETRIC_DEFAULT"
    static let usage = "ENCRYPT_DECRYPT"
    static let origin = "AWS_KMS"

    fileprivate func writeMetadata(currentMaterialID: String?, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("AWSAccountId", arn.scope.account)
        writer.member("Arn", arn.text)
        writer.member("CreationDate", createdAt)
        writer.member("CurrentKeyMaterialId", currentMaterialID)
        writer.member("CustomerMasterKeySpec", KMSKey.spec)
        writer.member("DeletionDate", deletionDate)
        writer.member("Description", description)
        writer.member("Enabled", state == .enabled)
        writer.member("EncryptionAlgorithms", [KMSKey.spec])
        writer.member("KeyId", arn.keyID)
        writer.member("KeyManager", isAWSManaged ? "AWS" : "CUSTOMER")
        writer.member("KeySpec", KMSKey.spec)
        writer.member("KeyState", state.rawValue)
        writer.member("KeyUsage", KMSKey.usage)
        writer.member("MultiRegion", isMultiRegion)
        if isMultiRegion { writeMultiRegionConfiguration(to: &writer) }
        writer.member("Origin", KMSKey.origin)
        writer.endObject()
    }

    /// There are no replicas of keys, so that each is the primary.
    private func writeMultiRegionConfiguration(to writer: inout JSONWriter) {
        writer.name("MultiRegionConfiguration")
        writer.beginObject()
        writer.member("MultiRegionKeyType", "PRIMARY")
        writer.name("PrimaryKey")
        writer.beginObject()
        writer.member("Arn", arn.text)
        writer.member("Region", arn.scope.region)
        writer.endObject()
        writer.member("ReplicaKeys", [String]())
        writer.endObject()
    }
}

/// The answer of the operations that describe one key.
package struct KeyDescription: Sendable, JSONWritable {
    let key: KMSKey
    private let currentMaterialID: String?

    init(of key: KMSKey, at now: Timestamp, _ vault: any VaultReading) throws(APIError) {
        self.key = key
        currentMaterialID = try vault.materials(of: key).current(at: now)?.id
    }

    package func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.name("KeyMetadata")
        key.writeMetadata(currentMaterialID: currentMaterialID, to: &writer)
        writer.endObject()
    }
}
