package import JSON
package import Notation

/// A second name of a key, which can be given to another key.
package struct KeyAlias: Sendable, Hashable {
    /// With its prefix, as in `alias/app`.
    package let name: String
    package let scope: Scope
    /// The key id of the key that it stands for; nil for an AWS alias whose key does not exist yet.
    package var targetKeyID: String?
    package let createdAt: Timestamp?
    package var updatedAt: Timestamp?

    package init(
        name: String,
        scope: Scope,
        targetKeyID: String?,
        createdAt: Timestamp?,
        updatedAt: Timestamp?
    ) {
        self.name = name
        self.scope = scope
        self.targetKeyID = targetKeyID
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }

    static let prefix = "alias/"
    /// Of the AWS managed key that protects secrets for which no other key is named.
    package static let ofSecretsManager = "alias/aws/secretsmanager"
    /// What AWS keeps to itself.
    static let reservedPrefix = "alias/aws/"

    /// The most aliases that a key may have.
    static let maximumPerKey = 50

    var arn: String { KeyARN.text(in: scope, resource: name) }

    /// Refuses what cannot be the name of a caller's alias.
    static func check(_ name: String) throws(APIError) {
        guard name.hasPrefix(prefix) else { throw .aliasWithoutPrefix }
        guard name != prefix else { throw .invalidAliasName }
        guard !name.contains(":") else { throw .aliasWithColon(name) }
        guard !name.hasPrefix(reservedPrefix) else { throw .reservedAlias }
    }
}

extension KeyAlias: JSONWritable {
    package func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("AliasArn", arn)
        writer.member("AliasName", name)
        writer.member("CreationDate", createdAt)
        writer.member("LastUpdatedDate", updatedAt)
        writer.member("TargetKeyId", targetKeyID)
        writer.endObject()
    }
}
