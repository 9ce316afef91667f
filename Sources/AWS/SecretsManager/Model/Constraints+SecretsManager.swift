/// The bounds that several operations of Secrets Manager share.
extension Constraints {
    mutating func secretID(_ value: String?) {
        require(value, at: "secretId")
        optionalSecretID(value)
    }

    /// Of an operation that may also do without a secret.
    mutating func optionalSecretID(_ value: String?) {
        length(of: value, 1...2_048, at: "secretId")
    }

    mutating func clientRequestToken(_ value: String?) {
        length(of: value, 32...64, at: "clientRequestToken")
    }

    mutating func versionID(_ value: String?, at path: String = "versionId") {
        length(of: value, 32...64, at: path)
    }

    mutating func versionStage(_ value: String?) {
        length(of: value, 1...256, at: "versionStage")
    }

    mutating func description(_ value: String?) {
        length(of: value, 0...2_048, at: "description")
    }

    mutating func kmsKeyID(_ value: String?) {
        length(of: value, 0...2_048, at: "kmsKeyId")
    }

    mutating func nextToken(_ value: String?) {
        length(of: value, 1...4_096, at: "nextToken")
    }

    mutating func maxResults(_ value: Int64?, upTo limit: Int64) {
        range(of: value, 1...limit, at: "maxResults")
    }
}
