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

    @Test("what has no length is read to its end")
    func withoutLength() throws {
        let status = try #require(Files.contents(of: "/proc/self/status"))
        #expect(String(decoding: status, as: UTF8.self).hasPrefix("Name:"))
        #expect(Files.contents(of: "/dev/null")?.isEmpty == true)
    }

    @Test("a folder, and what is not there, have no contents")
    func unreadable() {
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
}
