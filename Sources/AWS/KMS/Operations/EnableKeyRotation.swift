/// Has a key rotated every so many days, 365 unless told; what is so already stays as it is.
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

    package func permissions() -> [Permission] {
        var permission = keyPermission
        permission.set(
            "kms:RotationPeriodInDays",
            rotationPeriodInDays ?? KeyRotation.defaultPeriodInDays
        )
        return [permission]
    }

    package func perform(
        _ call: Call<KMSKey>,
        _ vault: any VaultWriting
    ) throws(APIError) -> EmptyResponse {
        var key = try call.changeableKey(for: Self.action)
        try key.checkEnabled()
        let present = key.rotation?.periodInDays
        let period = rotationPeriodInDays ?? present ?? KeyRotation.defaultPeriodInDays
        guard period != present else { return EmptyResponse() }
        key.rotation = KeyRotation(periodInDays: period, enabledAt: call.now)
        try vault.update(key)
        return EmptyResponse()
    }
}
