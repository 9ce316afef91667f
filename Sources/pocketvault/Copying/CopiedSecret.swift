internal import Client
internal import JSON

/// A secret as it is at one end of a copy, without its values.
struct CopiedSecret {
    let name: String
    let arn: String
    let description: String
    /// Nil for the account's own key.
    let kmsKeyID: String?
    let tags: [(key: String, value: String)]
    /// The version of each label.
    let labels: [String: String]
    /// All versions that there are, with labels and without.
    let versionIDs: Set<String>
    /// As JSON; nil for none.
    let policy: String?
    let rotation: Rotation?

    /// How and when a secret is rotated.
    struct Rotation: Equatable {
        let function: String?
        let rules: JSONObject
    }
}

extension CopiedSecret {
    /// Reads a secret; nil when there is none.
    init?(_ name: String, in vault: VaultClient) throws(ClientError) {
        let secret: JSONObject
        do throws(ClientError) {
            secret = try vault.call("DescribeSecret", JSONObject(VaultClient.secret(name)))
        } catch {
            guard error.code == "ResourceNotFoundException" else { throw error }
            return nil
        }
        let arn = secret.text("ARN") ?? name
        guard secret.time("DeletedDate") == nil else {
            throw .impossible("\(name) is scheduled for deletion at \(vault.transport.authority)")
        }
        let key = secret.text("KmsKeyId")
        let tags = secret.objects("Tags").compactMap { tag -> (key: String, value: String)? in
            guard let key = tag.text("Key"), !key.hasPrefix("aws:") else { return nil }
            return (key: key, value: tag.text("Value") ?? "")
        }
        var labels: [String: String] = [:]
        for version in secret.object("VersionIdsToStages")?.members ?? [] {
            for label in JSONObject([version]).texts(version.name) { labels[label] = version.name }
        }
        let isRotated = secret.flag("RotationEnabled") == true
        // A rotation under way goes on where it began; its version would refuse the one to be set up.
        if isRotated, labels[StagingLabel.pending] != labels[StagingLabel.current] {
            labels[StagingLabel.pending] = nil
        }
        let members = JSONObject(
            VaultClient.secret(arn) + [
                ("IncludeDeprecated", .bool(true)), ("MaxResults", .number(JSONNumber(100))),
            ]
        )
        let versions = try vault.all("ListSecretVersionIds", members, list: "Versions")
        let policy = try vault.call("GetResourcePolicy", JSONObject(VaultClient.secret(arn)))
            .text("ResourcePolicy")
        self.init(
            name: secret.text("Name") ?? name,
            arn: arn,
            description: secret.text("Description") ?? "",
            kmsKeyID: key == "alias/aws/secretsmanager" ? nil : key,
            tags: tags,
            labels: labels,
            versionIDs: Set(versions.compactMap { $0.text("VersionId") }),
            policy: policy,
            rotation: isRotated
                ? Rotation(
                    function: secret.text("RotationLambdaARN"),
                    rules: secret.object("RotationRules") ?? JSONObject([])
                ) : nil
        )
    }
}
