package import JSON
internal import Notation

/// Lists the keys of the caller's account and region, those pending deletion too.
///
/// [ListKeys](https://docs.aws.amazon.com/kms/latest/APIReference/API_ListKeys.html).
/// Errors: InvalidMarkerException.
package struct ListKeys: ReadOperation {
    package static let action = KMSAction.listKeys

    private let page: PageRequest

    package init(from members: inout Members) throws(APIError) {
        page = try PageRequest(.kms, from: &members)
    }

    package func violations() -> [Violation] {
        var constraints = Constraints()
        page.constrain(&constraints)
        return constraints.violations
    }

    package func perform(
        _ call: Call<NoSubject>,
        _ vault: any VaultReading
    ) throws(APIError) -> Response {
        let scope = call.caller.scope
        let query = "ListKeys|\(scope.account)|\(scope.region)"
        let page = try page.page(of: query, position: \KMSKey.arn.keyID) {
            after,
            limit throws(APIError) in
            try vault.keys(in: scope, after: after, limit: limit)
        }
        return Response(page: page)
    }

    package struct Response: Sendable, JSONWritable {
        let page: Page<KMSKey>

        package func write(to writer: inout JSONWriter) {
            writer.page("Keys", page) { key, writer in
                writer.beginObject()
                writer.member("KeyArn", key.arn.text)
                writer.member("KeyId", key.arn.keyID)
                writer.endObject()
            }
        }
    }
}
