import AWS
import Cryptography
import Notation
import Testing

@testable import Storage

@Suite struct EncryptionTests {
    let folder: ScratchFolder
    let vault: SQLiteVault

    init() throws {
        folder = try ScratchFolder()
        vault = try folder.open()
        try vault.change { vault throws(APIError) in
            let first = try vault.insertSample(.sample("one"), value: .text("value of one"))
            try vault.insertVersion("second", of: first, value: .text("value of two"), at: .noon)
            try vault.insertSample(.sample("two"), value: .text("value of one"))
        }
    }

    private func value(_ name: String, _ versionID: String) throws -> [UInt8]? {
        try vault.ask { vault throws(APIError) -> [UInt8]? in
            guard let secret = try vault.secret(at: .named(name)) else { return nil }
            return try vault.open(.id(versionID), of: secret)?.value?.bytes
        }
    }

    private func integer(_ sql: String) throws -> Int64 {
        try Connection(path: folder.database, for: .reading).integer(sql)
    }

    /// Copies columns from the second version of `one` to its first.
    private static func swap(_ columns: String...) -> String {
        let assignments = columns.map { column in
            "\(column) = (SELECT \(column) FROM version WHERE id = 'second')"
        }
        return "UPDATE version SET \(assignments.joined(separator: ", ")) WHERE number = 1"
    }

    @Test(arguments: [
        EncryptionTests.swap("envelope"),
        EncryptionTests.swap("wrapped_data_key"),
        EncryptionTests.swap("envelope", "wrapped_data_key"),
        "UPDATE version SET envelope = CAST(envelope || x'00' AS BLOB) WHERE number = 1",
        "UPDATE version SET envelope = substr(envelope, 2) WHERE number = 1",
        "UPDATE version SET envelope = x'00' WHERE number = 1",
        "UPDATE version SET wrapped_data_key = x'' WHERE number = 1",
        "UPDATE version SET value_kind = 2 WHERE number = 1",
        "UPDATE version SET value_kind = 9 WHERE number = 1",
        "UPDATE version SET secret_id = 2, id = 'moved' WHERE number = 3;"
            + "UPDATE version SET (envelope, wrapped_data_key) ="
            + " (SELECT envelope, wrapped_data_key FROM version WHERE number = 3) WHERE number = 1",
        "UPDATE secret SET arn = arn || 'x' WHERE name = 'one'",
    ])
    func `A value that was touched in the file does not open`(sql: String) throws {
        try folder.tamper(sql)
        let error = #expect(throws: APIError.self) { _ = try value("one", "first-version") }
        #expect(error?.code == .decryptionFailure)
        #expect(error?.cause?.contains("one") == true)
    }

    @Test func `Each flipped byte of an envelope is noticed`() throws {
        let intruder = try Connection(path: folder.database, for: .writing)
        try intruder.execute(
            "INSERT INTO meta SELECT 'kept', envelope FROM version WHERE id = 'second'"
        )
        let kept = "(SELECT value FROM meta WHERE name = 'kept')"
        let length = try intruder.integer("SELECT length(\(kept))")
        #expect(length == 12 + 12 + 16)
        for position in 1...length {
            try intruder.execute(
                """
                UPDATE version SET envelope = CAST(substr(\(kept), 1, \(position) - 1)
                || CASE hex(substr(\(kept), \(position), 1)) WHEN '00' THEN x'01' ELSE x'00' END
                || substr(\(kept), \(position) + 1) AS BLOB) WHERE id = 'second'
                """
            )
            try vault.forgetReads()
            #expect(throws: APIError.self) { _ = try value("one", "second") }
        }
        try intruder.execute("UPDATE version SET envelope = \(kept) WHERE id = 'second'")
        try vault.forgetReads()
        #expect(try value("one", "second") == Array("value of two".utf8))
    }

    @Test func `A damaged key-encryption key opens and seals nothing`() throws {
        vault.close()
        let damage = "UPDATE key_encryption_key SET wrapped = zeroblob(60) WHERE account > ''"
        try folder.tamper(damage)
        let reopened = try folder.open { $0.acceptsChangedRows = true }
        let failure = #expect(throws: APIError.self) {
            try reopened.ask { vault throws(APIError) in
                if let secret = try vault.secret(at: .named("one")) {
                    _ = try vault.open(.id("second"), of: secret)
                }
            }
        }
        #expect(failure?.code == .decryptionFailure)
        let refusal = #expect(throws: APIError.self) {
            try reopened.change { vault throws(APIError) in
                try vault.insertSample(.sample("three"))
            }
        }
        #expect(refusal?.code == .encryptionFailure)
    }

    @Test func `No two versions share a data key, and equal values do not look equal`() throws {
        #expect(try integer("SELECT count(*) FROM version") == 3)
        #expect(try integer("SELECT count(DISTINCT wrapped_data_key) FROM version") == 3)
        #expect(try integer("SELECT count(DISTINCT envelope) FROM version") == 3)
    }

    @Test func `There is one key-encryption key for each account, region and KmsKeyId`() throws {
        let other = Scope(account: "111111111111", region: "us-east-1")
        let far = Scope(account: "000000000000", region: "eu-west-1")
        try vault.change { vault throws(APIError) in
            try vault.insertSample(.sample("three"))
            try vault.insertSample(.sample("a", scope: other))
            try vault.insertSample(.sample("a", scope: far))
            try vault.insertSample(.sample("b", kmsKeyID: "alias/mine"))
            try vault.insertSample(.sample("c", kmsKeyID: "alias/mine"))
        }
        let keys = "SELECT count(*) FROM key_encryption_key WHERE account > ''"
        #expect(try integer(keys) == 4)
    }

    /// Gives the secret `one` another key, as UpdateSecret does.
    private func addKey(_ kmsKeyID: String) throws {
        try vault.change { vault throws(APIError) in
            guard var secret = try vault.secret(at: .named("one")) else { return }
            secret.kmsKeyID = kmsKeyID
            try vault.update(secret)
            try KeyAddition(to: secret).run(at: .noon, by: .service, in: vault)
        }
    }

    /// The secret `one` with the keys of its versions, oldest first.
    private func keys() throws -> [[String]] {
        try vault.ask { vault throws(APIError) -> [[String]] in
            guard let secret = try vault.secret(at: .named("one")) else { return [] }
            return try vault.versions(of: secret).map { $0.keys.map(\.kmsKeyID) }
        }
    }

    /// The value of a version of `one`, by the key of this number.
    private func value(_ versionID: String, byKey number: Int) throws -> [UInt8]? {
        try vault.ask { vault throws(APIError) -> [UInt8]? in
            guard let secret = try vault.secret(at: .named("one")) else { return nil }
            let opened = try vault.open(.id(versionID), of: secret) { _ in number }
            return opened?.value?.bytes
        }
    }

    private func label(_ labels: KeyValuePairs<String, String>) throws {
        try vault.change { vault throws(APIError) in
            guard let secret = try vault.secret(at: .named("one")) else { return }
            if labels.contains(where: { $0.value == "placeholder" }) {
                try vault.insertVersion("placeholder", of: secret, value: nil, at: .noon)
            }
            try vault.setStagingLabels(StagingLabels(labels), of: secret)
        }
    }

    @Test func `C20: a further key opens the versions in use, and so does the former one`() throws {
        try label(["AWSCURRENT": "second", "AWSPENDING": "placeholder"])
        try addKey("alias/new")
        #expect(try keys() == [[""], ["", "alias/new"], ["alias/new"]])
        for number in 0...1 {
            #expect(try value("second", byKey: number) == Array("value of two".utf8))
        }
        #expect(try value("one", "first-version") == Array("value of one".utf8))
        // Once more, with a key that it is under already, and with a third one.
        try addKey("")
        #expect(try keys()[1] == ["", "alias/new"])
        try addKey("alias/third")
        #expect(try keys()[1] == ["", "alias/new", "alias/third"])
        #expect(try value("second", byKey: 2) == Array("value of two".utf8))
    }

    @Test func `C20: each key wraps the data key of a version in a box of its own`() throws {
        try addKey("alias/new")
        let boxes = """
            SELECT count(*) FROM version AS v JOIN version_key AS k
            ON k.version_id = v.id AND k.secret_id = v.secret_id
            WHERE k.wrapped_data_key <> v.wrapped_data_key
                AND k.key_encryption_key_id <> v.key_encryption_key_id
            """
        #expect(try integer(boxes) == 1)
        // A box that is put into the place of another opens nothing.
        try folder.tamper(
            """
            UPDATE version_key SET wrapped_data_key = (SELECT wrapped_data_key FROM version
            WHERE secret_id = 1 AND id = 'first-version')
            """
        )
        let error = #expect(throws: APIError.self) { _ = try value("first-version", byKey: 1) }
        #expect(error?.code == .decryptionFailure)
        #expect(try value("first-version", byKey: 0) == Array("value of one".utf8))
    }

    @Test func `A version that is deleted takes the boxes of all its keys with it`() throws {
        try addKey("alias/new")
        try label(["AWSCURRENT": "second"])
        #expect(try integer("SELECT count(*) FROM version_key") == 1)
        try vault.change { vault throws(APIError) in
            guard let secret = try vault.secret(at: .named("one")) else { return }
            try vault.deleteVersion("first-version", of: secret)
        }
        #expect(try integer("SELECT count(*) FROM version_key") == 0)
    }

    @Test func `A version that does not open gets no further key`() throws {
        try folder.tamper("UPDATE version SET wrapped_data_key = x'00' WHERE number = 1")
        let error = #expect(throws: APIError.self) { try addKey("alias/new") }
        #expect(error?.code == .decryptionFailure)
        #expect(try integer("SELECT count(*) FROM version_key") == 0)
    }

    @Test func `Contexts of different parts never have the same bytes`() {
        let contexts = [
            EncryptionContext.dataKey(secretARN: "a", versionID: "bc", kind: 1),
            EncryptionContext.dataKey(secretARN: "ab", versionID: "c", kind: 1),
            EncryptionContext.dataKey(secretARN: "ab", versionID: "c", kind: 2),
            EncryptionContext.dataKey(secretARN: "ab", versionID: "c", kind: 1)
                .asking(for: .value),
            EncryptionContext.keyEncryptionKey(
                KeyEncryptionKeyName(Scope(account: "a", region: "b"), kmsKeyID: "c")
            ),
            EncryptionContext.keyEncryptionKey(
                KeyEncryptionKeyName(Scope(account: "ab", region: ""), kmsKeyID: "c")
            ),
        ]
        #expect(Set(contexts.map(\.bytes)).count == contexts.count)
    }

    @Test func `No value is in the file, its WAL or the audit trail`() throws {
        let values = try (0..<1_000).map { _ in try SecureRandom.bytes(24) }
        try vault.change { vault throws(APIError) in
            for (number, bytes) in values.enumerated() {
                let new = NewSecret.sample("plain/\(number)")
                try vault.insertSample(new, value: SecretValue(kind: .binary, bytes: bytes))
                try vault.append(.sample("\(number)", secretARN: new.arn.text))
            }
        }
        for (number, bytes) in values.enumerated() where number % 100 == 0 {
            #expect(try value("plain/\(number)", "first-version") == bytes)
        }
        try expectAbsent(values, from: ["vault.db", "vault.db-wal", "vault.db-shm"])
        vault.close()
        try expectAbsent(values, from: ["vault.db"])
    }

    @Test func `What is deleted is overwritten in the file`() throws {
        let name = Array("forgotten".utf8)
        try vault.change { vault throws(APIError) in
            try vault.insertSample(.sample("forgotten"))
        }
        vault.close()
        #expect(folder.contents(of: "vault.db").count(of: name) > 0)
        let again = try folder.open()
        try again.change { vault throws(APIError) in
            guard let secret = try vault.secret(at: .named("forgotten")) else { return }
            try vault.delete(secret)
        }
        again.close()
        #expect(folder.contents(of: "vault.db").count(of: name) == 0)
    }

    /// Looks for the first eight bytes of each value at every place of the files.
    private func expectAbsent(_ values: [[UInt8]], from names: [String]) throws {
        let beginnings = Set(values.map { beginning(of: $0[0..<8]) })
        for name in names {
            let contents = folder.contents(of: name)
            try #require(!contents.isEmpty)
            var window: UInt64 = 0
            var found = 0
            for byte in contents {
                window = window << 8 | UInt64(byte)
                if beginnings.contains(window) { found += 1 }
            }
            #expect(found == 0, "\(name)")
        }
    }

    private func beginning(of bytes: ArraySlice<UInt8>) -> UInt64 {
        bytes.reduce(0) { $0 << 8 | UInt64($1) }
    }
}

extension [UInt8] {
    /// At how many places `bytes` stand.
    fileprivate func count(of bytes: [UInt8]) -> Int {
        indices.filter { self[$0] == bytes[0] && self[$0...].starts(with: bytes) }.count
    }
}
