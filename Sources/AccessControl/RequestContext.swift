/// The values of the condition keys that a request carries, by name without regard to case.
package struct RequestContext: Sendable, Equatable {
    private var values: [String: [String]] = [:]

    /// A context of these keys; a key without a value is as good as absent.
    package init(_ values: [String: [String]] = [:]) {
        // Sorted, so that two spellings of a key join in the same order each time.
        for (key, list) in values.sorted(by: { $0.key < $1.key }) {
            self[key] += list
        }
    }

    /// The values of a key: none when the request does not have it.
    package subscript(key: String) -> [String] {
        get { values[key.lowercased()] ?? [] }
        set { values[key.lowercased()] = newValue.isEmpty ? nil : newValue }
    }

    /// The values of a key that is in lower case already.
    func values(ofFoldedKey key: String) -> [String] {
        values[key] ?? []
    }
}
