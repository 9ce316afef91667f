extension Rule {
    /// The modules that each target may import.
    static let imports: [String: Set<String>] = [
        "System": ["Glibc"],
        "Threads": ["Glibc"],
        "Notation": [],
        "JSON": ["Notation"],
        "Formats": ["JSON", "Notation"],
        "HTTPServer": [
            "CMicroHTTPD", "CSocketGate", "Cryptography", "Dispatch", "Glibc", "Notation",
            "Threads",
        ],
        "Cryptography": ["COpenSSL", "Glibc", "Notation"],
        "Invocation": ["CCurl", "Glibc", "Threads"],
        "SignatureV4": ["Cryptography", "Notation"],
        "Client": ["Glibc", "Invocation", "JSON", "Notation", "SignatureV4", "Threads"],
        "PostgreSQL": ["CPostgreSQL", "Glibc", "Invocation"],
        "AccessControl": ["JSON", "Notation"],
        "AWS": ["AccessControl", "JSON", "Notation"],
        "Storage": [
            "AWS", "CSQLite", "Cryptography", "Glibc", "JSON", "Notation", "Synchronization",
            "System", "Threads",
        ],
        "PocketvaultServer": [
            "AWS", "AccessControl", "CConsole", "Cryptography", "Dispatch", "Glibc",
            "HTTPServer", "Invocation", "JSON", "Logging", "Notation", "PostgreSQL",
            "SignatureV4", "Storage", "Synchronization", "System", "Threads",
        ],
        "pocketvault": [
            "ArgumentParser", "Client", "Dispatch", "Formats", "Glibc",
            "HTTPServer", "Invocation", "JSON", "Logging", "Notation", "PocketvaultServer",
            "SignatureV4", "System", "Threads",
        ],
        "PocketvaultTesting": [
            "Client", "Glibc", "JSON", "Logging", "PocketvaultServer", "Testing", "Threads",
        ],
    ]

    /// The target that packages of other people use, and the one that is inlined into all others.
    static let publicTargets: Set<String> = ["PocketvaultTesting", "Threads"]

    /// Files that may read a clock or draw random numbers, and why.
    static let seams: [String: String] = [
        "Sources/PocketvaultServer/Time/SystemClock.swift":
            "the clock that everybody else is given",
        "Sources/HTTPServer/LastWords.swift": "the date of an answer of our own making",
        "Sources/HTTPServer/MonotonicTime.swift": "how long a stop or a client takes",
        "Sources/Invocation/Deadline.swift": "how long a command may run",
        "Sources/Storage/Lanes/WakeSignal.swift": "waits on the monotonic clock",
        "Sources/Cryptography/SecureRandom.swift": "the random bytes of keys and nonces",
        "Sources/PocketvaultServer/Machine.swift": "the randomness that everybody else is given",
        "Sources/PocketvaultServer/Surfaces/AWS/RequestID.swift": "an id that nothing depends on",
        "Sources/PocketvaultServer/Seeding/SeedVersionReader.swift": "a password thrown away",
    ]

    static let maximumLinesOfFile = 400
    static let maximumLinesOfFunction = 60

    /// Files that hold no type, and the names that stand for none.
    static let untypedFiles: Set<String> = ["Callbacks", "Port"]

    static let all: [Rule] = [
        nothingIsPublic, importsKeepToTheTable, filesAreShort, functionsAreShort, fileNamesAreTypes,
        clocksAndChanceHaveSeams, uncheckedSendableIsLocked, nothingIsLeftToDo,
        packageTypesAreDocumented, backgroundWorkGoesByTheRoad, commandsSayTheirNames,
    ]

    /// Of a command that does not, ArgumentParser asks the runtime for its type's name: for fifty of them
    /// that was two fifths of the time from start to the first answer.
    static let commandsSayTheirNames = Rule(
        sentence: "a command says its name",
        scope: .sources
    ) { file in
        let word = "CommandConfiguration("
        return file.code.indices.compactMap { index in
            guard let place = file.code[index].firstRange(of: word)?.upperBound else { return nil }
            let rest = file.code[index][place...] + (file.code[(index + 1)...].first ?? "")
            guard !rest.drop(while: { $0 == " " }).hasPrefix("commandName:") else { return nil }
            return (index + 1, "begin its configuration with commandName:")
        }
    }

    static let nothingIsPublic = Rule.perLine("nothing is public") { line, file in
        let words = line.words
        guard !publicTargets.contains(file.target ?? ""),
            let word = words.first(where: { $0 == "public" || $0 == "open" })
        else { return nil }
        let declares = ["class", "func", "var", "subscript", "override"]
        let isOpenDeclaration =
            word == "open" && words.first == "open" && declares.contains { words.contains($0) }
        return word == "public" || isOpenDeclaration
            ? "say package where another target needs it, and nothing where none does" : nil
    }

    static let importsKeepToTheTable = Rule.perLine("imports keep to the table") { line, file in
        guard let target = file.target, let module = importedModule(line) else { return nil }
        guard let allowed = imports[target] else { return "\(target) has no row in the table" }
        let list = allowed.sorted().joined(separator: ", ")
        return allowed.contains(module)
            ? nil : "\(target) may import \(list.isEmpty ? "nothing" : list), not \(module)"
    }

    /// The module of an import; nil on other lines.
    private static func importedModule(_ line: String) -> String? {
        let words = line.words
        guard let place = words.firstIndex(of: "import"), place + 1 < words.count else {
            return nil
        }
        let modifiers: Set<String> = [
            "internal", "package", "private", "fileprivate", "public", "testable", "preconcurrency",
            "unsafe", "_exported",
        ]
        guard words[..<place].allSatisfy(modifiers.contains) else { return nil }
        let kinds: Set<String> = ["struct", "class", "enum", "protocol", "func", "var", "let"]
        let next = words[place + 1]
        return kinds.contains(next) && place + 2 < words.count ? words[place + 2] : next
    }

    static let filesAreShort = Rule(
        sentence: "a file has at most \(maximumLinesOfFile) lines",
        scope: .sourcesAndTests
    ) { file in
        file.length > maximumLinesOfFile
            ? [(file.length, "it has \(file.length); split it by topic")] : []
    }

    static let functionsAreShort = Rule(
        sentence: "a function has at most \(maximumLinesOfFunction) lines",
        scope: .sourcesAndTests
    ) { file in
        FunctionReader.functions(of: file).compactMap { function in
            function.length > maximumLinesOfFunction
                ? (function.line, "\(function.name) has \(function.length); give its parts names")
                : nil
        }
    }

    static let fileNamesAreTypes = Rule(
        sentence: "a file has the name of its main type, or Type+Topic",
        scope: .sources
    ) { file in
        let type = String(file.name.prefix { $0 != "+" })
        if untypedFiles.contains(type) { return [] }
        let keywords: Set<String> = [
            "struct", "class", "enum", "protocol", "extension", "typealias",
        ]
        let isThere = file.code.contains { line in
            let words = line.words
            return zip(words, words.dropFirst()).contains { keywords.contains($0) && $1 == type }
        }
        return isThere ? [] : [(1, "there is no \(type) in it; name it after the type that is")]
    }

    static let clocksAndChanceHaveSeams = Rule.perLine(
        "no clock and no randomness outside their seams"
    ) { line, file in
        guard !seams.keys.contains(file.path), let source = clockOrChance(in: line) else {
            return nil
        }
        return "take the time and the generator as parameters instead of \(source)"
    }

    /// What in a line reads a clock or draws from the system's randomness.
    private static func clockOrChance(in line: String) -> String? {
        let forbidden: Set<String> = [
            "clock_gettime", "gettimeofday", "ContinuousClock", "SuspendingClock",
            "SystemRandomNumberGenerator", "RAND_bytes", "RAND_priv_bytes", "getrandom",
            "getentropy",
            "arc4random", "DispatchWallTime",
        ]
        if let word = line.words.first(where: forbidden.contains) { return word }
        let calls = [
            "Date()", "Date.now", "DispatchTime.now", "UUID()", "time(nil)", "shuffled()",
            "shuffle()", "randomElement()", "Bool.random()", "Hasher()",
        ]
        if let call = calls.first(where: { contains($0, in: line) }) { return call }
        return line.contains(".random(in:") && !line.contains("using:") ? ".random(in:)" : nil
    }

    /// Whether `call` begins somewhere in `line`, not inside a longer name as in `calendarDate()`.
    private static func contains(_ call: String, in line: String) -> Bool {
        line.ranges(of: call).contains { range in
            guard let before = line[..<range.lowerBound].last else { return true }
            return !(before.isLetter || before.isNumber || before == "_")
        }
    }

    static let uncheckedSendableIsLocked = Rule.perLine(
        "the one unchecked Sendable is Locked"
    ) { line, file in
        line.contains("@unchecked") && file.path != "Sources/Threads/Locked.swift"
            ? "keep the value in a Locked" : nil
    }

    static let nothingIsLeftToDo = Rule(
        sentence: "nothing is left to do",
        scope: .sourcesAndTests
    ) { file in
        // Put together, so that this file keeps the rule.
        let marks = ["TO" + "DO", "FIX" + "ME", "X" + "XX"]
        return file.lines.enumerated().compactMap { index, line in
            line.words.contains(where: marks.contains)
                ? (index + 1, "do it, or file it where work is filed") : nil
        }
    }

    static let packageTypesAreDocumented = Rule(
        sentence: "what a target offers is documented",
        scope: .sources
    ) { file in
        file.code.enumerated().compactMap { index, line in
            guard line.hasPrefix("package "), importedModule(line) == nil,
                !isDocumented(index, in: file)
            else { return nil }
            return (index + 1, "begin with a /// sentence that says what it is")
        }
    }

    static let backgroundWorkGoesByTheRoad = Rule.perLine(
        "background work goes by the road"
    ) { line, file in
        guard file.path.hasPrefix("Sources/PocketvaultServer/Background/") else { return nil }
        return line.words.contains { $0 == "write" || $0 == "writeAndWait" }
            ? "change a subject by workAndWait, which does what follows" : nil
    }

    private static func isDocumented(_ index: Int, in file: SourceFile) -> Bool {
        var above = index - 1
        while above >= 0, file.lines[above].hasPrefix("@") { above -= 1 }
        return above >= 0 && file.lines[above].hasPrefix("///")
    }
}
