internal import FoundationEssentials
internal import JSON

/// SecretString and SecretBinary as a request carries them: at most one may be there.
struct ValueMembers: Sendable {
    private let string: String?
    private let binary: [UInt8]?

    init(from members: inout Members) throws(APIError) {
        string = try members.sensitiveString("SecretString")
        binary = try members.sensitiveBlob("SecretBinary")
    }

    var isEmpty: Bool { string == nil && binary == nil }

    /// The value; nil when the request has none.
    func value() throws(APIError) -> SecretValue? {
        switch (string, binary) {
        case (nil, nil): nil
        case (let string?, nil): SecretValue(kind: .string, bytes: Array(string.utf8))
        case (nil, let binary?): SecretValue(kind: .binary, bytes: binary)
        case (_?, _?): throw .bothValues
        }
    }

    func constrain(_ constraints: inout Constraints) {
        let bounds = 1...SecretValue.maximumLength
        constraints.byteLength(of: binary?.count, bounds, at: "secretBinary")
        constraints.byteLength(of: string?.utf8.count, bounds, at: "secretString")
    }
}

extension JSONWriter {
    /// SecretString, or SecretBinary in base64; left out when there is no value.
    mutating func member(_ value: SecretValue?) {
        guard let value else { return }
        switch value.kind {
        case .string:
            name("SecretString")
            string(utf8: value.bytes)
        case .binary:
            member("SecretBinary", Data(value.bytes).base64EncodedString())
        }
    }
}
