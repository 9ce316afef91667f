internal import Notation

/// How a place in a list of secrets is written into a NextToken: `<id>,d<milliseconds>` or
/// `<id>,n<name>`.
extension SecretPosition {
    init(of secret: Secret, in order: SecretOrder) {
        let key: Key =
            switch order.key {
            case .createdDate: .date(secret.createdAt.milliseconds)
            case .lastChangedDate: .date(secret.lastChangedAt.milliseconds)
            case .lastAccessedDate: .date(secret.lastAccessedAt?.milliseconds ?? 0)
            case .name: .name(secret.name)
            }
        self.init(key: key, id: secret.id)
    }

    init(tokenText: String) throws(APIError) {
        let parts = tokenText.split(separator: ",", maxSplits: 1)
        guard parts.count == 2, let id = Int64(parts[0]) else { throw .invalidNextToken }
        switch parts[1].first {
        case "n":
            self.init(key: .name(String(parts[1].dropFirst())), id: id)
        case "d":
            guard let date = Int64(parts[1].dropFirst()) else { throw .invalidNextToken }
            self.init(key: .date(date), id: id)
        default:
            throw .invalidNextToken
        }
    }

    var tokenText: String {
        switch key {
        case .date(let milliseconds): "\(id),d\(milliseconds)"
        case .name(let name): "\(id),n\(name)"
        }
    }

    /// Whether it comes before `other`, both in ascending order of the same key.
    func precedes(_ other: SecretPosition) -> Bool {
        switch (key, other.key) {
        case (.date(let left), .date(let right)): (left, id) < (right, other.id)
        case (.name(let left), .name(let right)): left == right ? id < other.id : left < right
        default: false
        }
    }
}
