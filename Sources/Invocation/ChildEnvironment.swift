internal import Glibc

/// The variables that a command gets: those of this process, and what is set besides.
///
/// They are bytes: what is inherited need not be UTF-8.
package struct ChildEnvironment: Sendable {
    /// Each as `NAME=value`.
    private(set) var entries: [[UInt8]]

    /// The variables of this process.
    package static var ofThisProcess: ChildEnvironment {
        var entries: [[UInt8]] = []
        var next = environ
        while let entry = next.pointee {
            entries.append(Array(UnsafeRawBufferPointer(start: entry, count: strlen(entry))))
            next += 1
        }
        return ChildEnvironment(entries: entries)
    }

    /// Sets a variable, in place of one of the same name.
    package mutating func set(_ name: String, to value: [UInt8]) {
        let start = Array("\(name)=".utf8)
        entries.removeAll { $0.starts(with: start) }
        entries.append(start + value)
    }

    /// The value of a variable.
    package func value(of name: String) -> [UInt8]? {
        let start = Array("\(name)=".utf8)
        return entries.first { $0.starts(with: start) }.map { Array($0.dropFirst(start.count)) }
    }
}

/// Texts as C wants them: pointers, and a null pointer behind the last.
struct CStrings: ~Copyable {
    private(set) var pointers: [UnsafeMutablePointer<CChar>?]

    init(_ texts: [[UInt8]]) {
        pointers = texts.map { text in
            let copy = UnsafeMutablePointer<CChar>.allocate(capacity: text.count + 1)
            for (index, byte) in text.enumerated() { copy[index] = CChar(bitPattern: byte) }
            copy[text.count] = 0
            return copy
        }
        pointers.append(nil)
    }

    deinit {
        for case let pointer? in pointers {
            // It may hold secrets.
            explicit_bzero(pointer, strlen(pointer))
            pointer.deallocate()
        }
    }
}
