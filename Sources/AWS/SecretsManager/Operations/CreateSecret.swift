package import JSON
internal import Notation

/// Makes a secret, with its first version when a value is given.
///
/// [CreateSecret](https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html).
/// Errors: ResourceExistsException, InvalidRequestException, InvalidParameterException.
package struct CreateSecret: WriteOperation {
    package static let action = SecretsManagerAction.createSecret

    private let name: String?
    private let clientRequestToken: String?
    private let description: String?
    private let kmsKeyID: String?
    private let values: ValueMembers
    private let tags: TagList?
    private let type: String?
    private let replicaRegions: ReplicaRegionList?
    private let forceOverwriteReplica: Bool
    private let crossAccountPrimaryARN: String?

    package init(from members: inout Members) throws(APIError) {
        name = try members.string("Name")
        clientRequestToken = try members.string("ClientRequestToken")
        description = try members.string("Description")
        kmsKeyID = try members.string("KmsKeyId")
        values = try ValueMembers(from: &members)
        tags = try TagList("Tags", .secretsManager, from: &members)
        type = try members.string("Type")
        replicaRegions = try ReplicaRegionList("AddReplicaRegions", from: &members)
        forceOverwriteReplica = try members.primitiveBoolean("ForceOverwriteReplicaSecret")
        crossAccountPrimaryARN = try members.string("CrossAccountPrimaryARN")
    }

    package var subjectID: String? { name }

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

    /// A secret that is not there yet.
    package func resource(
        _ subject: NoSubject?,
        for caller: Caller,
        _ vault: any VaultReading
    ) throws(APIError) -> ProtectedResource {
        ProtectedResource(newSecret: name ?? "", caller)
    }

    package func permissions() -> [Permission] {
        var create = ownPermission
        create.set("secretsmanager:Name", name)
        create.set("secretsmanager:Description", description)
        create.set("secretsmanager:Type", type)
        create.set(requestTags: tags)
        create.set(replicaRegions: replicaRegions, forced: forceOverwriteReplica)
        create.lateConditions = RequestedKeyConditions(kmsKeyID)
        var replicate = Permission(SecretsManagerAction.replicateSecretToRegions)
        replicate.set(replicaRegions: replicaRegions, forced: forceOverwriteReplica)
        var tag = Permission(SecretsManagerAction.tagResource)
        tag.set(requestTags: tags)
        return [create] + (tags?.isEmpty ?? true ? [] : [tag])
            + (replicaRegions == nil ? [] : [replicate])
    }

    /// Of the key that the request names, and of those of the replicas and of the primary.
    package func furtherNeeds(
        of subject: NoSubject?,
        for caller: Caller,
        _ vault: any VaultReading
    ) throws(APIError) -> [FurtherNeed] {
        // As it was made, or as it would be.
        let made = try vault.secret(at: .name(name ?? "", caller.scope))
        let secret =
            made
            ?? Secret(
                id: 0,
                arn: SecretARN(scope: caller.scope, name: name ?? "", suffix: "AAAAAA"),
                kmsKeyID: kmsKeyID ?? "",
                createdAt: Timestamp(milliseconds: 0),
                lastChangedAt: Timestamp(milliseconds: 0)
            )
        var needs: [FurtherNeed] = []
        if let kmsKeyID {
            needs += try NamedKey(kmsKeyID, of: secret.arn).needs(for: caller, in: vault)
        }
        for copy in replicaRegions?.copies(of: secret) ?? [] {
            needs += try copy.needs(for: caller, in: vault)
        }
        if let arn = crossAccountPrimaryARN,
            let primary = try CrossAccountSecret(arn).find(from: caller.scope, in: vault)
        {
            let copy = CopyOfSecret(primary: primary, copy: secret.arn, kmsKeyID: kmsKeyID ?? "")
            needs += try copy.needs(for: caller, in: vault)
        }
        return needs
    }

    package func checkBeforeLookup() throws(APIError) {
        guard let name, SecretName.isValid(name) else { throw .invalidName }
        guard clientRequestToken != nil else { throw .tokenMissing }
    }

    package func perform(
        _ call: Call<NoSubject>,
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
            return try answerRetry(existing, token, value, call, vault)
        }
        var randomness = call.randomness
        let suffix = SecretARN.makeSuffix(using: &randomness)
        let arn = SecretARN(scope: scope, name: name, suffix: suffix)
        let kmsKeyID = try NamedKey(self.kmsKeyID ?? "", of: arn)
            .stored(by: call.requester, in: vault)
        if let crossAccountPrimary {
            try checkPrimary(of: crossAccountPrimary, and: arn, kmsKeyID, call, vault)
        }
        var secret = try vault.insert(
            NewSecret(
                arn: arn,
                description: description ?? "",
                kmsKeyID: kmsKeyID,
                type: type,
                createdAt: call.now,
                crossAccountPrimary: crossAccountPrimary
            )
        )
        if let crossAccountPrimary {
            try ReplicationPolicy(of: secret).attach(letting: crossAccountPrimary, in: vault)
        }
        if secret.usesDefaultKey { try ManagedKey(of: scope).made(for: call, in: vault) }
        try attach(tags, to: &secret, vault)
        if let value { try add(value, as: token, to: secret, call, vault) }
        if let regions {
            try Replication(of: secret, to: regions, overwriting: forceOverwriteReplica)
                .run(at: call.now, by: call.requester, in: vault)
        }
        let begun = regions?.map(\.region)
        return Response(
            secret: secret,
            versionID: value == nil ? nil : token,
            replication: try begun.map { begun throws(APIError) in
                try ReplicationStatus.all(of: secret, justBegunIn: begun, in: vault)
            }
        )
    }

    private func add(
        _ value: SecretValue,
        as token: String,
        to secret: Secret,
        _ call: Call<NoSubject>,
        _ vault: any VaultWriting
    ) throws(APIError) {
        try NewVersion(id: token, value: value, stagingLabels: [StagingLabels.current])
            .add(to: secret, at: call.now, by: call.requester, in: vault)
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
            primary.region == scope.region, primary.account != scope.account,
            AccountID.isValid(primary.account)
        else { throw .invalidCrossAccountPrimary }
        guard values.isEmpty, description == nil, replicaRegions == nil, type == nil else {
            throw .crossAccountReplicaTakesNothing
        }
        guard !Secret.isDefaultKey(kmsKeyID ?? "") else { throw .crossAccountReplicaNeedsKey }
        return CrossAccountPrimary(primaryARN: arn, status: .pending)
    }

    /// Refuses to make what will hold the primary's values when the caller may not read them.
    private func checkPrimary(
        of link: CrossAccountPrimary,
        and arn: SecretARN,
        _ kmsKeyID: String,
        _ call: Call<NoSubject>,
        _ vault: any VaultWriting
    ) throws(APIError) {
        let secret = CrossAccountSecret(link.primaryARN)
        guard let primary = try secret.find(from: arn.scope, in: vault) else { return }
        try CopyOfSecret(primary: primary, copy: arn, kmsKeyID: kmsKeyID)
            .requireAccess(by: call.requester, in: vault)
    }

    /// The same call again, after its answer was lost, has the same answer.
    private func answerRetry(
        _ existing: Secret,
        _ token: String,
        _ value: SecretValue?,
        _ call: Call<NoSubject>,
        _ vault: any VaultWriting
    ) throws(APIError) -> Response {
        guard existing.deletedAt == nil else { throw .nameIsScheduledForDeletion }
        guard let value,
            let repeated = try RepeatedToken(token, of: existing, by: call.requester, in: vault)
        else { throw .secretExists(existing.name) }
        try repeated.requireSame(value)
        let replication =
            replicaRegions == nil ? nil : try ReplicationStatus.all(of: existing, in: vault)
        return Response(secret: existing, versionID: token, replication: replication)
    }

    package static func recordedResource(in response: Response) -> RecordedResource? {
        response.secret.recordedResource
    }

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
