import AWS
import JSON
import TestSupport
import Testing

/// How parameters that stand for secrets begin.
let secretPrefix = "/aws/reference/secretsmanager/"

extension ScratchVault {
    /// What GetParameter shows of a secret, with decryption.
    func parameter(_ reference: String, by caller: Caller = .root()) throws -> JSONValue {
        let answer = try ssm(.getParameter, decrypted(secretPrefix + reference), by: caller)
        return try #require(answer["Parameter"])
    }

    /// The error of it; nil when it succeeds.
    func refusal(ofParameter name: String, by caller: Caller = .root()) -> Refusal? {
        refusal(of: .ssm(.getParameter), decrypted(name), by: caller)
    }

    private func decrypted(_ name: String) -> JSONValue {
        ["Name": "\(name)", "WithDecryption": true]
    }

    /// The SourceResult of a secret, parsed.
    func sourceResult(_ reference: String) throws -> JSONValue {
        let text = try #require(try parameter(reference)["SourceResult"]?.string)
        return try JSONParser.parse(Array(text.utf8))
    }
}

/// What SSM says, written down from AWS's behaviour and not from the catalogue.
extension Refusal {
    /// `rest` is the reference with what stands for its selector.
    static func noReferencedSecret(_ rest: String) -> Refusal {
        Refusal(
            "ParameterNotFound",
            "An error occurred (ParameterNotFound) when referencing Secrets Manager: Secret"
                + " aws/reference/secretsmanager/\(rest) not found."
        )
    }

    static let noParameter = Refusal("ParameterNotFound", nil)
    static let badSelector = Refusal(
        "ValidationException",
        "Invalid parameter name. Please use correct syntax for referencing a version/label"
            + "  <name>:<version/label>"
    )
    static let decryptionNeeded = Refusal(
        "ValidationException",
        "WithDecryption flag must be True for retrieving a Secret Manager secret."
    )
    static let dependencyFailed = Refusal(
        "ValidationException",
        "An error occurred while calling one AWS dependency service."
    )
    static let secretNotReady = Refusal(
        "ValidationException",
        "Invalid Request to Secrets Manager"
    )
    static let secretARNAsName = Refusal(
        "ValidationException",
        "Secrets manager ARN reference should not be passed in the GetParameter(s) request, please"
            + " refer to https://docs.aws.amazon.com/systems-manager/latest/userguide/"
            + "integration-ps-secretsmanager.html"
    )
}
