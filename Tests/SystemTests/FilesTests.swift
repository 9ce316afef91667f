import Glibc
import System
import Testing

@Suite("Files and folders")
final class FilesTests {
    private let folder: String

    init() {
        var template = Array("/tmp/pocketvault-files-XXXXXX".utf8CString)
        folder = template.withUnsafeMutableBufferPointer { buffer in
            buffer.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) } ?? ""
        }
    }

    deinit { Files.remove(folder) }

    private func file(_ name: String, _ bytes: [UInt8], mode: mode_t = 0o600) -> String {
        let path = "\(folder)/\(name)"
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL, mode)
        #expect(write(descriptor, bytes, bytes.count) == bytes.count)
        close(descriptor)
        return path
    }

    @Test("a file of any length is read whole", arguments: [0, 1, 4_095, 4_096, 4_097, 300_000])
    func contents(length: Int) {
        let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0) }
        #expect(Files.contents(of: file("a", bytes)) == bytes)
    }

    @Test("what tells no length is read to its end, in as many pieces as it comes in")
    func withoutLength() throws {
        let maps = try #require(Files.contents(of: "/proc/self/maps"))
        #expect(maps.count > 8_192)
        #expect(maps.last == UInt8(ascii: "\n"))
    }

    @Test("a folder, a pipe, a device and what is not there have no contents, and nobody waits")
    func unreadable() {
        mkfifo("\(folder)/pipe", 0o600)
        #expect(Files.contents(of: "\(folder)/pipe") == nil)
        #expect(Files.contents(of: "/dev/zero") == nil)
        #expect(Files.contents(of: folder) == nil)
        #expect(Files.contents(of: "\(folder)/none") == nil)
    }

    @Test("names of a folder are all but itself and its parent; hidden ones too")
    func names() {
        #expect(Files.names(in: folder)?.isEmpty == true)
        _ = file("a", [])
        _ = file(".b", [])
        let path = file("ü", [])
        #expect(Files.names(in: folder).map(Set.init) == ["a", ".b", "ü"])
        #expect(Files.names(in: path) == nil)
        #expect(Files.names(in: "\(folder)/none") == nil)
    }

    @Test("what there is at a path")
    func kinds() {
        let plain = file("plain", [], mode: 0o600)
        let program = file("program", [], mode: 0o700)
        #expect(Files.exists(plain) && Files.exists(folder) && !Files.exists("\(folder)/none"))
        #expect(
            Files.isFolder(folder) && !Files.isFolder(plain) && !Files.isFolder("\(folder)/none")
        )
        #expect(Files.isReadable(plain) && !Files.isReadable("\(folder)/none"))
        #expect(Files.isExecutable(program) && !Files.isExecutable(plain))
    }

    @Test("links: where they lead, to something or not")
    func links() {
        let path = file("a", [1])
        let (good, broken) = ("\(folder)/good", "\(folder)/broken")
        symlink(path, good)
        symlink("\(folder)/none", broken)
        #expect(Files.target(ofLink: good) == path)
        #expect(Files.target(ofLink: broken) == "\(folder)/none")
        #expect(Files.target(ofLink: path) == nil)
        #expect(Files.exists(good) && !Files.exists(broken))
        #expect(Files.contents(of: good) == [1])
    }

    @Test("a folder is removed with all that is in it, and of a link only the link")
    func remove() {
        let kept = file("kept", [])
        mkdir("\(folder)/a", 0o700)
        mkdir("\(folder)/a/b", 0o700)
        _ = file("a/b/c", [])
        symlink(folder, "\(folder)/a/above")
        symlink(kept, "\(folder)/a/beside")
        Files.remove("\(folder)/a")
        #expect(Files.names(in: folder) == ["kept"])
        Files.remove(kept)
        Files.remove("\(folder)/none")
        #expect(Files.names(in: folder)?.isEmpty == true)
    }

    /// Root removes any link: there `test_exec.py` has another user try it.
    @Test("a link that cannot be removed leads nowhere", .enabled(if: geteuid() != 0))
    func linkThatStays() {
        mkdir("\(folder)/kept", 0o700)
        _ = file("kept/a", [])
        mkdir("\(folder)/closed", 0o700)
        symlink("\(folder)/kept", "\(folder)/closed/link")
        chmod("\(folder)/closed", 0o500)
        Files.remove("\(folder)/closed")
        chmod("\(folder)/closed", 0o700)
        #expect(Files.names(in: "\(folder)/kept") == ["a"])
        #expect(Files.names(in: "\(folder)/closed") == ["link"])
    }

    @Test("a name that is no text is removed too")
    func nameOfBytes() {
        mkdir("\(folder)/a", 0o700)
        let path = Array("\(folder)/a/".utf8) + [0xFF, 0xFE, 0]
        let descriptor = path.withUnsafeBytes { bytes in
            open(bytes.assumingMemoryBound(to: CChar.self).baseAddress!, O_WRONLY | O_CREAT, 0o600)
        }
        #expect(descriptor >= 0)
        close(descriptor)
        Files.remove("\(folder)/a")
        #expect(Files.names(in: folder)?.isEmpty == true)
    }

    @Test("a folder of one's own is no link, no file and nobody else's")
    func own() {
        symlink(folder, "\(folder)/link")
        #expect(Files.isOwnFolder(folder))
        #expect(!Files.isOwnFolder("\(folder)/link"))
        #expect(!Files.isOwnFolder(file("a", [])))
        #expect(!Files.isOwnFolder("/proc/1/fd/none"))
        mkdir("\(folder)/theirs", 0o700)
        if geteuid() == 0, chown("\(folder)/theirs", 65_534, 65_534) == 0 {
            #expect(!Files.isOwnFolder("\(folder)/theirs"))
        }
    }
}
