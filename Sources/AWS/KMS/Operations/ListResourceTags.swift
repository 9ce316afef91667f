package import JSON

/// Lists the tags of a key.
///
/// [ListResourceTags](https://docs.aws.amazon.com/kms/latest/APIReference/API_ListResourceTags.html).
/// Errors: NotFoundException, InvalidArnException, InvalidMarkerException.
package struct ListResourceTags: ReadOperation, KeyOperation {
    package static let action = KMSAction.listResourceTags

    package let keyID: String?
    private let page: PageRequest

    package init(from members: inout Members) throws(APIError) {
        keyID = try members.string("KeyId")
        page = try PageRequest(.kms.of(50), from: &members)
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
        let tags = try vault.tags(of: key)
        let query = "ListResourceTags|\(key.arn.text)"
        let page = try page.page(of: query, position: \Tag.key) {
            after,
            limit throws(APIError) in
            // A tag that went meanwhile leaves no place to go on from.
            let start = tags.firstIndex { $0.key == after }.map { $0 + 1 }
            guard let start = after.isEmpty ? 0 : start else { throw .invalidMarker }
            return Array(tags[start...].prefix(limit))
        }
        return Response(page: page)
    }

    package struct Response: Sendable, JSONWritable {
        let page: Page<Tag>

        package func write(to writer: inout JSONWriter) {
            writer.page("Tags", page) { tag, writer in KeyTag(tag: tag).write(to: &writer) }
        }
    }
}
