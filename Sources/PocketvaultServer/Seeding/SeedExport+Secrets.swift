internal import AWS
internal import JSON
internal import Notation

extension SeedExport {
    func element(_ secret: Secret, _ vault: any VaultReading) throws(APIError) -> JSONValue {
        var members = SeedElement()
        let scope = secret.arn.scope
        members.text("name", secret.name)
        members.text("region", scope.region, unless: region)
        members.text("description", secret.description, unless: "")
        members.text("kmsKeyId", secret.kmsKeyID, unless: "")
        members.text("type", secret.type)
        members.text("owningService", secret.owningService)
        members.text(
            "arnSuffix",
            String(secret.arn.suffix),
            unless: StableIdentifier.suffix(secret.name, scope)
        )
        members.tags(try vault.tags(of: secret))
        members.list("versions", try versions(of: secret, vault))
        if let rotation = try vault.rotationConfiguration(of: secret) {
            members.object("rotation", element(rotation))
        }
        if let policy = try vault.resourcePolicy(ResourcePolicy.defaultName, of: secret) {
            members.document("policy", policy)
        }
        members.list(
            "replicas",
            try vault.replicas(of: secret).map { replica in
                var members = SeedElement()
                members.text("region", replica.region)
                members.text("kmsKeyId", replica.kmsKeyID, unless: "")
                return members.json
            }
        )
        members.text("deletionDate", secret.purgeAt?.text)
        return members.json
    }

    /// Those with labels, oldest first.
    private func versions(
        of secret: Secret,
        _ vault: any VaultReading
    ) throws(APIError) -> [JSONValue] {
        var list: [JSONValue] = []
        for version in try vault.versions(of: secret) where !version.stagingLabels.isEmpty {
            var members = SeedElement()
            members.text("id", version.id)
            members.texts("stages", version.stagingLabels)
            if includesValues,
                let value = try vault.storedValue(ofVersion: version.id, of: secret)
            {
                switch value.kind {
                case .string: members.text("value", String(decoding: value.bytes, as: UTF8.self))
                case .binary: members.text("binary", Base64.text(value.bytes))
                }
            }
            list.append(members.json)
        }
        return list
    }

    /// A configuration without function or role is what a rotation that was cancelled before it was
    /// ever configured leaves: it says nothing.
    private func element(_ rotation: RotationConfiguration) -> JSONObject? {
        guard rotation.lambdaARN != nil || rotation.external != nil || rotation.isEnabled else {
            return nil
        }
        var members = SeedElement()
        members.text("lambdaArn", rotation.lambdaARN)
        members.text("roleArn", rotation.external?.roleARN)
        if let items = rotation.external?.metadata, !items.isEmpty {
            let metadata = items.map { (name: $0.key, value: JSONValue.string($0.value)) }
            members.object("metadata", JSONObject(metadata))
        }
        members.number("automaticallyAfterDays", rotation.rules?.automaticallyAfterDays)
        members.text("scheduleExpression", rotation.rules?.scheduleExpression)
        members.text("duration", rotation.rules?.duration)
        if !rotation.isEnabled { members.flag("enabled", false) }
        return members.object
    }
}
