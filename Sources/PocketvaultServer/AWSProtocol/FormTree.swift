internal import JSON

/// The fields of a form as the members of a request.
///
/// `Tags.member.1.Key` is a list of structures, `TagKeys.member.1` a list of texts; every value is
/// text. Names that contradict each other, or go too deep, leave out what came later.
///
/// [Query requests](https://smithy.io/2.0/aws/protocols/aws-query-protocol.html)
struct FormTree {
    private static let maximumDepth = 8

    private var value: String?
    /// In the order of their first fields.
    private var children: [(name: String, tree: FormTree)] = []
    private var places: [String: Int] = [:]

    /// The members that a form holds, but for those that say what is called.
    static func members(_ form: FormFields) -> JSONObject {
        var tree = FormTree()
        for (name, value) in form.fields where name != "Action" && name != "Version" {
            let path = name.split(separator: ".", omittingEmptySubsequences: false)
            guard path.count <= maximumDepth, !path.contains("") else { continue }
            tree.insert(value, at: path[...])
        }
        return tree.object
    }

    private mutating func insert(_ value: String, at path: ArraySlice<Substring>) {
        guard let name = path.first else {
            if self.value == nil, children.isEmpty { self.value = value }
            return
        }
        guard self.value == nil else { return }
        let key = String(name)
        let place = places[key] ?? children.count
        if place == children.count {
            places[key] = place
            children.append((key, FormTree()))
        }
        children[place].tree.insert(value, at: path.dropFirst())
    }

    private var object: JSONObject {
        JSONObject(children.map { (name: $0.name, value: $0.tree.json) })
    }

    private var json: JSONValue {
        if let value { return .string(value) }
        guard children.count == 1, children[0].name == "member" else { return .object(object) }
        let list = children[0].tree
        // An empty list comes as a member without a number.
        if list.value == "" { return .array([]) }
        let numbered = list.children.compactMap { child in
            Int(child.name).map { (number: $0, json: child.tree.json) }
        }
        return .array(numbered.sorted { $0.number < $1.number }.map(\.json))
    }
}
