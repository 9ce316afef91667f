import Client
import Foundation
import Notation
import Testing

@testable import pocketvault

@Suite("edit")
struct EditTests {
    @Test func `The line feed that an editor adds is taken away, and no other`() {
        func changed(_ before: String, _ after: String) -> VersionValue? {
            Edit.changed(.text(before), to: Array(after.utf8))
        }
        #expect(changed("a", "a\n") == nil)
        #expect(changed("a", "b\n") == .text("b"))
        #expect(changed("a\n", "a\n") == nil)
        #expect(changed("a\n", "b\n") == .text("b\n"))
        #expect(changed("a\n", "a") == .text("a"))
        #expect(changed("a", "a\n\n") == .text("a\n"))
    }

    @Test func `Bytes stay bytes`() {
        #expect(Edit.changed(.binary([0]), to: [97]) == .binary([97]))
        #expect(Edit.changed(.text("a"), to: [255]) == .binary([255]))
    }

    @Test func `The file is its owner's alone, and nothing is left of it`() throws {
        let place = NSTemporaryDirectory() + "pocketvault-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: place) }
        let folder = try PrivateFolder(in: ["/nowhere", place])
        #expect(folder.path.hasPrefix("\(place)/pocketvault-edit-"))
        let file = try folder.write(Array("hidden".utf8), as: "value")
        func mode(_ path: String) throws -> Int? {
            try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        }
        #expect(try mode(folder.path) == 0o700)
        #expect(try mode(file) == 0o600)
        // Whoever still has the file open finds nothing in it.
        let open = try #require(FileHandle(forReadingAtPath: file))
        folder.wipe()
        #expect(try open.readToEnd() == Data(repeating: 0, count: 6))
        #expect(!FileManager.default.fileExists(atPath: folder.path))
    }

    @Test func `A bar shows how far it is`() {
        let bar = ProgressBar(of: 4, isShown: false)
        #expect(bar.line(0, "a") == "[........................] 0/4 a")
        #expect(bar.line(3, "b") == "[##################......] 3/4 b")
        #expect(bar.line(4, "") == "[########################] 4/4 ")
    }
}
