internal import JSON
internal import Notation

/// The name of a parameter as it was sent: the reference to a secret, or an ordinary name, of which
/// there are none here.
///
/// [References to secrets](https://docs.aws.amazon.com/systems-manager/latest/userguide/integration-ps-secretsmanager.html)
struct ParameterName: Sendable {
    /// The name without its selector.
    let path: String
    /// What follows the first colon; an ARN has none.
    let selector: String?
    /// What follows the prefix of references, as Secrets Manager is asked for it; nil for an ordinary
    /// name.
    let secretID: String?

    init(_ text: String) {
        let colon = ARN.isARN(text) ? nil : text.utf8.firstIndex(of: UInt8(ascii: ":"))
        let path = String(text[..<(colon ?? text.endIndex)])
        self.path = path
        selector = colon.map { String(text[text.utf8.index(after: $0)...]) }
        // It may be sent without its leading slash.
        let prefix = ["/", ""].map { $0 + Self.prefix }.first(where: path.hasPrefix)
        secretID = prefix.map { String(path.utf8.dropFirst($0.utf8.count)) ?? "" }
    }

    /// The name of the parameter that an ARN is of, which loses the first slash of a path; nil for
    /// the ARN of anything else.
    init?(ofARN text: String) {
        let kind = "parameter/"
        guard let arn = ARN(text), arn.service == SSM.signingName, arn.resource.hasPrefix(kind)
        else { return nil }
        self.init(String(arn.resource.dropFirst(kind.count)))
    }

    private static let prefix = "aws/reference/secretsmanager/"

    /// Whether it is the ARN of a secret, which is no name of a parameter.
    var isARNOfSecret: Bool { ARN(path)?.service == SecretsManager.signingName }

    /// The members of the GetSecretValue that the reference stands for; nil for an ordinary name.
    var request: [(name: String, value: JSONValue)]? {
        guard let secretID else { return nil }
        var members: [(name: String, value: JSONValue)] = [("SecretId", .string(secretID))]
        if let selector {
            // What looks like a version id is one, and never a label.
            let member = UUIDText.isValid(selector) ? "VersionId" : "VersionStage"
            members.append((member, .string(selector)))
        }
        return members
    }

    /// Refuses what follows the name when it is not one version or label.
    func checkSelector() throws(APIError) {
        guard let selector else { return }
        guard !selector.isEmpty, !selector.utf8.contains(UInt8(ascii: ":")) else {
            throw .malformedSelector
        }
    }

    /// What permission is needed for: the parameter, whether or not there is one.
    var target: Permission.Target {
        if let arn = ARN(path), arn.service == SSM.signingName { return .arn(path) }
        let slash = path.hasPrefix("/") ? "" : "/"
        return .inScope(service: SSM.signingName, resource: "parameter\(slash)\(path)")
    }
}
