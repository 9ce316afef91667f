package import Notation

/// An operation on the one secret that its SecretId names.
package protocol SecretOperation: Operation where API == SecretsManagerAction, Subject == Secret {
    /// As sent; nil when the request has none.
    var secretID: String? { get }

    /// States besides the ordinary one in which the operation works on a secret.
    static var admits: Admission { get }

    /// Whether it leaves the secret as it is.
    static var onlyReads: Bool { get }
}

/// The states of a secret in which an operation works although most do not.
package struct Admission: OptionSet, Sendable {
    package let rawValue: Int

    package init(rawValue: Int) {
        self.rawValue = rawValue
    }

    /// Scheduled for deletion.
    package static let scheduled = Admission(rawValue: 1)
    /// Owned by another AWS service.
    package static let serviceOwned = Admission(rawValue: 2)
    /// Not there at all.
    package static let unknown = Admission(rawValue: 4)
    /// A replica; reading operations work there all the same.
    package static let replica = Admission(rawValue: 8)
}

extension SecretOperation {
    package static var admits: Admission { [] }
    package static var onlyReads: Bool { false }
    package var subjectID: String? { secretID }

    /// An ARN of another region is not known at this endpoint.
    package func locate(
        for caller: Caller,
        _ vault: any VaultReading
    ) throws(APIError) -> Secret? {
        guard let secretID else { return nil }
        let address = try SecretAddress(secretID, from: caller.scope)
        guard address.scope.region == caller.scope.region else { return nil }
        return try vault.secret(at: address)
    }

    package func resource(
        _ secret: Secret?,
        for caller: Caller,
        _ vault: any VaultReading
    ) throws(APIError) -> ProtectedResource {
        guard let secretID else { return ProtectedResource(nothingFor: caller) }
        return try ProtectedResource(secretID: secretID, secret, caller, vault)
    }

    package func admit(_ secret: Secret?, for caller: Caller) throws(APIError) {
        guard let secret else {
            guard secretID == nil || Self.admits.contains(.unknown) else { throw .secretNotFound }
            return
        }
        if secret.isReplica, !Self.onlyReads, !Self.admits.contains(.replica) {
            throw .writeOnReplica
        }
        if let owner = secret.owningService, !Self.admits.contains(.serviceOwned) {
            throw .managedByService(owner)
        }
        if secret.deletedAt != nil, !Self.admits.contains(.scheduled) {
            throw .scheduledForDeletion
        }
    }

    package static func name(of secret: Secret) -> String? { secret.name }

    package static func recordedResource(of secret: Secret) -> RecordedResource? {
        secret.recordedResource
    }
}

extension SecretOperation where Self: ReadOperation {
    /// Reading what a service owns is nobody's harm.
    package static var admits: Admission { .serviceOwned }
    package static var onlyReads: Bool { true }
}

extension Secret: CallSubject {
    /// Its replicas become what it is now.
    package func follow(
        at now: Timestamp,
        by requester: Requester,
        _ vault: any VaultWriting
    ) throws(APIError) {
        try ReplicaUpdate(afterChangeOf: self, in: vault)?.run(at: now, by: requester, in: vault)
    }
}

extension Call where Subject == Secret {
    /// The secret that the SecretId names, or ResourceNotFoundException.
    var secret: Secret {
        get throws(APIError) {
            guard let located else { throw .secretNotFound }
            return located
        }
    }
}

extension Secret {
    /// As the audit trail names it.
    var recordedResource: RecordedResource { arn.recordedResource }
}

extension SecretARN {
    var recordedResource: RecordedResource { RecordedResource(arn: text, scope: scope) }
}
