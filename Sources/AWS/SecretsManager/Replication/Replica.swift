internal import Notation

/// A copy of a secret in another region, or the failed attempt to make one.
///
/// The copy itself is a secret of its own in that region, with the same name and suffix.
package struct Replica: Sendable, Equatable {
    package let region: String
    /// The key that it was asked for with; empty for the AWS managed key.
    package let kmsKeyID: String
    package let state: State

    /// How a replica is doing.
    package enum State: Sendable, Equatable {
        case inSync
        /// It waits for a change by somebody who may copy the values that it lacks.
        case behind
        /// Why there is no copy, or an old one.
        case failed(String)
    }

    package init(region: String, kmsKeyID: String, state: State) {
        self.region = region
        self.kmsKeyID = kmsKeyID
        self.state = state
    }

    var hasFailed: Bool { if case .failed = state { true } else { false } }
}

extension Secret {
    /// The copy of a primary in another region; nil when there is none.
    func copy(in region: String, _ vault: any VaultReading) throws(APIError) -> Secret? {
        let arn = arn.moved(to: region)
        guard let found = try vault.secret(at: .arn(arn.text, arn.scope)), found.primaryID == id
        else { return nil }
        return found
    }
}

extension SecretARN {
    /// The ARN of the secret's copy in another region: name and suffix are the same.
    func moved(to region: String) -> SecretARN {
        SecretARN(
            scope: Scope(account: scope.account, region: region),
            name: name,
            suffix: String(suffix)
        )
    }
}
