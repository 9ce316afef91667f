internal import JSON
internal import Notation

/// A call to KMS that Secrets Manager makes in a caller's name, to open or to seal a value.
///
/// The record of the caller's own call keeps it in a few words; whoever looks through the trail as
/// CloudTrail is told it as a record of its own
/// ([0023](../../../../docs/decisions/0023-made-calls.md)).
///
/// [Encryption and decryption](https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html)
struct KeyCall: Sendable, Equatable {
    let use: KeyUse
    /// Of the version whose value is opened or sealed.
    let versionID: String
    /// As a version has it: an ARN, empty for the AWS managed key.
    let kmsKeyID: String
    /// The secret; nil for the one that the record of the caller's own call is about.
    var secretARN: String?
    /// Nil when KMS did what it was asked for.
    var refusal: KeyRefusal?

    init(_ use: KeyUse, of versionID: String, under kmsKeyID: String) {
        self.use = use
        self.versionID = versionID
        self.kmsKeyID = kmsKeyID
    }

    init(_ use: KeyUse, _ key: KeyOfSecret) {
        self.init(use, of: key.versionID, under: key.kmsKeyID)
        secretARN = key.secret.text
    }

    // MARK: In the record of the caller's own call

    /// What is usual is left out at the end: the managed key, the record's own secret, and that it was
    /// not refused.
    func write(to writer: inout JSONWriter) {
        writer.beginArray()
        writer.string(use.rawValue)
        writer.string(versionID)
        defer { writer.endArray() }
        // Of most reads there is no more to say.
        guard !kmsKeyID.isEmpty || secretARN != nil || refusal != nil else { return }
        let told = [kmsKeyID, secretARN ?? ""] + refusalParts
        let count = told.lastIndex { !$0.isEmpty }.map { $0 + 1 } ?? 0
        for part in told.prefix(count) { writer.string(part) }
    }

    private var refusalParts: [String] {
        guard let refusal else { return [] }
        return [refusal.requestID, refusal.answer.code.rawValue, refusal.answer.message ?? ""]
    }

    /// Those that a record tells of.
    static func all(in record: AuditRecord) -> [KeyCall] {
        guard let text = record.madeCalls,
            case .array(let calls)? = try? JSONParser.parse(Array(text.utf8))
        else { return [] }
        return calls.compactMap(KeyCall.init)
    }

    /// Nil for what is written otherwise.
    private init?(_ value: JSONValue) {
        guard case .array(let parts) = value else { return nil }
        var texts: [String] = []
        for part in parts {
            guard case .string(let text) = part else { return nil }
            texts.append(text)
        }
        guard (2...7).contains(texts.count), let use = KeyUse(rawValue: texts[0]) else {
            return nil
        }
        texts += Array(repeating: "", count: 7 - texts.count)
        self.init(use, of: texts[1], under: texts[2])
        if !texts[3].isEmpty { secretARN = texts[3] }
        guard !texts[5].isEmpty else { return }
        let answer = APIError(APIError.Code(texts[5]), texts[6].isEmpty ? nil : texts[6])
        refusal = KeyRefusal(answer, requestID: texts[4])
    }

    /// Whether what KMS said is why a call was refused.
    static func wasRefused(_ record: AuditRecord) -> Bool {
        switch record.errorCode {
        case APIError.Code.decryptionFailure.rawValue, APIError.Code.encryptionFailure.rawValue:
            true
        case APIError.Code.accessDenied.rawValue:
            record.errorMessage == APIError.accessToKMSNotAllowed.message
        default: false
        }
    }

    // MARK: As a record of its own

    /// - Parameters:
    ///   - record: of the caller's own call.
    ///   - vault: where the managed key is.
    /// - Returns: nil when it cannot be told of which secret it was.
    /// - Throws: InternalServiceError.
    func record(
        of record: AuditRecord,
        _ vault: any VaultReading
    ) throws(APIError) -> AuditRecord? {
        guard let secret = secretARN ?? record.resourceARN, let place = ARN(secret)?.scope else {
            return nil
        }
        let keyARN = try self.keyARN(in: place, vault)
        return AuditRecord(
            time: record.time,
            requestID: refusal?.requestID ?? "",
            eventSource: KMS.eventSource,
            eventName: use.rawValue,
            scope: record.scope,
            principalARN: record.principalARN,
            principalID: record.principalID,
            accessKeyID: record.accessKeyID,
            sessionStartedAt: record.sessionStartedAt,
            invokedBy: SecretsManager.eventSource,
            sourceAddress: SecretsManager.eventSource,
            userAgent: SecretsManager.eventSource,
            resourceARN: keyARN,
            requestParameters: parameters(of: secret, in: place),
            errorCode: refusal?.answer.code.rawValue,
            errorMessage: refusal?.answer.message,
            isReadOnly: true
        )
    }

    private func keyARN(in place: Scope, _ vault: any VaultReading) throws(APIError) -> String {
        guard Secret.isDefaultKey(kmsKeyID) else {
            return KeyARN.text(ofKeyID: kmsKeyID, in: place) ?? kmsKeyID
        }
        let key = try vault.key(at: .alias(KeyAlias.ofSecretsManager, place))
        return key?.arn.text ?? aliasARN(in: place)
    }

    private func aliasARN(in place: Scope) -> String {
        ARN(KMS.signingName, in: place, KeyAlias.ofSecretsManager).text
    }

    private func parameters(of secret: String, in place: Scope) -> String {
        var writer = JSONWriter(capacity: 256)
        writer.beginObject()
        if use != .generateDataKey { writer.member("encryptionAlgorithm", "SYMMETRIC_DEFAULT") }
        if use != .decrypt {
            let isDefault = Secret.isDefaultKey(kmsKeyID)
            writer.member("keyId", isDefault ? aliasARN(in: place) : kmsKeyID)
        }
        if use == .generateDataKey { writer.member("keySpec", "AES_256") }
        writer.name("encryptionContext")
        writer.beginObject()
        writer.member("SecretARN", secret)
        writer.member("SecretVersionId", versionID)
        writer.endObject()
        writer.endObject()
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}
