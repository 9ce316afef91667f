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

    /// The regions with their keys, unless one is not a region that a secret of `primary` can be
    /// replicated to.
    func regions(besides primary: String) throws(APIError) -> [(region: String, kmsKeyID: String)] {
        var seen: Set<String> = [primary]
        var regions: [(region: String, kmsKeyID: String)] = []
        for member in members {
            let region = member.region ?? ""
            guard seen.insert(region).inserted, Region.arePartners(region, primary) else {
                throw .invalidReplicaRegion
            }
            regions.append((region: region, kmsKeyID: member.kmsKeyID ?? ""))
        }
        return regions
    }
}

extension Constraints {
    mutating func region(_ region: String?, at path: String) {
        require(region, at: path)
        length(of: region, 1...128, at: path)
        pattern(region, "^([a-z]+-)+\\d+$", at: path, matches: Region.isWellFormed)
    }
}
