package import JSON
package import Notation

/// That a key may be used by somebody, beside what its policy says.
///
/// [Grants](https://docs.aws.amazon.com/kms/latest/developerguide/grants.html)
package struct KMSGrant: Sendable, Equatable {
    /// 64 hexadecimal digits.
    package let id: String
    /// What it is for.
    package let key: KeyARN
    package let name: String?
    package let grantee: GrantPrincipal
    /// Who may give it back besides.
    package let retiring: GrantPrincipal?
    /// As in `Decrypt`, each once.
    package let operations: [String]
    package let constraints: GrantConstraints
    /// The account whose caller made it.
    package let issuingAccount: String
    package let createdAt: Timestamp

    package init(
        id: String,
        key: KeyARN,
        name: String? = nil,
        grantee: GrantPrincipal,
        retiring: GrantPrincipal? = nil,
        operations: [String],
        constraints: GrantConstraints = GrantConstraints(),
        issuingAccount: String,
        createdAt: Timestamp
    ) {
        self.id = id
        self.key = key
        self.name = name
        self.grantee = grantee
        self.retiring = retiring
        self.operations = operations
        self.constraints = constraints
        self.issuingAccount = issuingAccount
        self.createdAt = createdAt
    }

    /// The most grants that a key may have.
    static let maximumPerKey = 50_000

    /// The operations that a grant for a symmetric key can be about.
    static let grantable = [
        "Decrypt", "Encrypt", "GenerateDataKey", "GenerateDataKeyWithoutPlaintext", "ReEncryptFrom",
        "ReEncryptTo", "CreateGrant", "RetireGrant", "DescribeKey", "GenerateDataKeyPair",
        "GenerateDataKeyPairWithoutPlaintext",
    ]

    /// Those that only keys of other kinds have.
    static let grantableOfOtherKeys = [
        "Sign", "Verify", "GetPublicKey", "GenerateMac", "VerifyMac", "DeriveSharedSecret",
        "Encapsulate", "Decapsulate",
    ]

    static func isID(_ text: some StringProtocol) -> Bool {
        text.utf8.count == 64 && Hexadecimal.bytes(text) != nil
    }

    /// Whether the same was granted in the same words: then the name makes it the same grant.
    func isSame(as other: KMSGrant) -> Bool {
        name == other.name && grantee == other.grantee && retiring == other.retiring
            && operations == other.operations && constraints == other.constraints
    }
}

/// Somebody whom a grant names: a user, a role, a session, an account, or a service.
package struct GrantPrincipal: Sendable, Equatable {
    /// The ARN, or the name of a service.
    package let name: String
    /// Who it was when the grant was made: whoever has the name later is another one.
    package let uniqueID: String?

    package init(_ name: String, uniqueID: String? = nil) {
        self.name = name
        self.uniqueID = uniqueID
    }

    var isService: Bool { !ARN.isARN(name) }

    /// How it is shown: by its unique id when nobody has the name any more, or somebody else.
    func shown(_ vault: any VaultReading) throws(APIError) -> String {
        guard let uniqueID, try vault.namedPrincipal(name) != .known(uniqueID: uniqueID) else {
            return name
        }
        return uniqueID
    }
}

/// When a grant counts.
package struct GrantConstraints: Sendable, Equatable {
    /// Pairs that the encryption context must have.
    package let subset: [String: String]?
    /// The whole encryption context.
    package let equals: [String: String]?
    /// What a service must call for.
    package let sourceARN: String?

    package init(
        subset: [String: String]? = nil,
        equals: [String: String]? = nil,
        sourceARN: String? = nil
    ) {
        self.subset = subset
        self.equals = equals
        self.sourceARN = sourceARN
    }

    var isEmpty: Bool { subset == nil && equals == nil && sourceARN == nil }

    /// Whether a request with this encryption context is one that is meant.
    func allow(_ context: KMSEncryptionContext) -> Bool {
        if let equals, equals != context.pairs { return false }
        return subset?.allSatisfy { context.pairs[$0.key] == $0.value } ?? true
    }
}

extension GrantConstraints: JSONWritable {
    package func write(to writer: inout JSONWriter) {
        writer.beginObject()
        GrantConstraints.write("EncryptionContextSubset", subset, to: &writer)
        GrantConstraints.write("EncryptionContextEquals", equals, to: &writer)
        writer.member("SourceArn", sourceARN)
        writer.endObject()
    }

    private static func write(
        _ name: String,
        _ pairs: [String: String]?,
        to writer: inout JSONWriter
    ) {
        guard let pairs else { return }
        writer.name(name)
        writer.beginObject()
        for (key, value) in pairs.sorted(by: { $0.key < $1.key }) { writer.member(key, value) }
        writer.endObject()
    }

    /// Reads what `write` wrote.
    package init(_ document: JSONObject) {
        var members = Members(document)
        self = (try? GrantConstraints(from: &members)) ?? GrantConstraints()
    }

    /// Reads the member of a request.
    init(from members: inout Members) throws(APIError) {
        self.init(
            subset: try members.texts("EncryptionContextSubset"),
            equals: try members.texts("EncryptionContextEquals"),
            sourceARN: try members.string("SourceArn")
        )
    }
}
