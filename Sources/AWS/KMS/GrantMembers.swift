internal import JSON
internal import Notation

/// What CreateGrant says of the grant that it wants.
struct GrantMembers: Sendable {
    let name: String?
    let grantee: NamedMember
    let retiring: NamedMember
    let operations: [String]?
    let constraints: GrantConstraints

    /// Somebody by ARN, or a service by its name.
    struct NamedMember: Sendable {
        /// As in `Grantee`.
        let role: String
        let principal: String?
        let service: String?

        init(_ role: String, from members: inout Members) throws(APIError) {
            self.role = role
            principal = try members.string("\(role)Principal")
            service = try members.string("\(role)ServicePrincipal")
        }

        var name: String? { principal ?? service }

        /// Somebody who is there, or of whom nobody knows whether he is; nil when nobody is named.
        ///
        /// - Throws: InvalidArnException.
        func found(in vault: any VaultReading) throws(APIError) -> GrantPrincipal? {
            guard let principal else { return service.map { GrantPrincipal($0) } }
            switch try vault.namedPrincipal(principal) {
            case .known(let uniqueID): return GrantPrincipal(principal, uniqueID: uniqueID)
            case .taken: return GrantPrincipal(principal)
            case .nobody: throw .noSuchPrincipal(principal)
            case .notPrincipal: throw .notPrincipal(principal)
            }
        }
        var isTwice: Bool { principal != nil && service != nil }

        func constrain(_ constraints: inout Constraints) {
            let role = lowerCamel(role)
            constraints.grantPrincipal(principal, at: "\(role)Principal")
            constraints.servicePrincipal(service, at: "\(role)ServicePrincipal")
        }
    }

    init(from members: inout Members) throws(APIError) {
        name = try members.string("Name")
        grantee = try NamedMember("Grantee", from: &members)
        retiring = try NamedMember("Retiring", from: &members)
        operations = try members.strings("Operations")
        constraints =
            try members.structure("Constraints") { members throws(APIError) in
                try GrantConstraints(from: &members)
            } ?? GrantConstraints()
    }

    func constrain(_ constraints: inout Constraints) {
        constraints.require(operations, at: "operations")
        let known = KMSGrant.grantable + KMSGrant.grantableOfOtherKeys
        constraints.elements(
            of: operations,
            ["Member must satisfy enum value set: [\(known.joined(separator: ", "))]"],
            at: "operations",
            satisfy: known.contains
        )
        grantee.constrain(&constraints)
        retiring.constrain(&constraints)
        constraints.length(of: name, 1...256, at: "name")
        constraints.pattern(name, "^[a-zA-Z0-9:/_-]+$", at: "name") { name in
            name.utf8.allSatisfy { ASCII.isAlphanumeric($0) || ":/_-".utf8.contains($0) }
        }
    }

    /// What cannot be granted whatever the key is like.
    func check() throws(APIError) {
        guard (grantee.principal == nil) != (grantee.service == nil) else {
            throw .granteeUnclear
        }
        guard !retiring.isTwice else { throw .retiringPrincipalUnclear }
        for operation in operations ?? [] where !KMSGrant.grantable.contains(operation) {
            throw .grantOperationUnfit(operation)
        }
    }

    /// The condition keys that they are.
    func conditions(in permission: inout Permission) {
        permission.set("kms:GrantOperations", all: operations)
        permission.set("kms:GranteePrincipal", grantee.name)
        permission.set("kms:RetiringPrincipal", retiring.name)
        permission.set("kms:GrantIsForAWSResource", false)
        constraints.conditions(in: &permission)
    }

    /// The grant, whose principals must be somebody.
    ///
    /// - Throws: InvalidArnException.
    func grant(
        of key: KMSKey,
        for call: Call<KMSKey>,
        _ vault: any VaultReading
    ) throws(APIError) -> KMSGrant {
        guard let grantee = try grantee.found(in: vault) else { throw .granteeUnclear }
        let random = call.randomness
        let id = (0..<4).flatMap { _ in
            let word = random.next()
            return stride(from: 56, through: 0, by: -8).map {
                UInt8(truncatingIfNeeded: word >> UInt64($0))
            }
        }
        let wanted = operations ?? []
        return KMSGrant(
            id: Hexadecimal.string(Array(id)),
            key: key.arn,
            name: name,
            grantee: grantee,
            retiring: try retiring.found(in: vault),
            operations: KMSGrant.grantable.filter(wanted.contains),
            constraints: constraints,
            issuingAccount: call.caller.scope.account,
            // AWS keeps whole seconds.
            createdAt: Timestamp(milliseconds: call.now.milliseconds / 1_000 * 1_000)
        )
    }
}

extension GrantConstraints {
    static let typeKey = "kms:GrantConstraintType"
    static let equalsType = "EncryptionContextEquals"

    /// The condition keys that they are.
    func conditions(in permission: inout Permission) {
        permission.set(Self.typeKey, type)
        permission.set(encryptionContext: KMSEncryptionContext(equals ?? subset ?? [:]))
    }

    var type: String? {
        if equals != nil { return Self.equalsType }
        return subset == nil ? nil : "EncryptionContextSubset"
    }
}

extension Constraints {
    mutating func grantPrincipal(_ value: String?, at path: String) {
        length(of: value, 1...256, at: path)
        pattern(value, "^[\\w+=,.@:/-]+$", at: path) { text in
            text.utf8.allSatisfy { ASCII.isAlphanumeric($0) || "_+=,.@:/-".utf8.contains($0) }
        }
    }

    mutating func servicePrincipal(_ value: String?, at path: String) {
        length(of: value, 1...128, at: path)
        let text = #"^([A-Za-z0-9\-]+)\.([A-Za-z0-9\-]+)(\.[A-Za-z0-9\-]+)+$"#
        pattern(value, text, at: path) { value in
            let parts = value.split(separator: ".", omittingEmptySubsequences: false)
            return parts.count > 2
                && parts.allSatisfy { part in
                    !part.isEmpty
                        && part.utf8.allSatisfy {
                            ASCII.isAlphanumeric($0) || $0 == UInt8(ascii: "-")
                        }
                }
        }
    }

    mutating func grantID(_ value: String?) {
        length(of: value, 1...128, at: "grantId")
    }
}
