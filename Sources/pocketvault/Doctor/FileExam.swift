internal import Glibc
internal import PocketvaultServer

/// What is wrong with the files of a vault: who may read them, the key, the schema, git.
struct FileExam {
    let configuration: Configuration

    private var database: String { configuration.database }

    var diagnoses: [Diagnosis] {
        guard let file = FileExam.status(of: database) else {
            return [
                Diagnosis(
                    .ok,
                    "vault",
                    "there is none at \(database) yet; pocketvault serve makes it"
                )
            ]
        }
        let folder = FileExam.folder(of: database)
        var found = [
            permissions(of: folder, isFolder: true), permissions(of: database, isFolder: false),
        ].compactMap(\.self)
        if let key = configuration.keyFile, FileExam.status(of: key) != nil {
            found += [permissions(of: key, isFolder: false)].compactMap(\.self)
        }
        if found.isEmpty {
            found.append(Diagnosis(.ok, "permissions", "\(folder) is for its owner alone"))
        }
        return found + [contents, room(in: folder, file)] + git(database)
            + (configuration.keyFile.map(git) ?? [])
    }

    private func permissions(of path: String, isFolder: Bool) -> Diagnosis? {
        guard let status = FileExam.status(of: path) else { return nil }
        guard status.st_uid == geteuid() || geteuid() == 0 else {
            return Diagnosis(
                .problem,
                "permissions",
                "\(path) belongs to another user",
                "run as that user, or chown it"
            )
        }
        guard status.st_mode & 0o077 != 0 else { return nil }
        // A folder that was there before the vault is the user's own affair.
        return Diagnosis(
            isFolder ? .warning : .problem,
            "permissions",
            "others may use \(path)",
            "chmod \(isFolder ? "700" : "600") \(path)"
        )
    }

    /// Whether the vault would open.
    private var contents: Diagnosis {
        do throws(StartError) {
            switch try UnservedFile.inspect(configuration) {
            case .served:
                return Diagnosis(.ok, "vault", "\(database) is open in another process")
            case .damaged(let words):
                return Diagnosis(
                    .problem,
                    "vault",
                    "\(database) is damaged: \(words)",
                    "restore a copy"
                )
            case .changed(let sentence):
                return Diagnosis(.problem, "vault", sentence)
            case .sound(let schema, let isOlder):
                return Diagnosis(
                    .ok,
                    "vault",
                    "\(database) opens with its master key; schema \(schema)"
                        + (isOlder ? ", brought up to date at the next start" : "")
                )
            }
        } catch {
            return Diagnosis(.problem, "vault", error.description)
        }
    }

    private func room(in folder: String, _ file: stat) -> Diagnosis {
        var room = statvfs()
        // Writes the one structure that it is given.
        guard unsafe statvfs(folder, &room) == 0 else {
            return Diagnosis(.warning, "disk", "the room on the disk of \(folder) cannot be told")
        }
        let free = (UInt64(room.f_bavail) * UInt64(room.f_frsize)) >> 20
        let needed = max(64, UInt64(file.st_size) >> 20)
        return free >= needed
            ? Diagnosis(.ok, "disk", "\(free) MiB are free")
            : Diagnosis(.problem, "disk", "only \(free) MiB are free", "make room")
    }

    /// A vault or a key that git knows would be committed.
    private func git(_ path: String) -> [Diagnosis] {
        let folder = FileExam.folder(of: path)
        let name = String(path.split(separator: "/").last ?? "")
        let run = { (words: [String]) -> Bool in
            OutsideProgram.answer(["git", "-C", folder] + words)?.exitCode == 0
        }
        guard run(["rev-parse", "--is-inside-work-tree"]) else { return [] }
        if run(["ls-files", "--error-unmatch", "--", name]) {
            return [
                Diagnosis(
                    .problem,
                    "git",
                    "\(path) is in the repository",
                    "git rm --cached \(path), and change the master key"
                )
            ]
        }
        guard !run(["check-ignore", "-q", "--", name]) else {
            return [Diagnosis(.ok, "git", "\(path) is ignored")]
        }
        return [
            Diagnosis(
                .warning,
                "git",
                "\(path) is not ignored and could be committed",
                "add it to .gitignore"
            )
        ]
    }

    private static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    private static func status(of path: String) -> stat? {
        var status = stat()
        // Writes the one structure that it is given.
        return unsafe stat(path, &status) == 0 ? status : nil
    }
}
