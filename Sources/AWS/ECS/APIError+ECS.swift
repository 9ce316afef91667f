/// The codes of ECS.
extension APIError.Code {
    package static let client = Self("ClientException")
    package static let clusterNotFound = Self("ClusterNotFoundException")
    package static let serviceNotActive = Self("ServiceNotActiveException")
    package static let serviceNotFound = Self("ServiceNotFoundException")
}

/// The errors of ECS.
extension APIError {
    // MARK: Clusters and services

    static let clusterNotFound = APIError(.clusterNotFound, "Cluster not found.")

    /// Of UpdateService.
    static let ecsServiceNotFound = APIError(.serviceNotFound, "Service not found.")

    /// Of DeleteService, to which AWS gives no text.
    static let ecsServiceToDeleteNotFound = APIError(.serviceNotFound, nil)

    static let ecsServiceNotActive = APIError(.serviceNotActive, "Service was not ACTIVE.")

    static let ecsServiceIsScaled = APIError(
        .invalidParameter,
        "The service cannot be stopped while it is scaled above 0."
    )

    static let ecsServiceNotIdempotent = APIError(
        .invalidParameter,
        "Creation of service was not idempotent."
    )

    /// A name that holds what no name may, or is too long. [guess]
    static func malformedECSName(_ noun: String) -> APIError {
        APIError(
            .invalidParameter,
            "\(noun) name must be 1 to 255 letters, numbers, underscores and hyphens."
        )
    }

    static let desiredCountMissing = APIError(.invalidParameter, "DesiredCount is missing")

    static let desiredCountNegative = APIError(
        .invalidParameter,
        "DesiredCount can not be lesser than 0"
    )

    static let taskCountNegative = APIError(
        .invalidParameter,
        "Task count can not be lesser than 0"
    )

    static let networkConfigurationMissing = APIError(
        .invalidParameter,
        "Network Configuration must be provided when networkMode 'awsvpc' is specified."
    )

    static let maximumPercentTooSmall = APIError(
        .invalidParameter,
        "maximumPercent must be at least 100"
    )

    static let minimumHealthyPercentTooLarge = APIError(
        .invalidParameter,
        "minimumHealthyPercent must be at most 100"
    )

    static let maxResultsTooLarge = APIError(
        .invalidParameter,
        "Max results can not be greater than 100"
    )

    /// The other bound. [guess]
    static let maxResultsTooSmall = APIError(
        .invalidParameter,
        "Max results can not be lesser than 1"
    )

    /// A value that is none of those there are; AWS was seen to say it of two members, and the
    /// others follow them.
    static func notOneOf(_ member: String, _ values: [String]) -> APIError {
        APIError(
            .invalidParameter,
            "\(member) should be one of [\(values.joined(separator: ","))]"
        )
    }

    /// A required list is empty or absent. [guess]
    static let servicesMissing = APIError(.invalidParameter, "Services cannot be empty.")

    /// More services than DescribeServices takes. [guess]
    static let tooManyServices = APIError(
        .invalidParameter,
        "Services cannot have more than 10 elements."
    )

    /// A NextToken that is none, or one of another query. [guess]
    static let invalidECSToken = APIError(.invalidParameter, "Invalid token.")

    // MARK: Task definitions

    static let taskDefinitionNotFound = APIError(.client, "TaskDefinition not found.")

    static let taskDefinitionMissing = APIError(
        .invalidParameter,
        "TaskDefinition can not be blank."
    )

    static let taskDefinitionNotDescribable = APIError(
        .client,
        "Unable to describe task definition."
    )

    /// A task definition is deregistered by its revision. [guess]
    static let revisionMissing = APIError(
        .invalidParameter,
        "Invalid revision number. Number must be given as family:revision."
    )

    static let familyBlank = APIError(.client, "Family can not be blank.")

    static let containersMissing = APIError(.client, "Container list cannot be empty.")

    static func containerMemberBlank(_ member: String) -> APIError {
        APIError(.client, "Container.\(member) should not be null or empty.")
    }

    static let containerNameTwice = APIError(
        .client,
        "Container names must be unique within a task definition."
    )

    static func containerMemoryMissing(_ name: String) -> APIError {
        APIError(
            .client,
            "Invalid setting for container '\(name)'. At least one of 'memory' or"
                + " 'memoryReservation' must be specified."
        )
    }

    static let executionRoleMissing = APIError(
        .client,
        "When you are specifying container secrets, you must also specify a value for"
            + " 'executionRoleArn'."
    )

    static let fargateNeedsAWSVPC = APIError(
        .client,
        "Fargate only supports network mode ‘awsvpc’."
    )

    /// A tag that AWS keeps to itself, or one that is there twice. [guess]
    static let invalidECSTags = APIError(
        .invalidParameter,
        "Tags can have no key that begins with aws:, and each key once."
    )
}
