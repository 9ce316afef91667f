internal import JSON

/// A seed document as a file: its bytes, for the lines of what is wrong in it.
struct SeedSource: Sendable {
    let file: String
    let bytes: [UInt8]

    /// An error at the value that `path` leads to.
    func error(at path: [JSONPathStep], _ message: String) -> SeedError {
        SeedError(
            file: file,
            line: JSONLocator.position(of: path, in: bytes)?.line,
            member: path.isEmpty ? nil : SeedSource.text(of: path),
            message: message
        )
    }

    private static func text(of path: [JSONPathStep]) -> String {
        var text = ""
        for step in path {
            switch step {
            case .member(let name):
                let escaped = name.unicodeScalars.map { $0.escaped(asASCII: true) }.joined()
                text += (text.isEmpty ? "" : ".") + escaped
            case .element(let index): text += "[\(index)]"
            }
        }
        return text
    }
}

/// An object of a seed document, read by name and type; whatever is not asked for is refused.
struct SeedMembers {
    let object: JSONObject
    let path: [JSONPathStep]
    let source: SeedSource

    /// Refuses members that are not in `names`: a misspelled one must not be passed over.
    func allow(_ names: [String]) throws(SeedError) {
        for member in object.members where !names.contains(member.name) {
            let list = names.joined(separator: ", ")
            throw error(member.name, "there is no such member here; there are \(list)")
        }
    }

    func string(_ name: String) throws(SeedError) -> String? {
        guard let value = object[name] else { return nil }
        guard case .string(let text) = value else { throw error(name, "must be a string") }
        return text
    }

    func integer(_ name: String) throws(SeedError) -> Int64? {
        guard let value = object[name] else { return nil }
        guard case .number(let number) = value, let integer = number.int64 else {
            throw error(name, "must be a whole number")
        }
        return integer
    }

    func boolean(_ name: String) throws(SeedError) -> Bool? {
        guard let value = object[name] else { return nil }
        guard case .bool(let flag) = value else { throw error(name, "must be true or false") }
        return flag
    }

    func strings(_ name: String) throws(SeedError) -> [String]? {
        guard let value = object[name] else { return nil }
        guard case .array(let elements) = value else {
            throw error(name, "must be a list of strings")
        }
        var texts: [String] = []
        for (index, element) in elements.enumerated() {
            guard case .string(let text) = element else {
                throw source.error(at: path + [.member(name), .element(index)], "must be a string")
            }
            texts.append(text)
        }
        return texts
    }

    func object(_ name: String) throws(SeedError) -> SeedMembers? {
        guard let value = object[name] else { return nil }
        guard case .object(let object) = value else { throw error(name, "must be an object") }
        return SeedMembers(object: object, path: path + [.member(name)], source: source)
    }

    func objects(_ name: String) throws(SeedError) -> [SeedMembers]? {
        guard let value = object[name] else { return nil }
        guard case .array(let elements) = value else {
            throw error(name, "must be a list of objects")
        }
        var objects: [SeedMembers] = []
        for (index, element) in elements.enumerated() {
            let path = path + [.member(name), .element(index)]
            guard case .object(let object) = element else {
                throw source.error(at: path, "must be an object")
            }
            objects.append(SeedMembers(object: object, path: path, source: source))
        }
        return objects
    }

    /// An error at one member of this object, or at the object itself.
    func error(_ name: String? = nil, _ message: String) -> SeedError {
        source.error(at: name.map { path + [.member($0)] } ?? path, message)
    }
}
