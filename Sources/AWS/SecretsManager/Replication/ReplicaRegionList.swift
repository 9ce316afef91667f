internal import Notation

/// The regions to replicate to, as a request carries them.
struct ReplicaRegionList: Sendable {
    private let members: [(region: String?, kmsKeyID: String?)]

    /// Nil when the request has no such member.
    init?(_ name: String, from members: inout Members) throws(APIError) {
        let list = try members.structures(name) { member throws(APIError) in
            (region: try member.string("Region"), kmsKeyID: try member.string("KmsKeyId"))
        }
        guard let list else { return nil }
        self.members = list
    }

    func constrain(_ constraints: inout Constraints) {
        constraints.count(of: members.map { $0.region ?? "" }, 1...Int.max, at: "addReplicaRegions")
        for (index, member) in members.enumerated() {
            let path = "addReplicaRegions.\(index + 1).member"
            constraints.region(member.region, at: "\(path).region")
            constraints.length(of: member.kmsKeyID, 0...2_048, at: "\(path).kmsKeyId")
        }
    }

    /// The names of the regions as they were sent.
    var names: [String] { members.compactMap(\.region) }

    /// The copies that a secret would have there.
    func copies(of secret: Secret) -> [CopyOfSecret] {
        members.map { member in
            CopyOfSecret(
                primary: secret,
                copy: secret.arn.moved(to: member.region ?? ""),
                kmsKeyID: member.kmsKeyID ?? ""
            )
        }
    }

    /// The regions with their keys, each once, unless one is not a region that a secret of
    /// `primary` can be replicated to.
    func regions(besides primary: String) throws(APIError) -> [(region: String, kmsKeyID: String)] {
        var seen: Set<String> = []
        var regions: [(region: String, kmsKeyID: String)] = []
        for member in members {
            guard let region = member.region else { throw .replicaWithoutRegion }
            guard region != primary, ReplicaRegions.arePartners(region, primary) else {
                throw .invalidReplicaRegion
            }
            guard seen.insert(region).inserted else { continue }
            regions.append((region: region, kmsKeyID: member.kmsKeyID ?? ""))
        }
        return regions
    }
}

extension Constraints {
    mutating func region(_ region: String?, at path: String) {
        length(of: region, 1...128, at: path)
        pattern(region, "^([a-z]+-)+\\d+$", at: path, matches: Region.isWellFormed)
    }
}

extension Permission {
    mutating func set(replicaRegions regions: ReplicaRegionList?, forced: Bool?) {
        set("secretsmanager:AddReplicaRegions", all: regions?.names)
        set("secretsmanager:ForceOverwriteReplicaSecret", forced)
    }
}
