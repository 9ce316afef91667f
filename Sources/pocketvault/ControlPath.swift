internal import Notation

/// The paths of control calls.
enum ControlPath {
    /// A path with those fields of a query that have a value.
    static func with(_ path: String, _ fields: [(name: String, value: String?)]) -> String {
        let query = fields.compactMap { field in
            field.value.map { "\(field.name)=\(PercentEncoding.encode($0, keeping: "/:"))" }
        }
        return query.isEmpty ? path : "\(path)?\(query.joined(separator: "&"))"
    }

    /// The path of what has a name there.
    static func below(_ path: String, _ name: String) -> String {
        "\(path)/\(PercentEncoding.encode(name, keeping: ""))"
    }
}
