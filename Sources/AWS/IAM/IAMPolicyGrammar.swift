internal import JSON
internal import Notation

/// What IAM has against a policy beyond its syntax, in the order in which it tells of it: each rule is
/// held against all statements before the next.
///
/// [Grammar](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html)
struct IAMPolicyGrammar {
    private let policy: JSONObject
    private let statements: [JSONObject]
    /// Of the account that the policy is for.
    private let partition: String
    /// Managed policies say which version of the language they are in.
    private let needsVersion: Bool

    /// - Parameters:
    ///   - text: the policy; what is no JSON has no such faults.
    ///   - partition: of the account that it is for.
    ///   - needsVersion: whether it must say which version of the language it is in.
    init?(_ text: String, in partition: String, needsVersion: Bool) {
        guard case .object(let policy)? = try? JSONParser.parse(text),
            let statement = policy["Statement"]
        else { return nil }
        self.policy = policy
        statements = IAMPolicyGrammar.list(statement).compactMap { value in
            if case .object(let object) = value { object } else { nil }
        }
        self.partition = partition
        self.needsVersion = needsVersion
    }

    /// The first sentence that IAM has against the policy; nil for none.
    var fault: String? {
        let rules = [
            version, legacyParsing, sids, actionsMissing, resourceFault, vendorMissing,
            vendorInvalid, resourcesMissing,
        ]
        for rule in rules {
            if let fault = rule() { return fault }
        }
        return nil
    }

    // MARK: The rules

    private func version() -> String? {
        guard needsVersion, policy["Version"] == nil else { return nil }
        return "Policy document must be version 2012-10-17 or greater."
    }

    /// An ARN has six parts.
    private func legacyParsing() -> String? {
        let isShort = resources.contains { resource in
            ARN.isARN(resource) && Parts(resource).count < 6 && !Parts(resource).isBroken(partition)
        }
        return isShort ? "The policy failed legacy parsing" : nil
    }

    private func sids() -> String? {
        let sids = statements.flatMap { texts("Sid", in: $0) }.filter { !$0.isEmpty }
        return Set(sids).count == sids.count
            ? nil : "Statement IDs (SID) in a single policy must be unique."
    }

    private func actionsMissing() -> String? {
        lacks("Action") ? "Policy statement must contain actions." : nil
    }

    private func resourcesMissing() -> String? {
        lacks("Resource") ? "Policy statement must contain resources." : nil
    }

    /// What is wrong with a resource: its partition, its vendor, its region, its path.
    private func resourceFault() -> String? {
        for rule in [partitionFault, resourceVendorFault, regionFault, pathFault] {
            for resource in resources {
                if let fault = rule(resource) { return fault }
            }
        }
        return nil
    }

    private func partitionFault(_ resource: String) -> String? {
        guard resource != "*" else { return nil }
        guard resource.contains(":") else {
            return "Resource \(resource) must be in ARN format or \"*\"."
        }
        let parts = Parts(resource)
        guard parts[1] != partition else { return nil }
        return "Partition \"\(parts[1])\" is not valid for resource \"\(resource)\"."
    }

    private func resourceVendorFault(_ resource: String) -> String? {
        guard resource != "*" else { return nil }
        let vendor = Parts(resource)[2]
        guard vendor.isEmpty || vendor.contains("*") || vendor.contains("?") else { return nil }
        return "Resource vendor must be fully qualified and cannot contain regexes."
    }

    private func regionFault(_ resource: String) -> String? {
        let parts = Parts(resource)
        guard resource != "*", !parts[3].isEmpty else { return nil }
        return switch parts[2] {
        case "iam": "IAM resource \(resource) cannot contain region information."
        case "s3": "Resource \(resource) can not contain region information."
        default: nil
        }
    }

    private static let paths = [
        "user/", "federated-user/", "role/", "group/", "instance-profile/", "mfa/",
        "server-certificate/", "policy/", "sms-mfa/", "saml-provider/", "oidc-provider/",
        "report/", "access-report/",
    ]

    private func pathFault(_ resource: String) -> String? {
        let parts = Parts(resource)
        guard parts[2] == "iam", parts[5] != "*",
            !Self.paths.contains(where: { parts[5].hasPrefix($0) })
        else { return nil }
        return "IAM resource path must either be \"*\" or start with "
            + "\(Self.paths.joined(separator: ", "))."
    }

    private func vendorMissing() -> String? {
        for action in actions where action != "*" {
            if !action.contains(":") {
                return "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc."
            }
            // [guess]
            if action.utf8.count(where: { $0 == UInt8(ascii: ":") }) > 1 {
                return "Actions/Condition can contain only one colon."
            }
        }
        return nil
    }

    private func vendorInvalid() -> String? {
        for action in actions where action != "*" {
            let vendor = action.prefix { $0 != ":" }
            let isName =
                vendor == "*"
                || !vendor.isEmpty
                    && vendor.utf8.allSatisfy { ASCII.isAlphanumeric($0) || [45, 46].contains($0) }
            guard isName else { return "Vendor \(vendor) is not valid" }
        }
        return nil
    }

    // MARK: Reading

    /// The parts of what should be an ARN; those that it lacks are empty.
    private struct Parts {
        private let parts: [Substring]

        init(_ resource: String) {
            parts = resource.split(
                separator: ":",
                maxSplits: 5,
                omittingEmptySubsequences: false
            )
        }

        var count: Int { parts.count }

        subscript(index: Int) -> String { index < parts.count ? String(parts[index]) : "" }

        /// Whether the beginning is wrong, which is told in place of what is missing behind it.
        func isBroken(_ partition: String) -> Bool {
            self[1] != partition || self[2].isEmpty || self[2].contains("*")
        }
    }

    private var actions: [String] {
        statements.flatMap { texts("Action", in: $0) + texts("NotAction", in: $0) }
    }

    private var resources: [String] {
        statements.flatMap { texts("Resource", in: $0) + texts("NotResource", in: $0) }
    }

    /// Whether a statement has neither an element nor its opposite, or an empty list of it.
    private func lacks(_ element: String) -> Bool {
        statements.contains { statement in
            let value = statement[element] ?? statement["Not\(element)"]
            return value.map { Self.list($0).isEmpty } ?? true
        }
    }

    private func texts(_ element: String, in statement: JSONObject) -> [String] {
        Self.list(statement[element] ?? .array([])).compactMap { value in
            if case .string(let text) = value { text } else { nil }
        }
    }

    private static func list(_ value: JSONValue) -> [JSONValue] {
        if case .array(let values) = value { values } else { [value] }
    }
}
