package import JSON

/// The answer of an operation that is asked about several things by name: those that are there, and
/// the others as failures.
package struct DescribedElements<Element: JSONWritable & Sendable>: Sendable, JSONWritable {
    private let member: String
    private var found: [Element] = []
    private var missing: [String] = []

    /// - Parameters:
    ///   - member: of the answer that lists what is there.
    ///   - references: what was asked for.
    ///   - name: what a failure calls one.
    ///   - find: nil for one that is not there.
    /// - Throws: what `find` throws.
    init<Reference>(
        _ member: String,
        of references: [Reference],
        name: (Reference) -> String,
        find: (Reference) throws(APIError) -> Element?
    ) throws(APIError) {
        self.member = member
        for reference in references {
            guard let element = try find(reference) else {
                missing.append(name(reference))
                continue
            }
            found.append(element)
        }
    }

    package func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member(member, found)
        writer.name("failures")
        writer.beginArray()
        for arn in missing {
            writer.beginObject()
            writer.member("arn", arn)
            writer.member("reason", "MISSING")
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
    }
}
