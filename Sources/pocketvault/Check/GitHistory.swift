internal import ArgumentParser

/// Everything that was ever committed to the repository of the working folder, on whatever branch.
///
/// Git hands out each file and each message once, however many commits have it; where one came from
/// is asked for those alone in which something was found.
struct GitHistory {
    private struct Object {
        let id: String
        let isCommit: Bool
    }

    private var objects: [Object] = []

    /// Sends every object to the scanner.
    mutating func scan(with scanner: ValueScanner) throws {
        guard try ShellLine.output(of: "git rev-parse --git-dir 2>/dev/null") != nil else {
            Terminal.failure("--scan-git needs git, and a repository around the working folder")
            throw ExitCode(1)
        }
        var reader = BatchReader()
        let isDone = try ShellLine.run(
            """
            git rev-list --objects --all --no-object-names | git cat-file --batch --buffer
            """
        ) { bytes in
            for found in reader.objects(in: bytes) where found.kind != "tree" {
                objects.append(Object(id: found.id, isCommit: found.kind != "blob"))
                try scanner.add(found.bytes, of: objects.count - 1)
            }
        }
        try scanner.finish()
        guard isDone, reader.isAtEnd else {
            Terminal.failure("git's history could not be read to its end")
            throw ExitCode(1)
        }
    }

    /// Where an object came from: the oldest commit that brought it, and under which path.
    func place(of hit: ValueScanner.Hit) throws -> Finding.Place {
        let object = objects[hit.source]
        if object.isCommit {
            let commit = String(object.id.prefix(10))
            return Finding.Place(path: "(message)", line: hit.line, commit: commit)
        }
        let log = try ShellLine.output(
            of: """
                git log --all --find-object=\(object.id) --diff-filter=AMR --no-renames \
                --abbrev=10 --format=commit:%h --name-only
                """
        )
        let lines = (log ?? "").split(separator: "\n")
        let commit = lines.last { $0.hasPrefix("commit:") }?.dropFirst(7)
        let path = lines.last.flatMap { $0.hasPrefix("commit:") ? nil : $0 }
        return Finding.Place(
            path: path.map(String.init) ?? "(object \(object.id.prefix(10)))",
            line: hit.line,
            commit: commit.map(String.init) ?? String(object.id.prefix(10))
        )
    }
}

/// Takes the output of `git cat-file --batch` apart: `ID KIND SIZE`, the bytes, a line end.
private struct BatchReader {
    struct Found {
        let id: String
        let kind: String
        let bytes: [UInt8]
    }

    private var held: [UInt8] = []
    /// Whether nothing is left of an object.
    var isAtEnd: Bool { held.isEmpty }

    /// The objects that are whole now.
    mutating func objects(in bytes: [UInt8]) -> [Found] {
        held += bytes
        var found: [Found] = []
        var place = 0
        while let end = held[place...].firstIndex(of: UInt8(ascii: "\n")) {
            let head = String(decoding: held[place..<end], as: UTF8.self).split(separator: " ")
            let size = head.count == 3 ? Int(head[2]) ?? 0 : 0
            guard end + 1 + size < held.count || (head.count != 3 && end < held.count) else {
                break
            }
            if head.count == 3 {
                let content = Array(held[(end + 1)..<(end + 1 + size)])
                found.append(Found(id: String(head[0]), kind: String(head[1]), bytes: content))
                place = end + 2 + size
            } else {
                // As "ID missing", in a clone that does not have everything.
                place = end + 1
            }
        }
        held.removeFirst(place)
        return found
    }
}
