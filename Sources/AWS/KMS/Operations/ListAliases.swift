package import JSON
internal import Notation

/// Lists the aliases of the caller's account and region, or those of one key.
///
/// [ListAliases](https://docs.aws.amazon.com/kms/latest/APIReference/API_ListAliases.html).
/// `alias/aws/secretsmanager` is there before its key is, and then has no target. Errors:
/// InvalidMarkerException, NotFoundException, InvalidArnException.
package struct ListAliases: ReadOperation {
    package static let action = KMSAction.listAliases

    private let keyID: String?
    private let page: PageRequest

    package init(from members: inout Members) throws(APIError) {
        keyID = try members.string("KeyId")
        page = try PageRequest(.kms.of(50), from: &members)
    }

    package var subjectID: String? { keyID }

    package func violations() -> [Violation] {
        var constraints = Constraints()
        constraints.optionalKeyID(keyID)
        page.constrain(&constraints)
        return constraints.violations
    }

    package func perform(
        _ call: Call<NoSubject>,
        _ vault: any VaultReading
    ) throws(APIError) -> Response {
        let scope = call.caller.scope
        let key = try keyID.map { keyID throws(APIError) in
            let reference = KeyReference(keyID: keyID)
            return try reference.check(
                try reference.find(for: call.caller, vault),
                for: call.caller
            )
        }
        let query = "ListAliases|\(scope.account)|\(scope.region)|\(key?.arn.text ?? "")"
        let page = try page.page(of: query, position: \KeyAlias.name) {
            after,
            limit throws(APIError) in
            guard let key else { return try all(in: scope, after: after, limit: limit, vault) }
            let rest = try vault.aliases(of: key).filter { $0.name > after }
            return Array(rest.prefix(limit))
        }
        return Response(page: page)
    }

    private func all(
        in scope: Scope,
        after name: String,
        limit: Int,
        _ vault: any VaultReading
    ) throws(APIError) -> [KeyAlias] {
        var aliases = try vault.aliases(in: scope, after: name, limit: limit)
        let isThere = try vault.alias(KeyAlias.ofSecretsManager, in: scope) != nil
        if !isThere, KeyAlias.ofSecretsManager > name {
            aliases.append(
                KeyAlias(
                    name: KeyAlias.ofSecretsManager,
                    scope: scope,
                    targetKeyID: nil,
                    createdAt: nil,
                    updatedAt: nil
                )
            )
            aliases.sort { $0.name < $1.name }
        }
        return Array(aliases.prefix(limit))
    }

    package struct Response: Sendable, JSONWritable {
        let page: Page<KeyAlias>

        package func write(to writer: inout JSONWriter) {
            writer.page("Aliases", page) { alias, writer in alias.write(to: &writer) }
        }
    }
}
