internal import Client
internal import Formats
internal import JSON
internal import Notation

/// Reads secrets that are referred to, each version once.
final class SecretReader {
    /// A version of a secret.
    struct Secret {
        let arn: String
        /// Nil for a binary secret.
        let text: String?
        /// Of a binary secret.
        let bytes: [UInt8]?

        /// What a file of it holds.
        var contents: [UInt8] { bytes ?? Array((text ?? "").utf8) }
    }

    private let client: VaultClient
    private var found: [SecretReference: Secret] = [:]

    /// - Parameter client: as whom secrets are read.
    init(_ client: VaultClient) {
        self.client = client
    }

    /// Reads the version that a reference names.
    func secret(_ reference: SecretReference) throws(ClientError) -> Secret {
        let version = SecretReference(
            secretID: reference.secretID,
            versionStage: reference.versionStage,
            versionID: reference.versionID
        )
        if let secret = found[version] { return secret }
        let members = [
            ("SecretId", reference.secretID), ("VersionId", reference.versionID),
            ("VersionStage", reference.versionStage),
        ].compactMap { name, text in text.map { (name: name, value: JSONValue.string($0)) } }
        let answer = try client(for: reference.secretID).call("GetSecretValue", JSONObject(members))
        let secret = Secret(
            arn: answer.text("ARN") ?? reference.secretID,
            text: answer.text("SecretString"),
            bytes: answer.text("SecretBinary").flatMap { Base64.decode($0.utf8) }
        )
        found[version] = secret
        return secret
    }

    /// The value of a parameter that stands for a secret; nil when there is no such parameter.
    func parameter(_ name: String) throws(ClientError) -> (text: String, arn: String)? {
        let answer = try client(for: name).call(
            "GetParameters",
            JSONObject([
                (name: "Names", value: .array([.string(name)])),
                (name: "WithDecryption", value: .bool(true)),
            ]),
            of: AWSService(signingName: "ssm", targetPrefix: "AmazonSSM")
        )
        guard let parameter = answer.objects("Parameters").first else { return nil }
        return (parameter.text("Value") ?? "", parameter.text("ARN") ?? name)
    }

    /// What has an ARN is asked for in the region that it names.
    private func client(for id: String) -> VaultClient {
        guard let region = ARN(id)?.region, !region.isEmpty else { return client }
        return client.calling(in: region)
    }
}

extension SecretReader.Secret {
    /// Why a member of the secret is no value, in the words of ECS.
    struct Unusable: Error {
        let reason: String
    }

    /// The member of a key, as ECS prints it.
    func member(_ key: String) throws(Unusable) -> String {
        // A binary secret has no string: to ECS that is an empty one.
        let bytes = Array((text ?? "").utf8)
        guard let first = bytes.first(where: { !" \t\r\n".utf8.contains($0) }) else {
            throw Unusable(reason: "unexpected end of JSON input")
        }
        guard let value = try? JSONParser.parse(bytes) else {
            let isBegun = "{[\"-0123456789tfn".utf8.contains(first)
            // Which character it is would be part of the value.
            throw Unusable(
                reason: isBegun
                    ? "the value is not valid JSON"
                    : "invalid character '…' looking for beginning of value"
            )
        }
        guard case .object(let object) = value else {
            throw Unusable(reason: "the value is not a JSON object")
        }
        guard let member = object[key] else {
            throw Unusable(
                reason: "retrieved secret from Secrets Manager did not contain json key \(key)"
            )
        }
        return GoText.of(member)
    }

    /// The members of a JSON object.
    func members() throws(Unusable) -> [(name: String, value: String)] {
        guard let text, case .object(let object)? = try? JSONParser.parse(Array(text.utf8)) else {
            throw Unusable(reason: "the value is not a JSON object")
        }
        return object.members.map { (name: $0.name, value: GoText.of($0.value)) }
    }
}
