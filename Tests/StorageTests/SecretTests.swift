import AWS
import Notation
import Testing

@testable import Storage

@Suite struct SecretTests {
    let folder: ScratchFolder
    let vault: SQLiteVault

    init() throws {
        folder = try ScratchFolder()
        vault = try folder.open()
    }

    @Test func `A secret is found by its name and by its ARN, in its own scope only`() throws {
        let secret = try vault.change { vault throws(APIError) in try vault.insertSample() }
        let elsewhere = Scope(account: "000000000000", region: "eu-west-1")
        let arn = secret.arn.text
        try vault.ask { vault throws(APIError) in
            #expect(try vault.secret(at: .named(secret.name)) == secret)
            #expect(try vault.secret(at: .arn(arn, .home)) == secret)
            #expect(try vault.secret(at: .name(secret.name, elsewhere)) == nil)
            #expect(try vault.secret(at: .arn(arn + "x", .home)) == nil)
            #expect(try vault.secret(at: .named("other")) == nil)
        }
    }

    @Test func `Everything of a secret that can change is stored and survives reopening`() throws {
        let inserted = try vault.change { vault throws(APIError) in try vault.insert(.sample()) }
        let changed = Secret(
            id: inserted.id,
            arn: inserted.arn,
            description: "Für Zoë",
            kmsKeyID: "alias/mine",
            type: "Partner",
            owningService: "rds",
            createdAt: inserted.createdAt,
            lastChangedAt: inserted.createdAt.adding(days: 1),
            lastAccessedAt: inserted.createdAt.startOfDay,
            deletedAt: inserted.createdAt.adding(days: 2),
            purgeAt: inserted.createdAt.adding(days: 9),
            wasEverTagged: true
        )
        try vault.change { vault throws(APIError) in try vault.update(changed) }
        vault.close()
        let reopened = try folder.open()
        let found = try reopened.ask { vault throws(APIError) in
            try vault.secret(at: .named(changed.name))
        }
        #expect(found == changed)
    }

    @Test func `Updating a secret that is gone is refused`() throws {
        let secret = try vault.change { vault throws(APIError) in try vault.insertSample() }
        try vault.change { vault throws(APIError) in try vault.delete(secret) }
        let error = #expect(throws: APIError.self) {
            try vault.change { vault throws(APIError) in try vault.update(secret) }
        }
        #expect(error?.code == .internalServiceError)
    }

    @Test func `Tags keep their order, and having had one is never forgotten`() throws {
        let secret = try vault.change { vault throws(APIError) in try vault.insertSample() }
        let tags = ["zone", "app", "Zone"].map { Tag(key: $0, value: "of \($0)") }
        try vault.change { vault throws(APIError) in try vault.setTags(tags, of: secret) }
        #expect(try vault.ask { vault throws(APIError) in try vault.tags(of: secret) } == tags)
        try vault.change { vault throws(APIError) in
            try vault.setTags([], of: secret)
            try vault.update(secret)
        }
        try vault.ask { vault throws(APIError) in
            #expect(try vault.tags(of: secret).isEmpty)
            #expect(try vault.secret(at: .named(secret.name))?.wasEverTagged == true)
        }
    }

    @Test func `Deleting a secret takes its versions, labels, tags and wrapped keys`() throws {
        try vault.change { vault throws(APIError) in
            let secret = try vault.insertSample()
            try vault.setTags([Tag(key: "a", value: "b")], of: secret)
            try vault.delete(secret)
        }
        let other = try Connection(path: folder.database, for: .reading)
        for table in ["secret", "version", "staging_label", "tag"] {
            #expect(try other.integer("SELECT count(*) FROM \(table)") == 0, "\(table)")
        }
        // Beside that of the trail.
        #expect(try other.integer("SELECT count(*) FROM key_encryption_key") == 2)
    }

    @Test func `The number of a deleted secret is not used again`() throws {
        let first = try vault.change { vault throws(APIError) in
            let secret = try vault.insertSample()
            try vault.delete(secret)
            return secret.id
        }
        let second = try vault.change { vault throws(APIError) in try vault.insertSample().id }
        #expect(second > first)
    }

    @Test func `Resetting one account leaves the others, and the audit trail`() throws {
        let other = Scope(account: "111111111111", region: "us-east-1")
        try vault.change { vault throws(APIError) in
            try vault.insertSample()
            try vault.insertSample(.sample(scope: other))
            try vault.append(.sample("kept"))
            try vault.empty(account: "000000000000")
        }
        try vault.ask { vault throws(APIError) in
            #expect(try vault.counts() == VaultCounts(secrets: 1, versions: 1))
            #expect(try vault.auditEntries(before: nil, limit: 5).map(\.record).count == 1)
        }
        try vault.change { vault throws(APIError) in try vault.empty(account: nil) }
        try vault.ask { vault throws(APIError) in
            #expect(try vault.counts() == VaultCounts(secrets: 0, versions: 0))
            #expect(try vault.auditEntries(before: nil, limit: 5).map(\.record).count == 1)
        }
    }

    @Test func `Texts of any letters come back as they went in`() throws {
        let odd = "quote ' \u{0} \u{1F510} é end"
        let secret = try vault.change { vault throws(APIError) in
            let secret = try vault.insertSample()
            try vault.setTags([Tag(key: odd, value: "")], of: secret)
            return secret
        }
        let tags = try vault.ask { vault throws(APIError) in try vault.tags(of: secret) }
        #expect(tags == [Tag(key: odd, value: "")])
    }
}
