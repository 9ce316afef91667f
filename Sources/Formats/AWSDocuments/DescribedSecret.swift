package import JSON
package import Notation

/// A secret as a document of AWS or of Terraform describes it, with values or without.
package struct DescribedSecret: Sendable {
    package let name: String
    package let arn: ARN?
    package var description: String?
    package var kmsKeyID: String?
    package var type: String?
    package var owningService: String?
    package var tags: [(key: String, value: String)] = []
    package var versions: [Version] = []
    package var rotation: Rotation?
    /// The resource policy, as JSON.
    package var policy: JSONValue?
    /// The regions of its copies, each with the key there.
    package var replicas: [(region: String, kmsKeyID: String?)] = []
    /// Why it is none that could be made; nil for one that could.
    package var obstacle: String?

    /// One version of it.
    package struct Version: Sendable {
        package let id: String?
        package var stagingLabels: [String]
        /// Nil where the document has none; never to be printed.
        package var value: VersionValue?
    }

    /// How it is rotated.
    package struct Rotation: Sendable {
        package let isEnabled: Bool
        package let functionARN: String?
        package let automaticallyAfterDays: Int64?
        package let scheduleExpression: String?
        package let duration: String?
    }

    init(name: String, arn: String?) {
        self.name = name
        self.arn = arn.flatMap { ARN($0) }
    }

    /// The current version, or the only one.
    package var currentVersion: Version? {
        versions.first { $0.stagingLabels.contains("AWSCURRENT") }
            ?? (versions.count == 1 ? versions.first : nil)
    }
}

/// The formats of documents that describe secrets.
package enum DescriptionFormat: String, CaseIterable, Sendable {
    /// What list-secrets, describe-secret, get-secret-value and batch-get-secret-value print.
    case aws
    /// A state of Terraform, version 4.
    case terraformState = "terraform-state"

    /// The format of a file, told by its content; nil for a file that is none.
    package static func of(_ bytes: [UInt8]) -> DescriptionFormat? {
        guard let first = bytes.first(where: { $0 > 0x20 }), "{[".utf8.contains(first),
            let document = try? JSONParser.parse(bytes)
        else { return nil }
        return of(document)
    }

    private static func of(_ document: JSONValue) -> DescriptionFormat? {
        switch document {
        case .object(let object):
            if object["SecretList"] != nil || object["SecretValues"] != nil { return .aws }
            if object["Name"] != nil, ARN.isSecret(object.text("ARN")) { return .aws }
            let isState = object["terraform_version"] != nil && object["resources"] != nil
            return isState ? .terraformState : nil
        case .array(let elements):
            return elements.first.flatMap(of)
        default: return nil
        }
    }

    /// The secrets that a document describes.
    ///
    /// - Throws: line, member and what is wrong there.
    package func read(_ bytes: [UInt8]) throws(FormatError) -> [DescribedSecret] {
        let document = try JSONFormat.parse(bytes)
        switch self {
        case .aws: return try AWSDocument(bytes).secrets(in: document)
        case .terraformState: return try TerraformState(bytes).secrets(in: document)
        }
    }
}

extension ARN {
    /// Whether a text is the ARN of a secret.
    fileprivate static func isSecret(_ text: String?) -> Bool {
        text.flatMap { ARN($0) }?.resource.hasPrefix("secret:") ?? false
    }
}
