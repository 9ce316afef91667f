import AWS
import JSON
import TestSupport

extension ScratchVault {
    /// The error of a call of KMS; nil when it succeeds.
    func refusal(
        ofKMS action: KMSAction,
        _ members: JSONValue = [:],
        by caller: Caller = .root()
    ) -> Refusal? {
        do throws(APIError) {
            try kms(action, members, by: caller)
            return nil
        } catch {
            return Refusal(error)
        }
    }

    /// Makes a key, and gives its key id.
    @discardableResult
    func createKey(_ members: JSONValue = [:], by caller: Caller = .root()) throws -> String {
        try kms(.createKey, members, by: caller)["KeyMetadata"]?["KeyId"]?.string ?? ""
    }

    /// Makes a key under an alias, and gives its key id.
    @discardableResult
    func createKey(alias: String, by caller: Caller = .root()) throws -> String {
        let keyID = try createKey(by: caller)
        let members: JSONValue = ["AliasName": .string(alias), "TargetKeyId": .string(keyID)]
        try kms(.createAlias, members, by: caller)
        return keyID
    }

    /// KeyMetadata of a key.
    func describeKey(_ keyID: String, by caller: Caller = .root()) throws -> JSONValue {
        try kms(.describeKey, ["KeyId": .string(keyID)], by: caller)["KeyMetadata"] ?? .null
    }

    /// Brings a key into a state.
    func bring(_ keyID: String, to state: KeyState, by caller: Caller = .root()) throws {
        let members: JSONValue = ["KeyId": .string(keyID)]
        switch state {
        case .enabled: break
        case .disabled: try kms(.disableKey, members, by: caller)
        case .pendingDeletion: try kms(.scheduleKeyDeletion, members, by: caller)
        case .deleted:
            try kms(.scheduleKeyDeletion, members, by: caller)
            try endWaitingPeriod()
        }
    }

    /// Deletes the key whose deletion is due first, as the server's scheduler does.
    func endWaitingPeriod() throws {
        try write { vault throws(APIError) in
            guard let key = try vault.nextKeyToDelete(), let date = key.deletionDate else { return }
            try KeyDeletion(of: key).run(at: date, in: vault)
        }
    }
}

/// The ARN of a key of the tests' own account.
func keyARN(_ keyID: String, region: String = "us-east-1") -> String {
    "arn:aws:kms:\(region):000000000000:key/\(keyID)"
}

extension Refusal {
    static func noKey(_ arn: String) -> Refusal {
        Refusal("NotFoundException", "Key '\(arn)' does not exist")
    }

    static func badKeyID(_ keyID: String) -> Refusal {
        Refusal("NotFoundException", "Invalid keyId '\(keyID)'")
    }

    static let aliasesNotSupported = Refusal(
        "InvalidArnException",
        "Key Aliases are not supported for this operation."
    )
    static let invalidCiphertext = Refusal("InvalidCiphertextException", nil)

    static func noAlias(_ name: String) -> Refusal {
        Refusal(
            "NotFoundException",
            "Alias arn:aws:kms:us-east-1:000000000000:\(name) is not found."
        )
    }

    static func pendingDeletion(_ keyID: String) -> Refusal {
        Refusal("KMSInvalidStateException", "\(keyARN(keyID)) is pending deletion.")
    }

    static func disabledKey(_ keyID: String) -> Refusal {
        Refusal("DisabledException", "\(keyARN(keyID)) is disabled.")
    }

    static let noAccessToKMS = Refusal("AccessDeniedException", "Access to KMS is not allowed")
}
