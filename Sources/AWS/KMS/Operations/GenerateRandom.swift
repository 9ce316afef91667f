package import JSON

/// Gives out bytes that nobody can foretell.
///
/// [GenerateRandom](https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateRandom.html).
/// Errors: UnsupportedOperationException.
package struct GenerateRandom: ReadOperation {
    package static let action = KMSAction.generateRandom

    private let numberOfBytes: Int64?
    private let customKeyStoreID: String?
    private let hasRecipient: Bool

    package init(from members: inout Members) throws(APIError) {
        numberOfBytes = try members.integer("NumberOfBytes")
        customKeyStoreID = try members.string("CustomKeyStoreId")
        hasRecipient = try members.hasRecipient()
    }

    package func violations() -> [Violation] {
        var constraints = Constraints()
        constraints.range(of: numberOfBytes, 1...1_024, at: "numberOfBytes")
        constraints.length(of: customKeyStoreID, 1...64, at: "customKeyStoreId")
        return constraints.violations
    }

    package func checkBeforeLookup() throws(APIError) {
        guard numberOfBytes != nil else { throw .numberOfBytesMissing }
        guard !hasRecipient else { throw .recipientNotSupported }
        if let customKeyStoreID { throw .unsupportedKey("CustomKeyStoreId", customKeyStoreID) }
    }

    package func perform(
        _ call: Call<NoSubject>,
        _ vault: any VaultReading
    ) throws(APIError) -> Response {
        Response(plaintext: try vault.randomBytes(Int(numberOfBytes ?? 0)))
    }

    package struct Response: Sendable, JSONWritable {
        let plaintext: [UInt8]

        package func write(to writer: inout JSONWriter) {
            writer.beginObject()
            writer.blob("Plaintext", plaintext)
            writer.endObject()
        }
    }
}
