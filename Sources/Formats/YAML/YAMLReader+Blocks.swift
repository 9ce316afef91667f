import Notation

extension YAMLReader {
    /// What becomes of the line feeds at the end of a block.
    private enum Chomping { case strip, clip, keep }

    /// Reads a block that `|` or `>` announces.
    ///
    /// Its lines are indented more than what it belongs to, which is in the column `parent`.
    mutating func blockScalar(under parent: Int) throws(FormatError) -> String {
        let isFolded = next == UInt8(ascii: ">")
        index += 1
        var chomping = Chomping.clip
        var indent: Int?
        while !isBlank(at: index) {
            switch next {
            case UInt8(ascii: "-"): chomping = .strip
            case UInt8(ascii: "+"): chomping = .keep
            case UInt8(ascii: "1")...UInt8(ascii: "9"):
                indent = max(parent, 0) + Int(next - UInt8(ascii: "0"))
            default: throw error("a block is announced by | or >, a digit and a sign")
            }
            index += 1
        }
        try endLine()
        index += 1
        let lines = try blockLines(indent: indent, parent: parent)
        let content = lines.prefix(1 + (lines.lastIndex { !$0.isEmpty } ?? -1))
        let text = isFolded ? folded(Array(content)) : content.joined(separator: "\n")
        switch chomping {
        case .strip: return text
        case .clip: return content.isEmpty ? "" : text + "\n"
        case .keep:
            let emptyCount = lines.count - content.count + (content.isEmpty ? 0 : 1)
            return text + String(repeating: "\n", count: emptyCount)
        }
    }

    /// The lines of a block without their indentation.
    private mutating func blockLines(indent: Int?, parent: Int) throws(FormatError) -> [String] {
        var indent = indent
        var lines: [String] = []
        while index < bytes.count {
            let end = bytes[index...].firstIndex(of: 0x0A) ?? bytes.count
            let spaceCount = bytes[index..<end].prefix { $0 == 0x20 }.count
            let isEmpty = index + spaceCount == end
            if !isEmpty {
                if indent == nil, spaceCount > parent { indent = spaceCount }
                guard let indent, spaceCount >= indent, !isMark else { break }
            }
            let start = min(index + (indent ?? spaceCount), end)
            lines.append(String(decoding: bytes[start..<end], as: UTF8.self))
            index = min(end + 1, bytes.count)
        }
        return lines
    }

    /// Joins lines by spaces; lines that are indented further, and empty ones, keep their line feeds.
    private func folded(_ lines: [String]) -> String {
        func isKept(_ line: String) -> Bool { line.hasPrefix(" ") || line.hasPrefix("\t") }
        var text = ""
        var previous: String?
        var emptyCount = 0
        for line in lines {
            if line.isEmpty {
                emptyCount += 1
                continue
            }
            if let previous {
                let isJoined = !isKept(previous) && !isKept(line)
                text +=
                    isJoined && emptyCount == 0
                    ? " " : String(repeating: "\n", count: emptyCount + (isJoined ? 0 : 1))
            } else {
                text += String(repeating: "\n", count: emptyCount)
            }
            text += line
            previous = line
            emptyCount = 0
        }
        return text
    }
}
