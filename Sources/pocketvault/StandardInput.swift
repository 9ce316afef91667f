internal import Client
internal import Glibc

/// What another program hands over.
enum StandardInput {
    private static let name = "standard input"

    /// All bytes until its end; more than the greatest count of them is an error.
    static func bytes(atMost greatestCount: Int) throws(ClientError) -> [UInt8] {
        try WholeInput.bytes(of: STDIN_FILENO, name, atMost: greatestCount)
    }

    /// Hands over each line that is not empty, as it comes, until the end.
    static func forEachLine(_ take: ([UInt8]) -> Void) throws(ClientError) {
        var held: [UInt8] = []
        while let piece = try WholeInput.piece(of: STDIN_FILENO, name) {
            held += piece
            while let end = held.firstIndex(of: UInt8(ascii: "\n")) {
                let line = Array(held[..<end])
                held.removeFirst(end + 1)
                if line.contains(where: { $0 > 0x20 }) { take(line) }
            }
        }
        if held.contains(where: { $0 > 0x20 }) { take(held) }
    }
}
