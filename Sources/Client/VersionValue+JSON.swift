package import JSON
package import Notation

extension VersionValue {
    /// The value in an answer of GetSecretValue; nil when there is none.
    package init?(in answer: JSONObject) {
        if let text = answer.text("SecretString") {
            self = .text(text)
        } else if let text = answer.text("SecretBinary"), let bytes = Base64.decode(text.utf8) {
            self = .binary(bytes)
        } else {
            return nil
        }
    }

    /// The member of a request that stores it.
    package var member: (name: String, value: JSONValue) {
        switch self {
        case .text(let text): ("SecretString", .string(text))
        case .binary(let bytes): ("SecretBinary", .string(Base64.text(bytes)))
        }
    }

    /// The object that it is as JSON; nil for any other value.
    package var json: JSONObject? {
        guard case .text(let text) = self, case .object(let object)? = try? JSONParser.parse(text)
        else { return nil }
        return object
    }
}
