internal import JSON

/// Limit and Marker, as the lists of KMS take them.
struct KeyPage: Sendable {
    let limit: Int64?
    private let marker: String?

    init(from members: inout Members) throws(APIError) {
        limit = try members.integer("Limit")
        marker = try members.string("Marker")
    }

    func constrain(_ constraints: inout Constraints) {
        constraints.range(of: limit, 1...1_000, at: "limit")
        constraints.length(of: marker, 1...1_024, at: "marker")
    }

    /// Cuts a page out of a list.
    ///
    /// - Parameters:
    ///   - query: what is listed; a marker of another query is refused.
    ///   - defaultLimit: how many items there are without a Limit.
    ///   - position: the place of an item, by which the list is sorted.
    ///   - items: gives items from after a place on, as many as it is asked for.
    /// - Returns: the items, and the marker of the next page when there are more.
    /// - Throws: InvalidMarkerException, and what `items` throws.
    func page<Item>(
        of query: String,
        defaultLimit: Int64,
        position: (Item) -> String,
        _ items: (_ after: String, _ limit: Int) throws(APIError) -> [Item]
    ) throws(APIError) -> KeyPageAnswer<Item> {
        let limit = Int(limit ?? defaultLimit)
        var after = ""
        if let marker {
            guard let token = try? NextToken(marker, query: query) else { throw .invalidMarker }
            after = token.position
        }
        let found = try items(after, limit + 1)
        let shown = Array(found.prefix(limit))
        guard found.count > limit, let last = shown.last else {
            return KeyPageAnswer(items: shown, nextMarker: nil)
        }
        let next = NextToken(query: query, position: position(last))
        return KeyPageAnswer(items: shown, nextMarker: next.text)
    }
}

/// A page of a list of KMS.
package struct KeyPageAnswer<Item: Sendable>: Sendable {
    let items: [Item]
    let nextMarker: String?
}

extension JSONWriter {
    /// A page under the name of its list, with NextMarker and Truncated.
    mutating func page<Item>(
        _ name: String,
        _ page: KeyPageAnswer<Item>,
        _ element: (Item, inout JSONWriter) -> Void
    ) {
        beginObject()
        self.name(name)
        beginArray()
        for item in page.items { element(item, &self) }
        endArray()
        member("NextMarker", page.nextMarker)
        member("Truncated", page.nextMarker != nil)
        endObject()
    }
}
