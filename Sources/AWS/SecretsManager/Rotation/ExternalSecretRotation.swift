package import JSON

/// How a managed external secret is rotated: by a role, and what the partner must be told.
///
/// [Managed external secrets](https://docs.aws.amazon.com/secretsmanager/latest/userguide/managed-external-secrets.html)
package struct ExternalSecretRotation: Sendable, Equatable {
    /// One item of ExternalSecretRotationMetadata.
    package struct Item: Sendable, Equatable {
        package let key: String
        package let value: String

        package init(key: String, value: String) {
            self.key = key
            self.value = value
        }
    }

    package let roleARN: String
    /// In the order in which they were given.
    package let metadata: [Item]

    package init(roleARN: String, metadata: [Item]) {
        self.roleARN = roleARN
        self.metadata = metadata
    }
}

extension ExternalSecretRotation.Item: JSONWritable {
    /// Writes the structure of the wire.
    package func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("Key", key)
        writer.member("Value", value)
        writer.endObject()
    }
}
