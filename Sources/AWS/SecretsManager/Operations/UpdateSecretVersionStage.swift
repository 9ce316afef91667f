/// Moves, attaches or detaches one staging label.
///
/// [UpdateSecretVersionStage](https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_UpdateSecretVersionStage.html).
/// Errors: ResourceNotFoundException, InvalidParameterException, InvalidRequestException,
/// LimitExceededException.
package struct UpdateSecretVersionStage: SecretOperation, WriteOperation {
    package typealias Response = SecretIdentity

    package static let action = SecretsManagerAction.updateSecretVersionStage

    package let secretID: String?
    private let versionStage: String?
    private let removeFromVersionID: String?
    private let moveToVersionID: String?

    package init(from members: inout Members) throws(APIError) {
        secretID = try members.string("SecretId")
        versionStage = try members.string("VersionStage")
        removeFromVersionID = try members.string("RemoveFromVersionId")
        moveToVersionID = try members.string("MoveToVersionId")
    }

    package func violations() -> [Violation] {
        var constraints = Constraints()
        constraints.secretID(secretID)
        constraints.require(versionStage, at: "versionStage")
        constraints.versionStage(versionStage)
        constraints.versionID(removeFromVersionID, at: "removeFromVersionId")
        constraints.versionID(moveToVersionID, at: "moveToVersionId")
        return constraints.violations
    }

    package func permissions() -> [Permission] {
        var permission = ownPermission
        permission.set("secretsmanager:VersionStage", versionStage)
        return [permission]
    }

    package func perform(
        _ call: Call<Secret>,
        _ vault: any VaultWriting
    ) throws(APIError) -> SecretIdentity {
        var secret = try call.secret
        let label = versionStage ?? ""
        var change = try StagingLabelChange(of: secret, in: vault)
        let known = Set(try vault.versions(of: secret).map(\.id))
        for id in [removeFromVersionID, moveToVersionID].compactMap(\.self)
        where !known.contains(id) {
            throw .valueNotFound(versionID: id)
        }
        try move(label, in: &change.labels)
        try change.labels.checkCount()
        if change.movesAny {
            try change.make(at: call.now, in: vault)
            secret.touch(at: call.now)
            try vault.update(secret)
        }
        return SecretIdentity(secret: secret)
    }

    private func move(_ label: String, in labels: inout StagingLabels) throws(APIError) {
        let holder = labels[label]
        guard let target = moveToVersionID else {
            guard let source = removeFromVersionID else { throw .noVersionToMove }
            guard label != StagingLabels.current else { throw .currentCannotBeRemoved }
            guard holder == source else { throw .labelIsNot(label, on: source) }
            labels.detach(label)
            return
        }
        if let source = removeFromVersionID {
            guard holder == source else { throw .labelIsNot(label, on: source) }
        } else if let holder, holder != target {
            throw .labelIsElsewhere(label, versionID: holder)
        }
        labels.move(label, to: target)
    }
}
