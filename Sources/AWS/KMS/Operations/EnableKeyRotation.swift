/// Has a key rotated every so many days, 365 unless told.
///
/// [EnableKeyRotation](https://docs.aws.amazon.com/kms/latest/APIReference/API_EnableKeyRotation.html).
/// Errors: NotFoundException, DisabledException, InvalidArnException, KMSInvalidStateException.
package struct EnableKeyRotation: WriteOperation, KeyOperation {
    package typealias Response = EmptyResponse

    package static let action = KMSAction.enableKeyRotation

    package let keyID: String?
    private let rotationPeriodInDays: Int64?

    package init(from members: inout Members) throws(APIError) {
        keyID = try members.string("KeyId")
        rotationPeriodInDays = try members.integer("RotationPeriodInDays")
    }

    package func violations() -> [Violation] {
        var constraints = Constraints()
        constraints.keyID(keyID)
        constraints.range(of: rotationPeriodInDays, 90...2_560, at: "rotationPeriodInDays")
        return constraints.violations
    }

    package func perform(
        _ call: Call,
        _ vault: any VaultWriting
    ) throws(APIError) -> EmptyResponse {
        var key = try vault.changeableKey(keyID, for: call, Self.action)
        try key.checkEnabled()
        key.rotation = KeyRotation(
            periodInDays: rotationPeriodInDays ?? key.rotation?.periodInDays
                ?? KeyRotation.defaultPeriodInDays,
            enabledAt: call.now
        )
        try vault.update(key)
        return EmptyResponse()
    }
}
