import Notation

/// The files of `docker run --env-file`: everything after the first `=` of a line is the value.
///
/// There are no quotes, no escapes and no comments behind a value.
///
/// [docker run](https://docs.docker.com/reference/cli/docker/container/run/#env)
enum DockerDialect {
    /// docker reads lines into a buffer of 64 KiB, which holds the line feed too.
    private static let longestLineByteCount = 65_535

    static func read(_ text: String) throws(FormatError) -> DotenvFile {
        var file = DotenvFile()
        var bytes = text.utf8[...]
        if bytes.starts(with: "\u{FEFF}".utf8) { bytes = bytes.dropFirst(3) }
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for (index, bytes) in lines.enumerated() {
            guard bytes.count <= longestLineByteCount else {
                throw FormatError(.line(index + 1), tooLong)
            }
            try readLine(bytes, number: index + 1, into: &file)
        }
        return file
    }

    private static func readLine(
        _ bytes: Substring.UTF8View.SubSequence,
        number: Int,
        into file: inout DotenvFile
    ) throws(FormatError) {
        let ended = bytes.last == UInt8(ascii: "\r") ? bytes.dropLast() : bytes
        let line = Substring(ended).unicodeScalars.drop { $0.properties.isWhitespace }
        guard let first = line.first, first != "#" else { return }
        let name = line.prefix { $0 != "=" }
        guard !name.isEmpty else {
            throw FormatError(.line(number), "there is no name before the =")
        }
        guard !name.contains(where: { $0 == " " || $0 == "\t" }) else {
            throw FormatError(.line(number), "docker takes no blanks in a name, nor before the =")
        }
        guard name.endIndex < line.endIndex else {
            file.remark("passed over: docker takes its value from where it runs", line: number)
            return
        }
        let value = line[line.unicodeScalarIndex(after: name.endIndex)...]
        file.set(String(name), to: String(value), line: number)
    }

    static func line(setting name: String, to value: String) throws(FormatRefusal) -> String {
        if value.utf8.contains(UInt8(ascii: "\n")) {
            throw FormatRefusal("it has several lines, and docker's files know no quotes")
        }
        if value.utf8.last == UInt8(ascii: "\r") {
            throw FormatRefusal(
                "it ends in a carriage return, which docker takes for the line's end"
            )
        }
        let line = "\(name)=\(value)"
        guard line.utf8.count <= longestLineByteCount else { throw FormatRefusal(tooLong) }
        return line
    }

    private static let tooLong = "docker reads no line of more than 65,535 bytes"
}

extension Substring.UnicodeScalarView {
    fileprivate func unicodeScalarIndex(after index: Index) -> Index { self.index(after: index) }
}
