internal import Glibc

/// A command with its arguments, found where a shell would find it.
package struct Program: Sendable, Equatable {
    /// The file that is run.
    package let path: String
    /// All that it gets as its arguments, its own name first.
    package let arguments: [String]

    /// Why a command does not run.
    package struct Failure: Error, Sendable, Equatable, CustomStringConvertible {
        /// As shells have it: 127 for what is not there, 126 for what is no program.
        package let exitCode: Int32
        package let description: String
    }

    /// Looks for a command.
    ///
    /// - Parameters:
    ///   - command: its name and its arguments; never empty.
    ///   - searchPath: of folders, as in PATH; a name with a slash is looked for in none of them.
    /// - Throws: with 127 when there is no such file, with 126 when none of that name may be run.
    package init(_ command: [String], searchPath: String?) throws(Failure) {
        let name = command.first ?? ""
        arguments = command
        if name.utf8.contains(UInt8(ascii: "/")) {
            path = name
            if let code = Program.obstacle(to: name) { throw Program.failure(name, code) }
            return
        }
        var obstacle = ENOENT
        // An empty name is in every folder: it is the folder.
        for folder in name.isEmpty ? [] : Program.folders(of: searchPath) {
            let candidate = folder.isEmpty ? "./\(name)" : "\(folder)/\(name)"
            guard let code = Program.obstacle(to: candidate) else {
                path = candidate
                return
            }
            if code == EACCES { obstacle = EACCES }
        }
        throw Program.failure(name, obstacle)
    }

    private static func folders(of searchPath: String?) -> [Substring] {
        (searchPath ?? "/usr/local/bin:/usr/bin:/bin")
            .split(separator: ":", omittingEmptySubsequences: false)
    }

    /// The error number of what keeps a file from being run; nil when nothing does.
    private static func obstacle(to path: String) -> Int32? {
        var status = stat()
        guard stat(path, &status) == 0 else { return errno == EACCES ? EACCES : ENOENT }
        guard status.st_mode & S_IFMT == S_IFREG, access(path, X_OK) == 0 else { return EACCES }
        return nil
    }

    static func failure(_ name: String, _ code: Int32) -> Failure {
        guard code != ENOENT else {
            return Failure(exitCode: 127, description: "\(name): command not found")
        }
        return Failure(exitCode: 126, description: "\(name): \(String(cString: strerror(code)))")
    }

    /// The same through the shell, for a script that does not say what runs it.
    var asScript: Program {
        Program(path: "/bin/sh", arguments: ["sh", path] + arguments.dropFirst())
    }

    private init(path: String, arguments: [String]) {
        self.path = path
        self.arguments = arguments
    }
}
