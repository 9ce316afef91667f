import AWS
import JSON
import TestSupport

extension ScratchVault {
    /// RotateSecret with the function that can be invoked.
    @discardableResult
    func rotate(
        _ secretID: String,
        token: String? = nil,
        _ others: JSONValue = [:]
    ) throws -> JSONValue {
        var members = others
        members.set("SecretId", .string(secretID))
        members.set("RotationLambdaARN", .string(Self.function))
        if let token { members.set("ClientRequestToken", .string(token)) }
        return try call(.rotateSecret, members)
    }

    /// What a rotation function does: fills the pending version and makes it the current one.
    func finishRotation(of secretID: String, value: String = "rotated") throws {
        let labels = try labels(of: secretID)
        let pending = labels.first { $0.value.contains("AWSPENDING") }?.key ?? ""
        let current = labels.first { $0.value.contains("AWSCURRENT") }?.key ?? ""
        try put(value, on: secretID, token: pending, stages: ["AWSPENDING"])
        try call(
            .updateSecretVersionStage,
            [
                "SecretId": .string(secretID), "VersionStage": "AWSCURRENT",
                "MoveToVersionId": .string(pending), "RemoveFromVersionId": .string(current),
            ]
        )
    }
}

extension Refusal {
    static let incomplete = Refusal(
        "InvalidRequestException",
        "A previous rotation isn't complete. That rotation will be reattempted."
    )
    static let cannotInvoke = Refusal(
        "AccessDeniedException",
        "Secrets Manager cannot invoke the specified Lambda function. Ensure that the function"
            + " policy grants access to the principal secretsmanager.amazonaws.com."
    )
}
