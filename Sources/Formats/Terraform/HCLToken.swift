/// A word, a string or a mark of a Terraform file.
struct HCLToken {
    let kind: Kind
    /// The line that it begins in, from 1.
    let line: Int

    enum Kind: Equatable {
        case word(String)
        /// A string or here-document; nil when it holds an expression.
        case string(String?)
        case mark(UInt8)
        case lineEnd
    }

    func isMark(_ mark: Unicode.Scalar) -> Bool { kind == .mark(UInt8(ascii: mark)) }
}

/// A block of a Terraform file: `TYPE "LABEL" … { … }`.
struct HCLBlock {
    let type: String
    let labels: [String]
    /// The line that it begins in, from 1.
    let line: Int
    var attributes: [(name: String, value: [HCLToken])] = []

    /// The tokens behind the `=` of an attribute.
    subscript(name: String) -> [HCLToken]? {
        attributes.first { $0.name == name }?.value
    }
}
