/// The members of an object while it is being built, which finds a name again in constant time.
struct MemberTable {
    private(set) var members: [(name: String, value: JSONValue)] = []

    /// The place of each name; empty while the object is small, when looking at each is faster.
    private var positions: [MemberName: Int] = [:]

    private static let smallCount = 16

    func position(of name: String) -> Int? {
        if members.count > Self.smallCount {
            return positions[MemberName(text: name)]
        }
        for index in members.indices where members[index].name.hasSameBytes(as: name) {
            return index
        }
        return nil
    }

    /// Adds a member whose name the table does not have yet.
    mutating func append(_ name: String, _ value: JSONValue) {
        members.append((name, value))
        if members.count == Self.smallCount + 1 {
            for index in members.indices {
                positions[MemberName(text: members[index].name)] = index
            }
        } else if members.count > Self.smallCount {
            positions[MemberName(text: name)] = members.count - 1
        }
    }

    mutating func replaceValue(at position: Int, with value: JSONValue) {
        members[position].value = value
    }

    mutating func set(_ name: String, to value: JSONValue) {
        if let position = position(of: name) {
            replaceValue(at: position, with: value)
        } else {
            append(name, value)
        }
    }
}

/// A name that is equal to another only byte for byte, unlike `String`.
private struct MemberName: Hashable {
    let text: String

    static func == (left: MemberName, right: MemberName) -> Bool {
        left.text.hasSameBytes(as: right.text)
    }

    /// Hashes the bytes: `String` gives all Unicode spellings of a name one hash, and a document
    /// that is made of such spellings would make the table slow.
    func hash(into hasher: inout Hasher) {
        let bytes = text.utf8.span
        var word: UInt64 = 0
        for index in bytes.indices {
            word = word << 8 | UInt64(bytes[index])
            if index % 8 == 7 {
                hasher.combine(word)
                word = 0
            }
        }
        hasher.combine(word)
        hasher.combine(bytes.count)
    }
}
