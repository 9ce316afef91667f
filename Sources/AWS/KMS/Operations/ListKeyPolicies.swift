package import JSON

/// Names the policies of a key, of which there is one.
///
/// [ListKeyPolicies](https://docs.aws.amazon.com/kms/latest/APIReference/API_ListKeyPolicies.html).
/// Errors: NotFoundException, InvalidArnException, InvalidMarkerException.
package struct ListKeyPolicies: ReadOperation, KeyOperation {
    package static let action = KMSAction.listKeyPolicies

    package let keyID: String?
    private let page: KeyPage

    package init(from members: inout Members) throws(APIError) {
        keyID = try members.string("KeyId")
        page = try KeyPage(from: &members)
    }

    package func violations() -> [Violation] {
        var constraints = Constraints()
        constraints.keyID(keyID)
        page.constrain(&constraints)
        return constraints.violations
    }

    package func perform(
        _ call: Call,
        _ vault: any VaultReading
    ) throws(APIError) -> Response {
        let key = try vault.key(keyID, for: call)
        let query = "ListKeyPolicies|\(key.arn.text)"
        let page = try page.page(of: query, defaultLimit: 100, position: { $0 }) {
            after,
            limit throws(APIError) in
            [KeyPolicy.name].filter { $0 > after }
        }
        return Response(page: page)
    }

    package struct Response: Sendable, JSONWritable {
        let page: KeyPageAnswer<String>

        package func write(to writer: inout JSONWriter) {
            writer.page("PolicyNames", page) { name, writer in writer.string(name) }
        }
    }
}
