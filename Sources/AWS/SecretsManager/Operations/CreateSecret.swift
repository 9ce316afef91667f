package import JSON

/// Makes a secret, with its first version when a value is given.
///
/// [CreateSecret](https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html).
/// Errors: ResourceExistsException, InvalidRequestException, InvalidParameterException.
package struct CreateSecret: WriteOperation {
    package static let action = Action.createSecret

    private let name: String?
    private let clientRequestToken: String?
    private let description: String?
    private let kmsKeyID: String?
    private let values: ValueMembers
    private let tags: TagList?
    private let type: String?
    private let replicaRegions: ReplicaRegionList?
    private let forceOverwriteReplica: Bool?
    private let crossAccountPrimaryARN: String?

    package init(from members: inout Members) throws(APIError) {
        name = try members.string("Name")
        clientRequestToken = try members.string("ClientRequestToken")
        description = try members.string("Description")
        kmsKeyID = try members.string("KmsKeyId")
        values = try ValueMembers(from: &members)
        tags = try TagList("Tags", from: &members)
        type = try members.string("Type")
        replicaRegions = try ReplicaRegionList("AddReplicaRegions", from: &members)
        forceOverwriteReplica = try members.boolean("ForceOverwriteReplicaSecret")
        crossAccountPrimaryARN = try members.string("CrossAccountPrimaryARN")
    }

    package var subject: String? { name }

    package func violations() -> [Violation] {
        var constraints = Constraints()
        constraints.require(name, at: "name")
        constraints.length(of: name, 1...512, at: "name")
        constraints.clientRequestToken(clientRequestToken)
        constraints.description(description)
        constraints.kmsKeyID(kmsKeyID)
        values.constrain(&constraints)
        tags?.constrain(&constraints)
        constraints.length(of: type, 0...256, at: "type")
        replicaRegions?.constrain(&constraints)
        constraints.length(of: crossAccountPrimaryARN, 20...2_048, at: "crossAccountPrimaryARN")
        return constraints.violations
    }

    package func permissions() -> [Permission] {
        let target = Permission.Target.newSecret(name ?? "")
        var create = Permission(Action.createSecret, on: target)
        create.set("secretsmanager:Name", name)
        create.set("secretsmanager:Description", description)
        create.set("secretsmanager:Type", type)
        create.set(requestTags: tags)
        create.set(replicaRegions: replicaRegions, forced: forceOverwriteReplica)
        create.kmsKeyID = kmsKeyID
        var replicate = Permission(Action.replicateSecretToRegions, on: target)
        replicate.set(replicaRegions: replicaRegions, forced: forceOverwriteReplica)
        var tag = Permission(Action.tagResource, on: target)
        tag.set(requestTags: tags)
        return [create] + (tags == nil ? [] : [tag]) + (replicaRegions == nil ? [] : [replicate])
    }

    package func checkBeforeLookup() throws(APIError) {
        guard let name, SecretName.isValid(name) else { throw .invalidName }
        guard clientRequestToken != nil else { throw .tokenMissing }
    }

    package func perform(
        _ call: Call,
        _ vault: any VaultWriting
    ) throws(APIError) -> Response {
        guard let name else { throw .invalidName }
        guard let token = clientRequestToken else { throw .tokenMissing }
        let value = try values.value()
        let tags = try self.tags?.tags() ?? []
        let type = try self.type.flatMap(ExternalSecretType.stored)
        let scope = call.caller.scope
        let regions = try replicaRegions?.regions(besides: scope.region)
        let crossAccountPrimary = try self.crossAccountPrimary(in: scope)
        if let existing = try vault.secret(at: .name(name, scope)) {
            return try answerRetry(existing, token, value, vault)
        }
        let kmsKeyID = try vault.storedKmsKeyID(self.kmsKeyID ?? "", in: scope)
        var randomness = call.randomness
        let suffix = SecretARN.makeSuffix(using: &randomness)
        var secret = try vault.insert(
            NewSecret(
                arn: SecretARN(scope: scope, name: name, suffix: suffix),
                description: description ?? "",
                kmsKeyID: kmsKeyID,
                type: type,
                createdAt: call.now,
                crossAccountPrimary: crossAccountPrimary
            )
        )
        if let crossAccountPrimary {
            try vault.attachReplicationPolicy(to: secret, primary: crossAccountPrimary)
        }
        if secret.usesDefaultKey { try vault.managedKey(in: scope, for: call) }
        try attach(tags, to: &secret, vault)
        if let value {
            try call.checkKey(of: secret, for: .generateDataKey, .decrypt, in: vault)
            let labels = [StagingLabels.current]
            try vault.addVersion(
                token,
                value: value,
                stagingLabels: labels,
                to: secret,
                at: call.now
            )
        }
        if let regions {
            let isForced = forceOverwriteReplica ?? false
            try vault.replicate(secret, to: regions, overwriting: isForced, at: call.now)
        }
        let begun = regions?.map(\.region)
        return Response(
            secret: secret,
            versionID: value == nil ? nil : token,
            replication: try begun.map { begun throws(APIError) in
                try vault.replicationStatus(of: secret, justBegunIn: begun)
            }
        )
    }

    private func attach(
        _ tags: [Tag],
        to secret: inout Secret,
        _ vault: any VaultWriting
    ) throws(APIError) {
        guard !tags.isEmpty else { return }
        try vault.setTags(tags, of: secret)
        secret.wasEverTagged = true
        try vault.update(secret)
    }

    /// The primary in another account that the new secret is to follow; nil for all others.
    private func crossAccountPrimary(in scope: Scope) throws(APIError) -> CrossAccountPrimary? {
        guard let arn = crossAccountPrimaryARN else { return nil }
        guard case .arn(_, let primary)? = try? SecretAddress(arn, from: scope),
            primary.region == scope.region, primary.account != scope.account
        else { throw .invalidCrossAccountPrimary }
        guard values.isEmpty, description == nil, replicaRegions == nil, type == nil else {
            throw .crossAccountReplicaTakesNothing
        }
        guard !Secret.isDefaultKey(kmsKeyID ?? "") else { throw .crossAccountReplicaNeedsKey }
        return CrossAccountPrimary(primaryARN: arn, status: .pending)
    }

    /// The same call again, after its answer was lost, has the same answer.
    private func answerRetry(
        _ existing: Secret,
        _ token: String,
        _ value: SecretValue?,
        _ vault: any VaultWriting
    ) throws(APIError) -> Response {
        guard existing.deletedAt == nil else { throw .nameIsScheduledForDeletion }
        guard let value, let stored = try vault.open(.id(token), of: existing) else {
            throw .secretExists(existing.name)
        }
        guard let former = stored.value, former.isSame(as: value) else {
            throw .tokenInUse(token, secretARN: existing.arn.text)
        }
        let replication =
            replicaRegions == nil ? nil : try vault.replicationStatus(of: existing)
        return Response(secret: existing, versionID: token, replication: replication)
    }

    package static func secretARN(in response: Response) -> SecretARN? { response.secret.arn }

    package struct Response: Sendable, JSONWritable {
        let secret: Secret
        let versionID: String?
        /// Nil unless the request asked for replicas.
        let replication: [ReplicationStatus]?

        package func write(to writer: inout JSONWriter) {
            writer.beginObject()
            writer.member("ARN", secret.arn.text)
            writer.member("Name", secret.name)
            if let replication { writer.member("ReplicationStatus", replication) }
            writer.member("VersionId", versionID)
            writer.endObject()
        }
    }
}
