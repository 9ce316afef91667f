internal import JSON
internal import Notation

/// A part of a policy, and where in it that part stands.
struct PolicyElement {
    let value: JSONValue
    let path: [JSONPathStep]

    /// An error that is about this part.
    func error(_ fault: PolicyError.Fault, _ reason: String) -> PolicyError {
        PolicyError(fault: fault, detail: "\(place): \(reason)")
    }

    /// The text of a string.
    func string() throws(PolicyError) -> String {
        guard case .string(let text) = value else { throw error(.wrongType, "not a string") }
        return text
    }

    /// One value, or those of an array that is not empty.
    func oneOrMore() throws(PolicyError) -> [PolicyElement] {
        guard case .array(let values) = value else { return [self] }
        guard !values.isEmpty else { throw error(.emptyList, "an empty list") }
        return values.enumerated().map { index, value in
            PolicyElement(value: value, path: path + [.element(index)])
        }
    }

    /// The members of an object, in order.
    func members() throws(PolicyError) -> [(name: String, element: PolicyElement)] {
        guard case .object(let object) = value else { throw error(.wrongType, "not an object") }
        return object.members.map { member in
            let element = PolicyElement(value: member.value, path: path + [.member(member.name)])
            return (member.name, element)
        }
    }

    /// The members of an object that may have these only.
    func members(_ names: Set<String>) throws(PolicyError) -> PolicyMembers {
        var elements: [String: PolicyElement] = [:]
        for (name, element) in try members() {
            guard names.contains(name) else {
                throw element.error(.unknownElement, "there is no such element")
            }
            elements[name] = element
        }
        return PolicyMembers(parent: self, elements: elements)
    }

    private var place: String {
        let steps = path.map { step in
            switch step {
            case .member(let name): "." + quoted(name)
            case .element(let index): "[\(index)]"
            }
        }
        return "policy" + steps.joined()
    }
}

/// The members of an object, by name.
struct PolicyMembers {
    fileprivate let parent: PolicyElement
    fileprivate let elements: [String: PolicyElement]

    subscript(name: String) -> PolicyElement? {
        elements[name]
    }

    func required(_ name: String) throws(PolicyError) -> PolicyElement {
        guard let element = elements[name] else {
            throw parent.error(.missingElement, "\(name) is missing")
        }
        return element
    }
}

/// A piece of a policy for the log: in ASCII without control characters, and not too long.
func quoted(_ text: String) -> String {
    let isPlain =
        text.utf8.count <= 40 && text.utf8.allSatisfy(ASCII.isAlphanumeric)
    guard !isPlain else { return text }
    return "\"" + text.unicodeScalars.prefix(40).map { $0.escaped(asASCII: true) }.joined() + "\""
}
