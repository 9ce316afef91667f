import AWS
import Notation

extension Scope {
    static let home = Scope(account: "000000000000", region: "us-east-1")
}

extension Timestamp {
    static let noon = Timestamp(milliseconds: 1_700_000_000_000)
}

extension NewSecret {
    /// A secret as a test needs it.
    static func sample(
        _ name: String = "driftsentry/local/database",
        scope: Scope = .home,
        kmsKeyID: String = "",
        at time: Timestamp = .noon
    ) -> NewSecret {
        NewSecret(
            arn: SecretARN(scope: scope, name: name, suffix: "AbCdEf"),
            kmsKeyID: kmsKeyID,
            createdAt: time
        )
    }
}

extension SecretValue {
    static func text(_ text: String) -> SecretValue {
        SecretValue(kind: .string, bytes: Array(text.utf8))
    }
}

extension SecretAddress {
    static func named(_ name: String) -> SecretAddress { .name(name, .home) }
}

extension VaultWriting {
    /// Makes a version without labels, a placeholder when it has no value.
    func insertVersion(
        _ id: String,
        of secret: Secret,
        value: SecretValue?,
        at now: Timestamp
    ) throws(APIError) {
        let content = try VersionContent(
            value,
            ofVersion: id,
            of: secret,
            at: now,
            by: .service,
            in: self
        )
        try insertVersion(id, of: secret, content, at: now)
    }

    func setStagingLabels(_ labels: StagingLabels, of secret: Secret) throws(APIError) {
        var change = try StagingLabelChange(of: secret, in: self)
        change.labels = labels
        try change.make(at: .noon, in: self)
    }

    /// Deletes a version as if the secret were a copy whose primary has it no more.
    func deleteVersion(_ id: String, of secret: Secret) throws(APIError) {
        var copy = secret
        copy.crossAccountPrimary = CrossAccountPrimary(primaryARN: "", status: .inSync)
        guard let pruned = PrunedVersion(id, goneFromPrimaryOf: copy) else { return }
        try delete(pruned)
    }

    /// Deletes a secret without a word in the trail, as if it were a copy in another region.
    func delete(_ secret: Secret) throws(APIError) {
        let copy = Secret(
            id: secret.id,
            arn: secret.arn,
            createdAt: secret.createdAt,
            lastChangedAt: secret.lastChangedAt,
            primaryID: 0
        )
        guard let purged = PurgedSecret(copy: copy) else { return }
        try delete(purged)
    }

    /// Makes a secret with one version, `first-version`, that is the current one.
    @discardableResult
    func insertSample(
        _ new: NewSecret = .sample(),
        value: SecretValue? = .text("s3cr3t")
    ) throws(APIError) -> Secret {
        let secret = try insert(new)
        try insertVersion("first-version", of: secret, value: value, at: new.createdAt)
        try setStagingLabels(StagingLabels(["AWSCURRENT": "first-version"]), of: secret)
        return secret
    }
}

extension AuditRecord {
    /// The record of a read, told from others by its request id.
    static func sample(
        _ requestID: String,
        secretARN: String? = nil,
        at time: Timestamp = .noon
    ) -> AuditRecord {
        AuditRecord(
            time: time,
            requestID: requestID,
            eventSource: "secretsmanager.amazonaws.com",
            eventName: "GetSecretValue",
            scope: .home,
            principalARN: "arn:aws:iam::000000000000:root",
            accessKeyID: nil,
            sourceAddress: "127.0.0.1",
            userAgent: "tests",
            resourceARN: secretARN,
            requestParameters: #"{"secretId":"a"}"#,
            errorCode: nil,
            errorMessage: nil,
            isReadOnly: true
        )
    }
}

extension StagingLabels {
    /// Labels with their versions, in the order in which they came.
    init(_ labels: KeyValuePairs<String, String>) {
        self.init(labels.map { Attachment(label: $0.key, versionID: $0.value) })
    }
}
