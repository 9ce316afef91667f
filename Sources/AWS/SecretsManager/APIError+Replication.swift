internal import Notation

/// The sentences of Secrets Manager about replicas.
extension APIError {
    static let writeOnReplica = APIError(
        .invalidParameter,
        "Operation not permitted on a replica secret. Call must be made in primary secret's region."
    )

    static let notAReplica = APIError(
        .invalidParameter,
        "Operation not permitted on a primary secret. Call must be made in replica secret's region."
    )

    static let invalidReplicaRegion = APIError(.invalidParameter, "Invalid replica region.")

    static func hasReplicas(_ arn: SecretARN, _ regions: [String]) -> APIError {
        APIError(
            .invalidParameter,
            "You can't delete secret \(arn.text) that still has replica regions"
                + " [\(regions.joined(separator: ", "))]."
        )
    }

    // [guess]
    static func hasCrossAccountReplica(_ arn: SecretARN) -> APIError {
        APIError(
            .invalidParameter,
            "You can't delete secret \(arn.text) that still has a cross-account replica."
        )
    }

    // [guess]
    static let notItsCrossAccountReplica = APIError(
        .invalidRequest,
        "CrossAccountReplicaARN is not a cross-account replica of this secret."
    )

    // [guess]
    static let tooManyCrossAccountReplicas = APIError(
        .limitExceeded,
        "A secret can have one cross-account replica only."
    )

    // [guess]
    static let invalidCrossAccountPrimary = APIError(
        .invalidParameter,
        "CrossAccountPrimaryARN must be the ARN of a secret in another account and in the same"
            + " region."
    )

    // [guess]
    static let crossAccountReplicaNeedsKey = APIError(
        .invalidParameter,
        "A cross-account replica needs a customer managed KmsKeyId."
    )

    // [guess]
    static let crossAccountReplicaTakesNothing = APIError(
        .invalidParameter,
        "SecretString, SecretBinary, Description, AddReplicaRegions and Type can't be specified"
            + " together with CrossAccountPrimaryARN."
    )
}
