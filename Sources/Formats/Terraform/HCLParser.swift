/// Puts the tokens of a Terraform file together to its blocks; what stands in inner blocks is skipped.
struct HCLParser {
    private let tokens: [HCLToken]
    private var index = 0
    private var depth = 0
    static let greatestDepth = 64

    private init(_ tokens: [HCLToken]) {
        self.tokens = tokens
    }

    static func blocks(in bytes: [UInt8]) throws(FormatError) -> [HCLBlock] {
        var parser = HCLParser(try HCLLexer.tokens(in: bytes))
        var blocks: [HCLBlock] = []
        while parser.skipLineEnds() { blocks.append(try parser.block()) }
        return blocks
    }

    private func error(_ reason: String) -> FormatError {
        FormatError(.line((index < tokens.count ? tokens[index] : tokens.last)?.line ?? 1), reason)
    }

    /// - Returns: whether anything follows.
    private mutating func skipLineEnds() -> Bool {
        while index < tokens.count, tokens[index].kind == .lineEnd { index += 1 }
        return index < tokens.count
    }

    private mutating func block() throws(FormatError) -> HCLBlock {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.greatestDepth else { throw error("it is nested too deep") }
        guard case .word(let type) = tokens[index].kind else { throw error("a block is expected") }
        let line = tokens[index].line
        var labels: [String] = []
        index += 1
        while index < tokens.count, !tokens[index].isMark("{") {
            switch tokens[index].kind {
            case .word(let label): labels.append(label)
            case .string(let label?): labels.append(label)
            default: throw error("a block is expected")
            }
            index += 1
        }
        guard index < tokens.count else { throw error("a block is expected") }
        index += 1
        var block = HCLBlock(type: type, labels: labels, line: line)
        try readBody(of: &block)
        return block
    }

    private mutating func readBody(of block: inout HCLBlock) throws(FormatError) {
        while skipLineEnds(), !tokens[index].isMark("}") {
            guard case .word(let name) = tokens[index].kind else {
                throw error("an attribute or a block is expected")
            }
            guard index + 1 < tokens.count, tokens[index + 1].isMark("=") else {
                _ = try self.block()
                continue
            }
            index += 2
            block.attributes.append((name, try expression()))
        }
        guard index < tokens.count else { throw error("a block has no end") }
        index += 1
    }

    /// The tokens up to the end of the line that stands in no brackets.
    private mutating func expression() throws(FormatError) -> [HCLToken] {
        var expression: [HCLToken] = []
        var depth = 0
        while index < tokens.count {
            let token = tokens[index]
            if depth == 0, token.kind == .lineEnd || token.isMark("}") { break }
            if case .mark(let mark) = token.kind {
                if "{[(".utf8.contains(mark) { depth += 1 }
                if "}])".utf8.contains(mark) { depth -= 1 }
            }
            expression.append(token)
            index += 1
        }
        guard depth == 0, !expression.isEmpty else { throw error("a value is expected") }
        return expression
    }
}
