import Notation

/// What stands for a secret's value in a task definition, a template or an env file.
///
/// It is written in one of two grammars:
///
///     arn:aws:secretsmanager:REGION:ACCOUNT:secret:NAME-SUFFIX[:KEY:STAGE:VERSION-ID]
///     {{resolve:secretsmanager:ID[:SecretString[:KEY[:STAGE[:VERSION-ID]]]]}}
///
/// ID is a secret's name or ARN. What is left empty is not asked for. Stage and version id may both
/// be there; Secrets Manager answers an error when they disagree.
///
/// [Amazon ECS](https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html),
/// [CloudFormation](https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references-secretsmanager.html)
package struct SecretReference: Sendable, Hashable {
    /// A name, or an ARN, perhaps without the six characters at its end.
    package let secretID: String
    /// The member of the secret's JSON object; nil for the whole string.
    package let jsonKey: String?
    /// A staging label; nil where none is named.
    package let versionStage: String?
    /// A version; nil where none is named.
    package let versionID: String?

    /// Names a secret, or a part of it; an empty text is as good as none.
    package init(
        secretID: String,
        jsonKey: String? = nil,
        versionStage: String? = nil,
        versionID: String? = nil
    ) {
        func given(_ text: String?) -> String? { text.flatMap { $0.isEmpty ? nil : $0 } }
        self.secretID = secretID
        self.jsonKey = given(jsonKey)
        self.versionStage = given(versionStage)
        self.versionID = given(versionID)
    }

    /// Why a text that sets out to be a reference is none.
    package enum Flaw: Error, Equatable {
        /// Not an ARN of a secret, or not followed by nothing or by three colons' worth.
        case valueFrom
        /// Not a dynamic reference of Secrets Manager.
        case dynamicReference
    }
}

extension SecretReference {
    /// Reads the `valueFrom` of a container's secret.
    package init(valueFrom text: String) throws(Flaw) {
        guard let arn = ARN(text), arn.service == Self.service else { throw .valueFrom }
        let parts = arn.resource.split(separator: ":", omittingEmptySubsequences: false)
            .map(String.init)
        guard parts.count == 2 || parts.count == 5, parts[0] == Self.resourceType,
            !parts[1].isEmpty
        else { throw .valueFrom }
        let id = Self.arn(arn, of: parts[1])
        guard parts.count == 5 else {
            self.init(secretID: id)
            return
        }
        self.init(
            secretID: id,
            jsonKey: parts[2],
            versionStage: parts[3],
            versionID: parts[4]
        )
    }

    /// Reads a dynamic reference, braces and all.
    package init(dynamicReference text: String) throws(Flaw) {
        guard text.hasPrefix(Self.opening), text.hasSuffix(Self.closing),
            text.utf8.count > Self.opening.utf8.count + Self.closing.utf8.count
        else { throw .dynamicReference }
        let fields = text.dropFirst(Self.opening.count).dropLast(Self.closing.count)
            .split(separator: ":", omittingEmptySubsequences: false)
            .map(String.init)
        // An ARN has colons of its own: its first seven fields are the secret's id.
        let idFieldCount = ARN.isARN(fields.joined(separator: ":")) ? 7 : 1
        guard fields.count >= idFieldCount, fields.count <= idFieldCount + 4 else {
            throw .dynamicReference
        }
        let id = fields.prefix(idFieldCount).joined(separator: ":")
        guard Self.isSecretID(id) else { throw .dynamicReference }
        let rest = Array(fields.dropFirst(idFieldCount))
        guard rest.first.map({ $0.isEmpty || $0 == "SecretString" }) ?? true else {
            throw .dynamicReference
        }
        self.init(
            secretID: id,
            jsonKey: rest.count > 1 ? rest[1] : nil,
            versionStage: rest.count > 2 ? rest[2] : nil,
            versionID: rest.count > 3 ? rest[3] : nil
        )
    }

    /// The reference that a value of an env file is, as a whole.
    ///
    /// - Returns: nil for a value that stands for itself; so does one that holds a reference among
    ///   other text.
    package static func of(value: String) throws(Flaw) -> SecretReference? {
        if value.hasPrefix(opening), value.hasSuffix(closing) {
            let inside = value.dropFirst(opening.count).dropLast(closing.count)
            // Two references in a row are not one.
            return inside.contains(closing) ? nil : try SecretReference(dynamicReference: value)
        }
        guard let arn = ARN(value), arn.service == service,
            arn.resource.hasPrefix("\(resourceType):")
        else { return nil }
        return try SecretReference(valueFrom: value)
    }
}

extension SecretReference {
    private static let service = "secretsmanager"
    private static let resourceType = "secret"
    private static let opening = "{{resolve:secretsmanager:"
    private static let closing = "}}"

    private static func arn(_ arn: ARN, of secret: String) -> String {
        "arn:\(arn.partition):\(arn.service):\(arn.region):\(arn.account):\(resourceType):\(secret)"
    }

    private static func isSecretID(_ id: String) -> Bool {
        guard ARN.isARN(id) else { return !id.isEmpty }
        guard let arn = ARN(id), arn.service == service else { return false }
        let parts = arn.resource.split(separator: ":", omittingEmptySubsequences: false)
        return parts.count == 2 && parts[0] == resourceType && !parts[1].isEmpty
    }

    /// The name that an id gives; of an ARN without the hyphen and six characters at its end.
    static func secretName(of id: String) -> String {
        guard let arn = ARN(id), arn.service == service,
            arn.resource.hasPrefix("\(resourceType):")
        else { return id }
        let name = arn.resource.dropFirst(resourceType.count + 1)
        let suffix = name.utf8.suffix(7)
        let isWhole =
            suffix.count == 7 && suffix.first == UInt8(ascii: "-")
            && suffix.dropFirst().allSatisfy(ASCII.isAlphanumeric)
        return String(isWhole ? name.dropLast(7) : name)
    }
}

extension SecretReference.Flaw: CustomStringConvertible {
    /// What is wrong; the first in the words of Amazon ECS.
    package var description: String {
        switch self {
        case .valueFrom:
            "an invalid ARN format for the AWS Secrets Manager secret was specified. "
                + "Specify a valid ARN and try again."
        case .dynamicReference:
            "a reference is written {{resolve:secretsmanager:ID[:SecretString[:KEY"
                + "[:STAGE[:VERSION-ID]]]]}}"
        }
    }
}
