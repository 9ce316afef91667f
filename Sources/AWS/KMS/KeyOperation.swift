internal import Notation

/// An operation on the one key that its KeyId names.
package protocol KeyOperation: Operation where API == KMSAction, Subject == KMSKey {
    /// The KeyId as sent; required.
    var keyID: String? { get }

    /// Whether the KeyId may be an alias.
    static var takesAliases: Bool { get }

    /// Whether callers of other accounts may be permitted it.
    ///
    /// [Cross-account use](https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying-external-accounts.html#cross-account-key-operations)
    static var servesOtherAccounts: Bool { get }
}

extension KeyOperation {
    package static var takesAliases: Bool { false }
    package static var servesOtherAccounts: Bool { false }
    package var subjectID: String? { keyID }

    var reference: KeyReference { KeyReference(keyID: keyID, takesAliases: Self.takesAliases) }

    package func locate(
        for caller: Caller,
        _ vault: any VaultReading
    ) throws(APIError) -> KMSKey? {
        try reference.find(for: caller, vault)
    }

    package func resource(
        _ key: KMSKey?,
        for caller: Caller,
        _ vault: any VaultReading
    ) throws(APIError) -> ProtectedResource {
        try reference.resource(key, for: caller, vault)
    }

    package func admit(_ key: KMSKey?, for caller: Caller) throws(APIError) {
        let key = try reference.check(key, for: caller)
        if !Self.servesOtherAccounts { try key.checkOwned(by: caller) }
    }

    /// The operation's own action on the key, with the alias by which the request calls it.
    var keyPermission: Permission {
        var permission = ownPermission
        permission.set("kms:RequestAlias", reference.aliasName)
        return permission
    }

    package func permissions() -> [Permission] { [keyPermission] }

    package static func recordedResource(of key: KMSKey) -> RecordedResource? {
        RecordedResource(arn: key.arn.text, scope: key.arn.scope)
    }

    package func violations() -> [Violation] {
        var constraints = Constraints()
        constraints.keyID(keyID)
        return constraints.violations
    }
}

extension Call where Subject == KMSKey {
    /// The key that the KeyId names.
    var key: KMSKey {
        get throws(APIError) {
            // The road has admitted it.
            guard let located else { throw .invalidKeyID("") }
            return located
        }
    }

    /// The same, of a key that the caller may change.
    func changeableKey(for action: KMSAction) throws(APIError) -> KMSKey {
        let key = try key
        try key.checkChangeable(by: caller, action)
        return key
    }
}

/// The bounds that several operations of KMS share.
extension Constraints {
    mutating func keyID(_ value: String?, at path: String = "keyId") {
        require(value, at: path)
        optionalKeyID(value, at: path)
    }

    mutating func optionalKeyID(_ value: String?, at path: String = "keyId") {
        length(of: value, 1...2_048, at: path)
    }

    mutating func aliasName(_ value: String?) {
        require(value, at: "aliasName")
        length(of: value, 1...256, at: "aliasName")
        pattern(value, "^[a-zA-Z0-9:/_-]+$", at: "aliasName") { name in
            name.utf8.allSatisfy { ASCII.isAlphanumeric($0) || ":/_-".utf8.contains($0) }
        }
    }

    mutating func keyDescription(_ value: String?) {
        length(of: value, 0...8_192, at: "description")
    }

    mutating func keyPolicy(_ value: String?) {
        length(of: value, 1...131_072, at: "policy")
        pattern(value, "[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+", at: "policy") { policy in
            policy.unicodeScalars.allSatisfy { scalar in
                [0x09, 0x0A, 0x0D].contains(scalar.value) || (0x20...0xFF).contains(scalar.value)
            }
        }
    }

    mutating func keyPolicyName(_ value: String?) {
        length(of: value, 1...128, at: "policyName")
        pattern(value, "[\\w]+", at: "policyName") { name in
            name.utf8.allSatisfy { ASCII.isAlphanumeric($0) || $0 == UInt8(ascii: "_") }
        }
    }
}

extension KMSKey: CallSubject {}
