/// Filters as a request carries them.
struct FilterList: Sendable {
    private let members: [(key: String?, values: [String]?)]

    /// Nil when the request has no such member.
    init?(_ name: String, from members: inout Members) throws(APIError) {
        let list = try members.structures(name) { member throws(APIError) in
            (key: try member.string("Key"), values: try member.strings("Values"))
        }
        guard let list else { return nil }
        self.members = list
    }

    var isEmpty: Bool { members.isEmpty }

    func constrain(_ constraints: inout Constraints) {
        let shown = members.map { "Filter(key=\($0.key ?? "null"))" }
        constraints.count(of: shown, 0...10, at: "filters")
        for (index, filter) in members.enumerated() {
            let path = "filters.\(index + 1).member"
            let keys = SecretFilter.Key.allCases.map(\.rawValue)
            constraints.oneOf(filter.key, keys, at: "\(path).key")
            constraints.count(of: filter.values, 1...10, at: "\(path).values")
            constraints.elements(
                of: filter.values,
                [
                    "Member must have length less than or equal to 512",
                    "Member must have length greater than or equal to 0",
                    "Member must satisfy regular expression pattern: \(FilterList.pattern)",
                ],
                at: "\(path).values",
                satisfy: FilterList.isValidValue
            )
        }
    }

    func filters() throws(APIError) -> [SecretFilter] {
        var filters: [SecretFilter] = []
        for member in members {
            guard let name = member.key else { throw .filterWithoutKey }
            guard let key = SecretFilter.Key(rawValue: name) else { continue }
            guard let values = member.values, !values.isEmpty else {
                throw .filterWithoutValues(key.rawValue)
            }
            filters.append(SecretFilter(key: key, values: values.map(SecretFilter.Value.init)))
        }
        return filters
    }

    private static let pattern = #"^\!?[a-zA-Z0-9 :_@\/\+\=\.\-\!]*$"#

    private static func isValidValue(_ value: String) -> Bool {
        guard value.utf16.count <= 512 else { return false }
        return value.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: " "), UInt8(ascii: ":"): true
            default: SecretName.isValidByte(byte)
            }
        }
    }
}
