package import JSON

/// MaxItems and Marker, as the lists of IAM take them.
struct IAMPage: Sendable {
    let limit: Int64?
    private let marker: String?

    init(from members: inout Members) throws(APIError) {
        limit = try members.integer("MaxItems")
        marker = try members.string("Marker")
    }

    func constrain(_ constraints: inout Constraints) {
        constraints.range(of: limit, 1...1_000, at: "maxItems")
        constraints.length(of: marker, 1...1_024, at: "marker")
    }

    /// Cuts a page out of a list that is at hand whole.
    ///
    /// - Parameters:
    ///   - items: sorted by their positions.
    ///   - query: what is listed; a marker of another query is refused.
    ///   - position: the place of an item, unique and not empty.
    /// - Returns: the items, and the marker of the next page when there are more.
    /// - Throws: ValidationError for a marker that is none.
    func page<Item>(
        of items: [Item],
        _ query: String,
        position: (Item) -> String
    ) throws(APIError) -> IAMPageAnswer<Item> {
        var rest = items[...]
        if let marker {
            guard let token = try? NextToken(marker, query: query) else {
                throw .invalidIAMMarker
            }
            rest = rest.drop { position($0) <= token.position }
        }
        let shown = rest.prefix(Int(limit ?? 100))
        guard shown.count < rest.count, let last = shown.last else {
            return IAMPageAnswer(items: Array(shown), marker: nil)
        }
        let next = NextToken(query: query, position: position(last))
        return IAMPageAnswer(items: Array(shown), marker: next.text)
    }
}

/// A page of a list of IAM.
package struct IAMPageAnswer<Item: Sendable>: Sendable {
    let items: [Item]
    let marker: String?
}

/// A list of IAM as it is answered: under the name of the list, with IsTruncated and Marker.
package struct IAMListAnswer: Sendable, JSONWritable {
    private let name: String
    private let values: [any JSONWritable & Sendable]
    private let marker: String?

    init(_ name: String, _ values: [any JSONWritable & Sendable], marker: String? = nil) {
        self.name = name
        self.values = values
        self.marker = marker
    }

    package func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("IsTruncated", marker != nil)
        writer.member("Marker", marker)
        writer.name(name)
        writer.beginArray()
        for value in values { value.write(to: &writer) }
        writer.endArray()
        writer.endObject()
    }
}

/// A text as an element of a list.
struct IAMText: Sendable, JSONWritable {
    let text: String

    init(_ text: String) {
        self.text = text
    }

    func write(to writer: inout JSONWriter) { writer.string(text) }
}
