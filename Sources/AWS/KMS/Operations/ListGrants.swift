/// Lists the grants of a key, all or those to somebody.
///
/// [ListGrants](https://docs.aws.amazon.com/kms/latest/APIReference/API_ListGrants.html).
/// Errors: NotFoundException, InvalidArnException, InvalidMarkerException, InvalidGrantIdException.
package struct ListGrants: ReadOperation, KeyOperation {
    package typealias Response = GrantPage

    package static let action = KMSAction.listGrants
    package static let servesOtherAccounts = true

    package let keyID: String?
    private let grantID: String?
    private let grantee: String?
    private let service: String?
    private let page: PageRequest

    package init(from members: inout Members) throws(APIError) {
        keyID = try members.string("KeyId")
        grantID = try members.string("GrantId")
        grantee = try members.string("GranteePrincipal")
        service = try members.string("GranteeServicePrincipal")
        page = try PageRequest(.kms.of(50), from: &members)
    }

    package func violations() -> [Violation] {
        var constraints = Constraints()
        constraints.keyID(keyID)
        constraints.grantID(grantID)
        constraints.grantPrincipal(grantee, at: "granteePrincipal")
        constraints.servicePrincipal(service, at: "granteeServicePrincipal")
        page.constrain(&constraints)
        return constraints.violations
    }

    package func perform(
        _ call: Call<KMSKey>,
        _ vault: any VaultReading
    ) throws(APIError) -> GrantPage {
        let key = try call.key
        if let grantID, !KMSGrant.isID(grantID) { throw .invalidGrantID }
        let name = grantee ?? service
        let query = "ListGrants|\(key.arn.text)|\(grantID ?? "")|\(name ?? "")"
        let found = try page.page(of: query, position: \KMSGrant.id) {
            after,
            limit throws(APIError) in
            if let grantID {
                let grant = try vault.grant(grantID, of: key)
                return [grant].compactMap { $0 }.filter { $0.id > after && isTo(name, $0) }
            }
            guard let name else { return try vault.grants(of: key, after: after, limit: limit) }
            let grants = try vault.grants(of: key, to: name).filter { $0.id > after }
            return Array(grants.prefix(limit))
        }
        return try GrantPage(found, vault)
    }

    private func isTo(_ name: String?, _ grant: KMSGrant) -> Bool {
        name == nil || grant.grantee.name == name
    }
}
