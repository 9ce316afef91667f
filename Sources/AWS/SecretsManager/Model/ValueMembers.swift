internal import JSON
internal import Notation

/// SecretString and SecretBinary as a request carries them: at most one may be there.
struct ValueMembers: Sendable {
    private let string: String?
    private let binary: [UInt8]?
    /// False when the request is one that the audit trail remembers: values leave no trace there.
    private let isTold: Bool

    init(from members: inout Members) throws(APIError) {
        string = try members.sensitiveString("SecretString")
        binary = try members.sensitiveBlob("SecretBinary")
        isTold = !members.withholdsSecrets
    }

    var isEmpty: Bool { string == nil && binary == nil }

    /// Whether the request has a value, or had one: then there is a version of its token.
    func werePresent(
        as token: String?,
        of secret: Secret?,
        _ vault: any VaultReading
    ) throws(APIError) -> Bool {
        guard !isTold else { return !isEmpty }
        guard let secret, let token else { return false }
        return try vault.version(.id(token), of: secret) != nil
    }

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
            member("SecretBinary", Base64.text(value.bytes))
        }
    }
}
