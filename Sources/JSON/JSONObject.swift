/// The members of a JSON object, in the order of the document, each name once.
package struct JSONObject: Sendable {
    /// The members in order.
    package let members: [(name: String, value: JSONValue)]

    /// An object of these members; of several with one name the last value stays, in the first place.
    package init(_ members: [(name: String, value: JSONValue)]) {
        var table = MemberTable()
        for member in members {
            table.set(member.name, to: member.value)
        }
        self.members = table.members
    }

    /// An object of members that the table has seen to be distinct.
    init(_ table: MemberTable) {
        members = table.members
    }

    /// The value of the member with exactly this name.
    package subscript(name: String) -> JSONValue? {
        for member in members where member.name.hasSameBytes(as: name) {
            return member.value
        }
        return nil
    }
}

extension JSONObject: Equatable {
    /// Tells whether both have the same members, in whatever order.
    package static func == (left: JSONObject, right: JSONObject) -> Bool {
        guard left.members.count == right.members.count else { return false }
        var table = MemberTable()
        for member in right.members {
            table.append(member.name, member.value)
        }
        return left.members.allSatisfy { member in
            guard let position = table.position(of: member.name) else { return false }
            return table.members[position].value == member.value
        }
    }
}
