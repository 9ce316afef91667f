import JSON
import Notation

/// Secrets as the members of one JSON object.
///
/// A string is a secret's text and `{"SecretBinary":"…"}` its bytes in base64. Whatever else stands
/// there was written by hand: its own JSON text is the value.
enum JSONFormat {
    private static let binaryMember = "SecretBinary"

    static func document(
        of secrets: [CarriedSecret],
        _ settings: WritingSettings
    ) throws(FormatError) -> WrittenDocument {
        let names = try Labels.of(secrets, .names, without: settings.prefix)
        let members = zip(names, secrets).map { name, secret in
            (name: name, value: json(secret.value))
        }
        let text = JSONValue.object(JSONObject(members)).jsonText(pretty: true)
        return WrittenDocument(text: text + "\n")
    }

    private static func json(_ value: VersionValue) -> JSONValue {
        switch value {
        case .text(let text): .string(text)
        case .binary(let bytes):
            .object(JSONObject([(name: binaryMember, value: .string(Base64.text(bytes)))]))
        }
    }

    static func read(_ bytes: [UInt8]) throws(FormatError) -> CarriedDocument {
        let document = try parse(bytes)
        guard case .object(let object) = document else {
            throw FormatError(.document, "an object with a member for each secret is expected")
        }
        var secrets: [CarriedSecret] = []
        var complaints: [FormatError.Complaint] = []
        for member in object.members {
            do throws(FormatRefusal) {
                let value = try value(of: member.value)
                secrets.append(CarriedSecret(name: member.name, value: value))
            } catch {
                complaints.append(.init(place: .secret(member.name), reason: error.reason))
            }
        }
        guard complaints.isEmpty else { throw FormatError(complaints) }
        return CarriedDocument(secrets: secrets)
    }

    /// Parses a document without members of one name.
    static func parse(_ bytes: [UInt8]) throws(FormatError) -> JSONValue {
        do throws(JSONSyntaxError) {
            return try JSONParser.parse(bytes, duplicateMembers: .refused)
        } catch {
            throw FormatError(.line(error.line), "\(error.reason)")
        }
    }

    private static func value(of json: JSONValue) throws(FormatRefusal) -> VersionValue {
        switch json {
        case .string(let text): return .text(text)
        case .null: throw FormatRefusal("null is no value")
        case .object(let object):
            guard object.members.count == 1, let binary = object[binaryMember] else { break }
            guard case .string(let text) = binary, let bytes = Base64.decode(text.utf8) else {
                throw FormatRefusal("\(binaryMember) is no base64")
            }
            return .binary(bytes)
        case .array, .bool, .number: break
        }
        return .text(json.jsonText())
    }
}
