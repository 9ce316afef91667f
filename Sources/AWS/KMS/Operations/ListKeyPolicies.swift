package import JSON

/// Names the policies of a key, of which there is one.
///
/// [ListKeyPolicies](https://docs.aws.amazon.com/kms/latest/APIReference/API_ListKeyPolicies.html).
/// Errors: NotFoundException, InvalidArnException, InvalidMarkerException.
package struct ListKeyPolicies: ReadOperation, KeyOperation {
    package static let action = KMSAction.listKeyPolicies

    package let keyID: String?
    private let page: PageRequest

    package init(from members: inout Members) throws(APIError) {
        keyID = try members.string("KeyId")
        page = try PageRequest(.kms, from: &members)
    }

    package func violations() -> [Violation] {
        var constraints = Constraints()
        constraints.keyID(keyID)
        page.constrain(&constraints)
        return constraints.violations
    }

    package func perform(
        _ call: Call<KMSKey>,
        _ vault: any VaultReading
    ) throws(APIError) -> Response {
        let key = try call.key
        let query = "ListKeyPolicies|\(key.arn.text)"
        let page = try page.page(of: query, position: { $0 }) {
            after,
            limit throws(APIError) in
            [KeyPolicy.name].filter { $0 > after }
        }
        return Response(page: page)
    }

    package struct Response: Sendable, JSONWritable {
        let page: Page<String>

        package func write(to writer: inout JSONWriter) {
            writer.page("PolicyNames", page) { name, writer in writer.string(name) }
        }
    }
}
