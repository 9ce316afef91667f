/// Takes a name from its key, which stays as it is.
///
/// [DeleteAlias](https://docs.aws.amazon.com/kms/latest/APIReference/API_DeleteAlias.html).
/// Errors: NotFoundException.
package struct DeleteAlias: WriteOperation {
    package typealias Response = EmptyResponse

    package static let action = KMSAction.deleteAlias

    private let aliasName: String?

    package init(from members: inout Members) throws(APIError) {
        aliasName = try members.string("AliasName")
    }

    package var subjectID: String? { aliasName }

    package func violations() -> [Violation] {
        var constraints = Constraints()
        constraints.aliasName(aliasName)
        return constraints.violations
    }

    /// AWS asks for the key too; the alias alone decides here.
    package func permissions() -> [Permission] {
        [Permission(Self.action, on: .inScope(service: KMS.signingName, resource: aliasName ?? ""))]
    }

    package func perform(
        _ call: Call<NoSubject>,
        _ vault: any VaultWriting
    ) throws(APIError) -> EmptyResponse {
        let name = aliasName ?? ""
        try KeyAlias.check(name)
        guard let alias = try vault.alias(name, in: call.caller.scope) else {
            throw .aliasNotFound(name, call.caller.scope)
        }
        try vault.deleteAlias(alias)
        return EmptyResponse()
    }
}
