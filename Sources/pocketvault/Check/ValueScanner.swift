internal import Client
internal import JSON
internal import Notation

/// Sends texts to the server, which knows the values, and keeps what it finds in them.
///
/// Many small texts go in one call; a long one goes in pieces that overlap by so much that no value
/// falls between two of them.
final class ValueScanner {
    /// Something that is scanned, by a number; its pieces share it.
    struct Piece {
        let source: Int
        let bytes: [UInt8]
        /// How many lines of the source end before the piece.
        let line: Int
    }

    /// What was found in a source, and in which line.
    struct Hit {
        let source: Int
        let line: Int
        let value: ScannedValue
    }

    private let client: ControlClient
    private let account: String?
    private let prefix: String?
    /// So many bytes at the end of a piece stand at the beginning of the next one.
    let overlap: Int
    private var waiting: [Piece] = []
    private var waitingBytes = 0
    private var known: Set<Key> = []
    private(set) var hits: [Hit] = []

    private struct Key: Hashable {
        let source: Int
        let value: ScannedValue
    }

    /// Asks the server with nothing to scan, so that a refusal comes before any file is read.
    init(_ client: ControlClient, account: String?, prefix: String?) throws {
        self.client = client
        self.account = account
        self.prefix = prefix
        let answer = try ValueScanner.ask(client, account, prefix, [])
        overlap = Int(answer.integer("overlap") ?? 0)
    }

    /// Takes a piece up; it is sent with others.
    func add(_ piece: Piece) throws {
        if waitingBytes + piece.bytes.count > ValueScanner.batchBytes
            || waiting.count == ValueScanner.batchPieces
        {
            try finish()
        }
        waiting.append(piece)
        waitingBytes += piece.bytes.count
    }

    /// Takes a source up that is in memory.
    func add(_ bytes: [UInt8], of source: Int) throws {
        var start = 0
        var line = 0
        repeat {
            let end = min(start + ValueScanner.pieceBytes, bytes.count)
            try add(Piece(source: source, bytes: Array(bytes[start..<end]), line: line))
            guard end < bytes.count else { return }
            let next = end - overlap
            line += ValueScanner.lineEnds(in: bytes[start..<next])
            start = next
        } while true
    }

    /// Sends what waits.
    func finish() throws {
        guard !waiting.isEmpty else { return }
        let answer = try ValueScanner.ask(client, account, prefix, waiting)
        for found in answer.objects("found") {
            guard let index = found.integer("text").map(Int.init), waiting.indices.contains(index),
                let offset = found.integer("offset").map(Int.init)
            else { continue }
            let piece = waiting[index]
            let value = ScannedValue(
                secret: found.text("secret") ?? "",
                arn: found.text("arn") ?? "",
                stagingLabel: found.text("stagingLabel") ?? ""
            )
            guard known.insert(Key(source: piece.source, value: value)).inserted else { continue }
            let line = piece.line + ValueScanner.lineEnds(in: piece.bytes.prefix(offset)) + 1
            hits.append(Hit(source: piece.source, line: line, value: value))
        }
        waiting = []
        waitingBytes = 0
    }

    static func lineEnds(in bytes: some Sequence<UInt8>) -> Int {
        bytes.reduce(0) { $1 == UInt8(ascii: "\n") ? $0 + 1 : $0 }
    }

    private static func ask(
        _ client: ControlClient,
        _ account: String?,
        _ prefix: String?,
        _ pieces: [Piece]
    ) throws -> JSONObject {
        var members: [(name: String, value: JSONValue)] = []
        if let account { members.append(("account", .string(account))) }
        if let prefix { members.append(("prefix", .string(prefix))) }
        let texts = pieces.map { JSONValue.string(Base64.text($0.bytes)) }
        members.append(("texts", .array(texts)))
        let body = JSONValue.object(JSONObject(members))
        return try client.object("POST", "/_pocketvault/check/scan", body: body).members
    }

    /// In base64 and JSON that is less than a server takes, which is 1 MiB.
    private static let batchBytes = 720_000
    private static let batchPieces = 4_000
    static let pieceBytes = 360_000
}
