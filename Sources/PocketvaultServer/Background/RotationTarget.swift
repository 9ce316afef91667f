/// Where a rotation function is.
enum RotationTarget: Sendable, Equatable {
    /// An HTTP endpoint that speaks the Lambda contract; `{function}` stands for the function's
    /// name.
    case url(String)
    /// The path of an executable, which gets the event on its standard input.
    case command(String)
    case builtIn(BuiltInRotation)

    /// As it is written after the `=` of `--rotation-function`.
    init(parsing text: String) throws(RotationTargetError) {
        if text.hasPrefix("http://") || text.hasPrefix("https://") {
            self = .url(text)
        } else if text.hasPrefix("builtin:") {
            self = .builtIn(try BuiltInRotation(parsing: text.dropFirst("builtin:".count)))
        } else if text.isEmpty {
            throw RotationTargetError("there is no target after the =")
        } else {
            self = .command(text)
        }
    }

    /// The URL to call for a function.
    static func url(_ template: String, of arn: String) -> String {
        template.replacing("{function}", with: functionName(in: arn))
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
