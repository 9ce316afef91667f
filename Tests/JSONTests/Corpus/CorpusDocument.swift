#if canImport(JSON)
import JSON

#endif

/// A document of the corpus, and what the parser makes of it.
///
/// The fuzzer starts from these too, compiled without the package: hence the conditional import.
struct CorpusDocument: Sendable, CustomStringConvertible {
    enum Outcome: Sendable {
        /// The document is JSON; the writer gives it back as this text.
        case writtenAs(String)
        case refused(JSONSyntaxError.Reason)
    }

    let name: String
    let bytes: [UInt8]
    let outcome: Outcome

    var description: String { name }

    /// A document that is written as it was read.
    init(_ name: String, _ json: String) {
        self.init(name, json, writtenAs: json)
    }

    init(_ name: String, _ json: String, writtenAs written: String) {
        self.name = name
        bytes = Array(json.utf8)
        outcome = .writtenAs(written)
    }

    init(_ name: String, _ json: String, _ reason: JSONSyntaxError.Reason) {
        self.init(name, bytes: Array(json.utf8), reason)
    }

    init(_ name: String, bytes: [UInt8], _ reason: JSONSyntaxError.Reason) {
        self.name = name
        self.bytes = bytes
        outcome = .refused(reason)
    }

    /// A string whose content is these bytes.
    init(_ name: String, quoted: [UInt8], _ reason: JSONSyntaxError.Reason) {
        self.init(name, bytes: [0x22] + quoted + [0x22], reason)
    }
}

/// All documents.
enum Corpus {
    static let documents =
        acceptedStructures + acceptedStrings + acceptedNumbers
        + refusedStructures + refusedStrings + refusedNumbers + refusedText
        + choices
}
