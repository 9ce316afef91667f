/// Why a seed document is refused: where, and what to write instead.
///
/// Holds no value of the document.
package struct SeedError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The path as it was given.
    package let file: String
    /// From 1; nil when the file could not be read at all.
    package let line: Int?
    /// As in `secrets[2].versions[0].stages`; nil for the document as a whole.
    package let member: String?
    /// What is wrong and what to write instead.
    package let message: String

    /// One line: `seed/demo.json:12: secrets[0].name: …`.
    package var description: String {
        var text = file
        if let line { text += ":\(line)" }
        if let member { text += ": \(member)" }
        return "\(text): \(message)"
    }
}
