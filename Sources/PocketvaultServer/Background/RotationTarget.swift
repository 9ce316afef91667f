internal import AWS

/// Where a rotation function is.
enum RotationTarget: Sendable, Equatable {
    /// An HTTP endpoint that speaks the Lambda contract; `{function}` stands for the function's
    /// name.
    case url(String)
    /// The path of an executable, which gets the event on its standard input.
    case command(String)
    case builtIn(BuiltInRotation)

    /// As it is written after the `=` of `--rotation-function`, or in a seed.
    init(parsing text: String) throws(RotationTargetError) {
        if text.hasPrefix("http://") || text.hasPrefix("https://") {
            let host = text.split(separator: "/", maxSplits: 2).dropFirst().first ?? ""
            guard !host.isEmpty, !text.hasSuffix("://") else {
                throw RotationTargetError("the URL names no host")
            }
            self = .url(text)
        } else if text.hasPrefix("builtin:") {
            self = .builtIn(try BuiltInRotation(parsing: text.dropFirst("builtin:".count)))
        } else if text.isEmpty {
            throw RotationTargetError("there is no target")
        } else {
            self = .command(text)
        }
    }

    /// The URL to call for a function.
    ///
    /// The ARN comes from a request, so its name must not be able to lead to another place.
    static func url(_ template: String, of arn: String) -> String {
        let name = functionName(in: arn).utf8.map { byte in
            let isPlain = SecretName.isAlphanumeric(byte) || "-_".utf8.contains(byte)
            return isPlain ? String(UnicodeScalar(byte)) : escaped(byte)
        }
        return template.replacing("{function}", with: name.joined())
    }

    private static func escaped(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 16, uppercase: true)
        return byte < 16 ? "%0\(digits)" : "%\(digits)"
    }

    /// The name in `arn:aws:lambda:<region>:<account>:function:<name>[:<version>]`; of any other
    /// ARN what follows the last `/` or `:`.
    private static func functionName(in arn: String) -> Substring {
        let parts = arn.split(separator: ":", omittingEmptySubsequences: false)
        if parts.count > 6, parts[2] == "lambda" { return parts[6] }
        return arn.split { $0 == "/" || $0 == ":" }.last ?? ""
    }
}

/// What is wrong with a rotation function as it was written, and what to write instead.
struct RotationTargetError: Error, Sendable, Equatable {
    let message: String

    init(_ message: String) {
        self.message = message
    }
}
