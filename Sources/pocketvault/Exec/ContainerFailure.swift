internal import Client

/// Why ECS would not start a task, in its own words: what stands as the stopped reason.
///
/// [Stopped tasks](https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html)
enum ContainerFailure {
    private static let beginning =
        "ResourceInitializationError: unable to pull secrets or registry auth: execution resource"
        + " retrieval failed: "

    /// Secrets Manager refused.
    static func refused(_ arn: String, _ refusal: ServiceRefusal) -> String {
        beginning + "unable to retrieve secret from asm: service call has been retried 1 time(s):"
            + " failed to fetch secret \(arn) from secrets manager: \(told(refusal))"
    }

    /// The secret was read, and what was asked for is not in it.
    static func unusable(_ reason: String) -> String {
        beginning + "unable to retrieve secret from asm: service call has been retried 1 time(s):"
            + " \(reason)"
    }

    /// The reference itself is none.
    static func unreadable(_ reason: String) -> String {
        beginning + "unable to retrieve secret from asm: \(reason)"
    }

    /// Parameter Store does not have it.
    static func noParameter(_ name: String, _ refusal: ServiceRefusal?) -> String {
        beginning + "unable to retrieve secrets from ssm: "
            + (refusal.map(told) ?? "invalid parameters: \(name)")
    }

    private static func told(_ refusal: ServiceRefusal) -> String {
        let id = refusal.requestID.map { ", request id: \($0)" } ?? ""
        return "\(refusal) status code: \(refusal.status)\(id)"
    }

    /// The execution role may not be assumed for tasks.
    static func role(_ arn: String) -> String {
        "ECS was unable to assume the role '\(arn)' that was provided for this task. Please verify"
            + " that the role being passed has the proper trust relationship and permissions and"
            + " that your IAM user has permissions to pass this role."
    }

    /// There is none, although somebody has to read the secrets.
    static let noRole =
        "When you are specifying container secrets, you must also specify a value for"
        + " 'executionRoleArn'."
}
