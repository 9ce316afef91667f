package import JSON

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

extension IAMListAnswer {
    /// A page of tags.
    init(tags: [Tag], of query: String, _ request: PageRequest) throws(APIError) {
        let page = try request.page(of: query, listed: tags, position: \.key)
        self.init("Tags", page.items, marker: page.next)
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
