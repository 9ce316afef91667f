internal import JSON

extension PageRules {
    /// Limit and Marker, as the lists of KMS take them.
    static let kms = PageRules(
        limitMember: "Limit",
        tokenMember: "Marker",
        maximumLimit: 1_000,
        defaultLimit: 100,
        maximumTokenLength: 1_024,
        invalidToken: .invalidMarker
    )
}

extension JSONWriter {
    /// A page under the name of its list, with NextMarker and Truncated.
    mutating func page<Item>(
        _ name: String,
        _ page: Page<Item>,
        _ element: (Item, inout JSONWriter) -> Void
    ) {
        beginObject()
        self.name(name)
        beginArray()
        for item in page.items { element(item, &self) }
        endArray()
        member("NextMarker", page.next)
        member("Truncated", page.next != nil)
        endObject()
    }
}
