/// Moves, attaches or detaches one staging label.
///
/// [UpdateSecretVersionStage](https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_UpdateSecretVersionStage.html).
/// Errors: ResourceNotFoundException, InvalidParameterException, InvalidRequestException,
/// LimitExceededException.
package struct UpdateSecretVersionStage: WriteOperation {
    package typealias Response = SecretIdentity

    package static let action = Action.updateSecretVersionStage

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
        _ call: Call,
        _ vault: any VaultWriting
    ) throws(APIError) -> SecretIdentity {
        var secret = try call.secret
        let label = versionStage ?? ""
        let before = try vault.stagingLabels(of: secret)
        var labels = before
        let known = Set(try vault.versions(of: secret).map(\.id))
        for id in [removeFromVersionID, moveToVersionID].compactMap(\.self)
        where !known.contains(id) {
            throw .valueNotFound(versionID: id)
        }
        try change(label, in: &labels)
        try labels.checkCount()
        if labels != before {
            try vault.changeStagingLabels(from: before, to: labels, of: secret, at: call.now)
            secret.touch(at: call.now)
            try vault.update(secret)
        }
        return SecretIdentity(secret: secret)
    }

    private func change(_ label: String, in labels: inout StagingLabels) throws(APIError) {
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
