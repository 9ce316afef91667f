/// Reads a JSON document (RFC 8259) and refuses whatever is not exactly one.
///
/// Numbers keep their text, members their order. Values and names are valid Unicode: no unpaired
/// surrogate gets in, since no UTF-8 could carry it out again.
package enum JSONParser {
    /// What becomes of a member whose name its object has already.
    package enum DuplicateMembers: Sendable, Equatable {
        /// The last value counts, as with AWS.
        case lastWins
        /// The document is refused.
        case refused
    }

    /// The depth to which values may be nested when the caller has no wish of its own.
    package static let defaultDepth = 128

    /// The greatest depth that a caller can ask for.
    ///
    /// Values are read, compared, written and released by recursion; this many levels need less than
    /// 200 KiB of stack, and less than 1 MiB in a debug build (see `NestingTests`).
    package static let greatestDepth = 256

    /// Parses UTF-8 bytes.
    package static func parse(
        _ bytes: Span<UInt8>,
        duplicateMembers: DuplicateMembers = .lastWins,
        maximumDepth: Int = defaultDepth
    ) throws(JSONSyntaxError) -> JSONValue {
        let limits = Limits(
            duplicateMembers: duplicateMembers,
            maximumDepth: min(maximumDepth, greatestDepth)
        )
        var reader = JSONReader(limits: limits)
        return try reader.document(in: bytes)
    }

    /// Parses UTF-8 bytes.
    package static func parse(
        _ bytes: [UInt8],
        duplicateMembers: DuplicateMembers = .lastWins,
        maximumDepth: Int = defaultDepth
    ) throws(JSONSyntaxError) -> JSONValue {
        try parse(
            bytes.span,
            duplicateMembers: duplicateMembers,
            maximumDepth: maximumDepth
        )
    }

    /// Parses a text.
    package static func parse(
        _ text: String,
        duplicateMembers: DuplicateMembers = .lastWins,
        maximumDepth: Int = defaultDepth
    ) throws(JSONSyntaxError) -> JSONValue {
        try parse(
            text.utf8.span,
            duplicateMembers: duplicateMembers,
            maximumDepth: maximumDepth
        )
    }
}

extension JSONParser {
    /// What a document is held to, beyond the grammar.
    struct Limits {
        var duplicateMembers = DuplicateMembers.lastWins
        var maximumDepth = JSONParser.defaultDepth
    }
}
