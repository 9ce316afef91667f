internal import AWS
internal import Notation

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
        let name = PercentEncoding.encode(String(functionName(in: arn)))
            // Two points as a part of a path would lead a level up.
            .replacing(".", with: "%2E")
        return template.replacing("{function}", with: name)
    }

    /// The name in `arn:aws:lambda:<region>:<account>:function:<name>[:<version>]`; of any other
    /// ARN what follows the last `/` or `:`.
    private static func functionName(in arn: String) -> Substring {
        if let function = ARN(arn), function.service == "lambda" {
            let parts = function.resource.split(separator: ":", omittingEmptySubsequences: false)
            if parts.count > 1 { return parts[1] }
        }
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
