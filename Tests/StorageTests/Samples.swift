import AWS

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
            secretARN: secretARN,
            requestParameters: #"{"secretId":"a"}"#,
            errorCode: nil,
            errorMessage: nil,
            isReadOnly: true
        )
    }
}
