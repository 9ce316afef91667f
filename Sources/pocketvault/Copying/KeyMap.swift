internal import Client
internal import JSON
internal import System

/// Which KMS key of the target stands for a key of the source.
struct KeyMap {
    private var keys: [String: String] = [:]

    /// Reads a file as `{"from":"to"}`; an empty name is the account's own key.
    init(_ path: String?) throws {
        guard let path else { return }
        guard let bytes = Files.contents(of: path) else {
            throw ClientError.impossible("\(path) cannot be read")
        }
        guard case .object(let object)? = try? JSONParser.parse(bytes) else {
            throw ClientError.impossible("\(path) is no JSON object of keys, as {\"from\":\"to\"}")
        }
        for member in object.members {
            guard case .string(let key) = member.value else {
                throw ClientError.impossible("\(path): the key for \(member.name) is no string")
            }
            keys[member.name] = key
        }
    }

    /// Whether something is said of a key.
    func knows(_ key: String) -> Bool { keys[key] != nil }

    /// The key at the target; nil for the account's own.
    subscript(key: String) -> String? {
        guard let key = keys[key], !key.isEmpty else { return nil }
        return key
    }
}
