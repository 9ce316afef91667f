internal import JSON
internal import Notation

/// A key for somebody's own use that a request wants, by its kind or by its length.
package struct DataKey: Sendable {
    private let numberOfBytes: Int64?
    private let spec: String?

    init(from members: inout Members) throws(APIError) {
        numberOfBytes = try members.integer("NumberOfBytes")
        spec = try members.string("KeySpec")
    }

    func constrain(_ constraints: inout Constraints) {
        constraints.range(of: numberOfBytes, 1...1_024, at: "numberOfBytes")
        constraints.oneOf(spec, ["AES_256", "AES_128"], at: "keySpec")
    }

    func check() throws(APIError) {
        guard (numberOfBytes == nil) != (spec == nil) else { throw .dataKeyLengthUnclear }
    }

    func made(in vault: any VaultReading) throws(APIError) -> [UInt8] {
        try vault.randomBytes(Int(numberOfBytes ?? (spec == "AES_128" ? 16 : 32)))
    }
}

extension JSONWriter {
    /// Bytes, as base64.
    mutating func blob(_ name: String, _ bytes: [UInt8]) {
        self.name(name)
        string(utf8: Base64.encode(bytes.span))
    }
}

extension Members {
    /// Whether a request wants its answer sealed for an enclave, which there is none of.
    mutating func hasRecipient() throws(APIError) -> Bool {
        try structure("Recipient") { _ in true } ?? false
    }
}
