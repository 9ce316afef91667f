internal import Invocation
internal import System

/// Programs of others, asked for a word.
enum OutsideProgram {
    struct Answer {
        let exitCode: Int32
        let output: String
    }

    /// What a program says; nil when it is not there, or takes too long.
    static func answer(_ words: [String]) -> Answer? {
        let invocation = CommandInvocation(
            path: words[0],
            arguments: Array(words.dropFirst()),
            input: [],
            environment: ProcessEnvironment.variables,
            timeoutMilliseconds: 10_000,
            mergesErrors: true
        )
        guard case .ended(let code, let output) = invocation.capture(until: Cancellation()),
            code != 127
        else { return nil }
        return Answer(exitCode: code, output: String(decoding: output, as: UTF8.self))
    }
}
