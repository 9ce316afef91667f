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
    /// Whether it was refused, so that the caller's own call was refused too.
    var isRefused = false

    init(_ use: KeyUse, of versionID: String, under kmsKeyID: String) {
        self.use = use
        self.versionID = versionID
        self.kmsKeyID = kmsKeyID
    }

    /// To open the value of a version by one of the keys that it is under, of that number.
    init(opening version: SecretVersion, by number: Int = 0) {
        let key = version.keys.indices.contains(number) ? version.keys[number].kmsKeyID : ""
        self.init(.decrypt, of: version.id, under: key)
    }

    /// To seal the value of a new version under a secret's present key.
    init(
        sealing versionID: String,
        of secret: Secret,
        _ vault: any VaultReading
    ) throws(APIError) {
        let key = try SealingKey.kmsKeyID(of: secret, in: vault)
        self.init(.generateDataKey, of: versionID, under: key)
    }

    // MARK: In the record of the caller's own call

    /// What is usual is left out: the managed key, and that it was not refused.
    func write(to writer: inout JSONWriter) {
        writer.beginArray()
        writer.string(use.rawValue)
        writer.string(versionID)
        if !kmsKeyID.isEmpty || isRefused { writer.string(kmsKeyID) }
        if isRefused { writer.bool(true) }
        writer.endArray()
    }

    /// Those that a record tells of.
    static func all(in record: AuditRecord) -> [KeyCall] {
        guard let text = record.madeCalls,
            case .array(let calls)? = try? JSONParser.parse(Array(text.utf8))
        else { return [] }
        return calls.compactMap(KeyCall.init)
    }

    private init?(_ value: JSONValue) {
        guard case .array(let parts) = value, parts.count >= 2,
            case .string(let name) = parts[0], let use = KeyUse(rawValue: name),
            case .string(let versionID) = parts[1]
        else { return nil }
        var kmsKeyID = ""
        if parts.count > 2, case .string(let key) = parts[2] { kmsKeyID = key }
        self.init(use, of: versionID, under: kmsKeyID)
        isRefused = parts.count > 3
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
        guard let secret = record.resourceARN, let place = ARN(secret)?.scope else { return nil }
        let keyARN = try self.keyARN(in: place, vault)
        let refusal = isRefused ? KeyRefusal(of: record, use, on: keyARN) : nil
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
            errorCode: refusal?.code,
            errorMessage: refusal?.message,
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
        if use == .decrypt {
            writer.member("encryptionAlgorithm", "SYMMETRIC_DEFAULT")
        } else {
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

extension Call {
    /// Notes for the trail what KMS was asked for.
    func note(_ keyCall: KeyCall) {
        dependents.note(keyCall.write)
    }

    /// Notes for the trail that KMS refused, when that is why a call goes no further.
    ///
    /// - Parameters:
    ///   - error: what the call is refused with.
    ///   - keyCall: what KMS was asked for.
    func note(_ error: APIError, from keyCall: KeyCall) {
        guard error.isAboutKey else { return }
        var refused = keyCall
        refused.isRefused = true
        note(refused)
    }

    /// Notes that it was looked whether the caller may use the key that a request names.
    func noteKeyValidation(of secret: Secret) {
        for use in [KeyUse.generateDataKey, .decrypt] {
            note(KeyCall(use, of: KeyOfSecret.noVersion, under: secret.kmsKeyID))
        }
    }
}

extension Call where Subject == Secret {
    /// Runs what changes a value, and notes for the trail that KMS refused, when it did.
    func notingRefusal<Answer>(
        toSeal versionID: String?,
        _ vault: any VaultReading,
        _ change: () throws(APIError) -> Answer
    ) throws(APIError) -> Answer {
        do throws(APIError) {
            return try change()
        } catch {
            if error.isAboutKey, let secret = located {
                let key = try SealingKey.kmsKeyID(of: secret, in: vault)
                let sealing = KeyCall(.generateDataKey, of: versionID ?? "", under: key)
                note(error, from: sealing)
            }
            throw error
        }
    }
}
