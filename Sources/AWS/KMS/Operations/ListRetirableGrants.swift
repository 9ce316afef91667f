internal import Notation

/// Lists the grants of the region that somebody of the account may retire.
///
/// [ListRetirableGrants](https://docs.aws.amazon.com/kms/latest/APIReference/API_ListRetirableGrants.html).
/// Errors: InvalidArnException, InvalidMarkerException.
package struct ListRetirableGrants: ReadOperation {
    package typealias Response = GrantPage

    package static let action = KMSAction.listRetirableGrants

    private let retiring: GrantMembers.NamedMember
    private let page: PageRequest

    package init(from members: inout Members) throws(APIError) {
        retiring = try GrantMembers.NamedMember("Retiring", from: &members)
        page = try PageRequest(.kms.of(50), from: &members)
    }

    package func violations() -> [Violation] {
        var constraints = Constraints()
        retiring.constrain(&constraints)
        page.constrain(&constraints)
        return constraints.violations
    }

    package func checkBeforeLookup() throws(APIError) {
        guard retiring.name != nil, !retiring.isTwice else { throw .retiringPrincipalUnclear }
    }

    package func perform(
        _ call: Call<NoSubject>,
        _ vault: any VaultReading
    ) throws(APIError) -> GrantPage {
        let name = retiring.name ?? ""
        if retiring.principal != nil {
            // Who may retire what in other accounts is for those accounts to ask.
            guard try vault.namedPrincipal(name) != .notPrincipal,
                ARN(name)?.account == call.caller.scope.account
            else { throw .notPrincipal(name) }
        }
        let region = call.caller.scope.region
        let query = "ListRetirableGrants|\(region)|\(name)"
        let found = try page.page(of: query, position: \KMSGrant.id) {
            after,
            limit throws(APIError) in
            try vault.grants(retiredBy: name, in: region, after: after, limit: limit)
        }
        return try GrantPage(found, vault)
    }
}
