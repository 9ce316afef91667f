internal import AWS
internal import JSON
internal import Notation

/// Who may use a secret, and from which regions: the members `policy` and `replicas`.
extension SeedSecretReader {
    /// A policy is written as JSON, or as the text that PutResourcePolicy takes.
    func policy() throws(SeedError) -> String? {
        guard let text = try members.document("policy") else { return nil }
        if let breach = SecretRules.breach(policy: text) { throw members.error("policy", breach) }
        do throws(APIError) {
            return try ResourcePolicy.storedText(text)
        } catch {
            throw members.error("policy", error.message ?? "is not a policy document")
        }
    }

    func replicas() throws(SeedError) -> [SeedReplica]? {
        guard let objects = try members.objects("replicas") else { return nil }
        var replicas: [SeedReplica] = []
        for object in objects {
            try object.allow(["region", "kmsKeyId"])
            guard let region = try object.string("region") else {
                throw object.error(nil, "the member region is missing")
            }
            guard region != scope.region, ReplicaRegions.arePartners(region, scope.region) else {
                throw object.error("region", "must be another region, of the same partition")
            }
            let kmsKeyID = try object.string("kmsKeyId") ?? ""
            if let breach = SecretRules.breach("KmsKeyId", .string(kmsKeyID)) {
                throw object.error("kmsKeyId", breach)
            }
            let place = SeedPlace(source: object.source, path: object.path + [.member("region")])
            replicas.append(SeedReplica(region: region, kmsKeyID: kmsKeyID, place: place))
        }
        return replicas
    }
}
