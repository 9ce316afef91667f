// What swift-argument-parser uses of Foundation, for the small binaries (docs/decisions/0046-no-foundation.md).
//
// It asks for a protocol of errors, to which nothing here conforms, and writes the description of a program as
// JSON for `--experimental-dump-help`, which these binaries answer with an empty line.

/// Of errors that have a text of their own.
public protocol LocalizedError: Error {
    var errorDescription: String? { get }
}

/// Writes nothing.
public final class JSONEncoder {
    public struct OutputFormatting: OptionSet, Sendable {
        public let rawValue: UInt
        public init(rawValue: UInt) { self.rawValue = rawValue }
        public static let prettyPrinted = OutputFormatting(rawValue: 1)
        public static let sortedKeys = OutputFormatting(rawValue: 2)
    }

    public var outputFormatting: OutputFormatting = []
    public init() {}
    public func encode(_ value: some Encodable) throws -> Data { Data() }
}

/// The bytes of what was written.
public struct Data: Sendable {}

extension String {
    public enum Encoding: Sendable { case utf8 }
    public init?(data: Data, encoding: Encoding) { self = "" }
}
