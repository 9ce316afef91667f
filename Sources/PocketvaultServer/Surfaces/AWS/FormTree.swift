internal import AWS
internal import JSON
internal import Notation

/// The fields of a form as the members of a request.
///
/// `Tags.member.1.Key` is a list of structures, `TagKeys.member.1` a list of texts; every value is
/// text. Names that contradict each other, or go too deep, leave out what came later.
///
/// [Query requests](https://smithy.io/2.0/aws/protocols/aws-query-protocol.html)
struct FormTree {
    private static let maximumDepth = 8
    /// The most that the number of an element may be beyond the one before it.
    private static let maximumGap = 10

    private var value: String?
    /// In the order of their first fields.
    private var children: [(name: String, tree: FormTree)] = []
    private var places: [String: Int] = [:]

    /// The members that a form holds, but for those that say what is called.
    ///
    /// - Throws: MalformedInput for a list whose elements are not numbered.
    static func members(_ form: FormFields) throws(APIError) -> JSONObject {
        var tree = FormTree()
        for (name, value) in form.fields where name != "Action" && name != "Version" {
            let path = name.split(separator: ".", omittingEmptySubsequences: false)
            guard path.count <= maximumDepth, !path.contains("") else { continue }
            tree.insert(value, at: path[...])
        }
        return try tree.object()
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

    private func object() throws(APIError) -> JSONObject {
        var members: [(name: String, value: JSONValue)] = []
        for child in children { members.append((child.name, try child.tree.json())) }
        return JSONObject(members)
    }

    private func json() throws(APIError) -> JSONValue {
        if let value { return .string(value) }
        guard children.count == 1, children[0].name == "member" else {
            return .object(try object())
        }
        let list = children[0].tree
        // An empty list comes as a member without a number.
        if list.value == "" { return .array([]) }
        return .array(try list.elements())
    }

    /// The elements of a list by their numbers; one that was left out is nothing at all, which no
    /// member of a list may be.
    private func elements() throws(APIError) -> [JSONValue] {
        var numbered: [Int: FormTree] = [:]
        for child in children {
            let number = try FormTree.number(child.name)
            if numbered[number] == nil { numbered[number] = child.tree }
        }
        var elements: [JSONValue] = []
        for (number, tree) in numbered.sorted(by: { $0.key < $1.key }) {
            let gap = number - max(elements.count, 1)
            guard gap <= FormTree.maximumGap else { throw .sparseList(skipping: gap) }
            let json = try tree.json()
            let nothing =
                if case .object = json { JSONValue.object(JSONObject([])) } else { JSONValue.null }
            elements += Array(repeating: nothing, count: number - elements.count - 1) + [json]
        }
        return elements
    }

    /// The number of an element: digits, zeros in front too.
    private static func number(_ name: String) throws(APIError) -> Int {
        guard !name.hasPrefix("-") else { throw .negativeListIndex(name) }
        guard !name.isEmpty, name.utf8.allSatisfy(ASCII.isDigit), let number = Int32(name) else {
            throw .unnumberedListElement
        }
        guard number > 0 else { throw .zeroListIndex }
        return Int(number)
    }
}
