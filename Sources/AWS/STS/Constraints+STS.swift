internal import Notation

extension Constraints {
    mutating func sessionName(_ name: String?, at path: String, upTo longest: Int = 64) {
        length(of: name, 2...longest, at: path)
        pattern(name, "[\\w+=,.@-]*", at: path) { name in
            name.utf8.allSatisfy { ASCII.isAlphanumeric($0) || "_+=,.@-".utf8.contains($0) }
        }
    }
}
