package import JSON

/// One thing under its name, as most answers of IAM have it.
package struct IAMAnswer: Sendable, JSONWritable {
    private let name: String
    private let value: any JSONWritable & Sendable

    init(_ name: String, _ value: any JSONWritable & Sendable) {
        self.name = name
        self.value = value
    }

    package func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.name(name)
        value.write(to: &writer)
        writer.endObject()
    }
}

/// An answer that the API's model has a structure for, with nothing in it.
package struct IAMNothing: Sendable, JSONWritable {
    package func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.endObject()
    }
}
