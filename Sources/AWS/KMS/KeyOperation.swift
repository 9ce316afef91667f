/// An operation on the one key that its KeyId names.
package protocol KeyOperation: Operation where API == KMSAction {
    /// The KeyId as sent; required.
    var keyID: String? { get }
}

extension KeyOperation {
    package var subject: String? { keyID }

    package func permissions() -> [Permission] {
        [Permission(Self.action, on: .key(keyID ?? ""))]
    }

    package func violations() -> [Violation] {
        var constraints = Constraints()
        constraints.keyID(keyID)
        return constraints.violations
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
            name.utf8.allSatisfy { SecretName.isAlphanumeric($0) || ":/_-".utf8.contains($0) }
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
            name.utf8.allSatisfy { SecretName.isAlphanumeric($0) || $0 == UInt8(ascii: "_") }
        }
    }
}
