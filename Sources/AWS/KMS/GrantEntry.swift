package import JSON
internal import Notation

/// A grant as the lists of grants show it.
package struct GrantEntry: Sendable, JSONWritable {
    let grant: KMSGrant
    private let grantee: String
    private let retiring: String?

    init(_ grant: KMSGrant, _ vault: any VaultReading) throws(APIError) {
        self.grant = grant
        grantee = try grant.grantee.shown(vault)
        retiring = try grant.retiring?.shown(vault)
    }

    package func write(to writer: inout JSONWriter) {
        writer.beginObject()
        if !grant.constraints.isEmpty {
            writer.name("Constraints")
            grant.constraints.write(to: &writer)
        }
        writer.member("CreationDate", grant.createdAt)
        writer.member("GrantId", grant.id)
        writer.member("GranteePrincipal", grantee)
        if grant.grantee.isService { writer.member("GranteeServicePrincipal", grantee) }
        let issuer = Scope(account: grant.issuingAccount, region: grant.key.scope.region)
        writer.member("IssuingAccount", issuer.iamARN("root"))
        writer.member("KeyId", grant.key.text)
        writer.member("Name", grant.name)
        writer.member("Operations", grant.operations)
        writer.member("RetiringPrincipal", retiring)
        if grant.retiring?.isService == true {
            writer.member("RetiringServicePrincipal", retiring)
        }
        writer.endObject()
    }
}

/// A page of grants.
package struct GrantPage: Sendable, JSONWritable {
    private let page: Page<GrantEntry>

    init(_ grants: Page<KMSGrant>, _ vault: any VaultReading) throws(APIError) {
        var entries: [GrantEntry] = []
        for grant in grants.items { entries.append(try GrantEntry(grant, vault)) }
        page = Page(items: entries, next: grants.next)
    }

    package func write(to writer: inout JSONWriter) {
        writer.page("Grants", page) { entry, writer in entry.write(to: &writer) }
    }
}
