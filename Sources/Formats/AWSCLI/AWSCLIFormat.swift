import JSON
import Notation

/// Secrets as a script that makes them with the AWS CLI.
///
/// A value is never on a command line, where everybody on the machine could see it, but in a private
/// file: the AWS CLI reads its input more than once, so that a pipe does not do. Text goes as JSON in
/// ASCII, because version 1 of the AWS CLI reads text in the locale's encoding and turns carriage
/// returns into line feeds; bytes go as they are, which both versions take.
enum AWSCLIFormat {
    private static let beginning = """
        #!/bin/sh
        # Makes these secrets with the AWS CLI, in its account and region, and stops at the first that
        # is there already. It holds their values.
        set -eu
        export AWS_PAGER=
        umask 077
        file=$(mktemp)
        trap 'rm -f "$file"' EXIT
        trap 'exit 1' HUP INT TERM


        """
    private static let answer = "--query Name --output text"

    static func document(of secrets: [CarriedSecret]) throws(FormatError) -> WrittenDocument {
        // Whatever a secret can hold JSON can.
        let commands = secrets.map { secret in
            switch secret.value {
            case .text(let text):
                """
                printf '%s' '\(ascii(request(secret, text: text)))' >"$file"
                aws secretsmanager create-secret --cli-input-json "file://$file" \(answer)

                """
            case .binary(let bytes):
                """
                printf '%s' '\(Base64.text(bytes))' | base64 -d >"$file"
                aws secretsmanager create-secret --cli-input-json '\(ascii(request(secret)))' \\
                  --secret-binary "fileb://$file" \(answer)

                """
            }
        }
        return WrittenDocument(text: beginning + commands.joined())
    }

    /// The members of CreateSecret.
    private static func request(_ secret: CarriedSecret, text: String? = nil) -> JSONValue {
        var members: [(name: String, value: JSONValue)] = [("Name", .string(secret.name))]
        if let description = secret.description {
            members.append(("Description", .string(description)))
        }
        if let key = secret.kmsKeyID { members.append(("KmsKeyId", .string(key))) }
        if let text { members.append(("SecretString", .string(text))) }
        if !secret.tags.isEmpty {
            let tags = secret.tags.map { tag in
                JSONValue.object(
                    JSONObject([("Key", .string(tag.key)), ("Value", .string(tag.value))])
                )
            }
            members.append(("Tags", .array(tags)))
        }
        return .object(JSONObject(members))
    }

    /// JSON that stands between single quotes in every locale; both kinds of characters that need an
    /// escape for that are within JSON's strings.
    private static func ascii(_ json: JSONValue) -> String {
        var text = ""
        for unit in json.jsonText().utf16 {
            if unit < 0x80, unit != 0x27, let scalar = Unicode.Scalar(unit) {
                text.unicodeScalars.append(scalar)
            } else {
                let digits = String(unit, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            }
        }
        return text
    }
}
