internal import ArgumentParser
internal import Client
internal import Glibc
internal import System

/// A value as it is given on a command line: itself, `-` for standard input, or `@FILE`.
struct GivenValue {
    private let argument: String?

    init(_ argument: String?) {
        self.argument = argument
    }

    /// All bytes of it, none added and none taken away.
    func bytes() throws -> [UInt8] {
        guard let argument, argument != "-" else {
            guard argument != nil || isatty(STDIN_FILENO) == 0 else {
                throw ValidationError("Give a value, - for standard input, or @FILE.")
            }
            return try StandardInput.bytes(atMost: GivenValue.longest)
        }
        guard argument.hasPrefix("@") else { return Array(argument.utf8) }
        let path = String(argument.dropFirst())
        guard let bytes = Files.contents(of: path) else {
            throw ClientError.impossible("\(path) cannot be read")
        }
        return bytes
    }

    /// More than a server takes; it says itself how much a secret holds.
    private static let longest = 700_000
}
