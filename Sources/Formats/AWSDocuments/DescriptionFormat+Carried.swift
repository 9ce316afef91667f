extension DescriptionFormat {
    /// The current values of a document, without what it says besides of versions, rotation, policies
    /// and replicas.
    ///
    /// - Throws: every secret that has no value in it.
    package func carried(_ bytes: [UInt8]) throws(FormatError) -> CarriedDocument {
        let described = try read(bytes).filter { $0.obstacle == nil }
        var secrets: [CarriedSecret] = []
        var complaints: [FormatError.Complaint] = []
        for secret in described {
            guard let value = secret.currentVersion?.value else {
                complaints.append(
                    .init(
                        place: .secret(secret.name),
                        reason: "no value of it is in there; pocketvault seed apply --synthesize"
                            + " invents one"
                    )
                )
                continue
            }
            var carried = CarriedSecret(name: secret.name, value: value)
            carried.description = secret.description
            carried.kmsKeyID = secret.kmsKeyID
            carried.tags = secret.tags
            secrets.append(carried)
        }
        guard complaints.isEmpty else { throw FormatError(complaints) }
        return CarriedDocument(secrets: secrets)
    }
}
