internal import Notation

/// An access key of the root of the server's own account that is not in the vault: the way in where
/// signatures are verified.
package struct RootCredentials: Sendable, Equatable {
    let accessKeyID: String
    let secretAccessKey: String

    /// Reads `ID:SECRET`; nil when it is not of this form.
    package init?(_ text: String) {
        let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
        guard parts.count == 2, (16...128).contains(parts[0].utf8.count),
            parts[0].utf8.allSatisfy(RootCredentials.isWordCharacter), parts[1].utf8.count >= 8
        else { return nil }
        accessKeyID = parts[0]
        secretAccessKey = parts[1]
    }

    private static func isWordCharacter(_ byte: UInt8) -> Bool {
        ASCII.isAlphanumeric(byte) || byte == UInt8(ascii: "_")
    }
}
