import AWS
import Notation
import Testing
import Threads

@testable import Storage

/// That a connection keeps what it has read is nothing that anyone can tell, but by the time.
@Suite struct ReadCacheTests {
    let folder: ScratchFolder
    let vault: SQLiteVault

    init() throws {
        folder = try ScratchFolder()
        vault = try folder.open { $0.readerCount = 1 }
    }

    /// What no seal covers, so that the server goes on.
    private static let tampering = """
        UPDATE version SET last_accessed_at = \(Timestamp.noon.milliseconds)
        """

    // MARK: What was read is kept

    @Test func `A secret that was read is not looked for again`() throws {
        try vault.change { vault throws(APIError) in try vault.insertSample() }
        _ = try vault.current()
        try folder.tamper(Self.tampering)
        #expect(try vault.current()?.lastAccessedAt == nil)
        try vault.change { vault throws(APIError) in try vault.insertSample(.sample("other")) }
        #expect(try vault.current()?.lastAccessedAt == .noon)
    }

    @Test func `Records of reads leave what was read where it is`() throws {
        try vault.change { vault throws(APIError) in try vault.insertSample() }
        _ = try vault.current()
        try folder.tamper(Self.tampering)
        vault.append(.sample("one"))
        let deadline = WakeSignal.now + 5_000_000_000
        while try vault.ask({ vault throws(APIError) in
            try vault.auditEntries(before: nil, limit: 1).map(\.record)
        }).isEmpty,
            WakeSignal.now < deadline
        {}
        #expect(try vault.current()?.lastAccessedAt == nil)
    }

    // MARK: Nothing is stale

    /// A change of the sample, and what a read after it gives.
    struct Change: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let make: @Sendable (any VaultWriting, Secret) throws(APIError) -> Void
        let expected: CurrentValue?
    }

    static let changes = [
        Change(testDescription: "another version becomes the current one") {
            vault,
            secret throws(APIError) in
            try vault.insertVersion("second-version", of: secret, value: .text("new"), at: .noon)
            try vault.setStagingLabels(
                StagingLabels([
                    "AWSCURRENT": "second-version", "AWSPREVIOUS": "first-version",
                ]),
                of: secret
            )
        } expected: {
            CurrentValue(description: "", text: "new", labels: ["AWSCURRENT"])
        },
        Change(testDescription: "a further label") { vault, secret throws(APIError) in
            let labels = StagingLabels(["AWSCURRENT": "first-version", "mine": "first-version"])
            try vault.setStagingLabels(labels, of: secret)
        } expected: {
            CurrentValue(description: "", text: "s3cr3t", labels: ["AWSCURRENT", "mine"])
        },
        Change(testDescription: "a description") { vault, secret throws(APIError) in
            var secret = secret
            secret.description = "changed"
            try vault.update(secret)
        } expected: {
            CurrentValue(description: "changed", text: "s3cr3t", labels: ["AWSCURRENT"])
        },
        Change(testDescription: "another key") { vault, secret throws(APIError) in
            var secret = secret
            secret.kmsKeyID = "alias/other"
            try vault.update(secret)
            try KeyAddition(to: secret).run(at: .noon, by: .service, in: vault)
        } expected: {
            CurrentValue(description: "", text: "s3cr3t", labels: ["AWSCURRENT"])
        },
        Change(testDescription: "the first read of a day") { vault, secret throws(APIError) in
            let access = LastAccess(
                secretID: secret.id,
                versionID: "first-version",
                lastAccessedAt: nil
            )
            try vault.recordAccess(access, on: .noon)
        } expected: {
            CurrentValue(
                description: "",
                text: "s3cr3t",
                labels: ["AWSCURRENT"],
                lastAccessedAt: .noon
            )
        },
        Change(testDescription: "deletion") { vault, secret throws(APIError) in
            try vault.delete(secret)
        } expected: {
            nil
        },
        Change(testDescription: "a reset of its account") { vault, secret throws(APIError) in
            try vault.empty(account: secret.arn.scope.account)
        } expected: {
            nil
        },
        Change(testDescription: "deletion, and another secret of that name") {
            vault,
            secret throws(APIError) in
            try vault.delete(secret)
            try vault.insertSample(value: .text("another"))
        } expected: {
            CurrentValue(description: "", text: "another", labels: ["AWSCURRENT"])
        },
    ]

    @Test(arguments: changes)
    func `A read after an answered change sees the change`(_ change: Change) throws {
        let secret = try vault.change { vault throws(APIError) in try vault.insertSample() }
        #expect(try vault.current()?.text == "s3cr3t")
        try vault.change { vault throws(APIError) in try change.make(vault, secret) }
        #expect(try vault.current() == change.expected)
        #expect(try vault.current(.arn(secret.arn.text, .home))?.text == change.expected?.text)
    }

    @Test(arguments: changes)
    func `A change that was rolled back is not seen`(_ change: Change) throws {
        let secret = try vault.change { vault throws(APIError) in try vault.insertSample() }
        let before = try vault.current()
        #expect(throws: APIError.self) {
            try vault.change { vault throws(APIError) in
                try change.make(vault, secret)
                throw .internalServiceError(cause: "refused")
            }
        }
        #expect(try vault.current() == before)
    }

    @Test func `Secrets of one name in two accounts stay apart`() throws {
        let other = Scope(account: "111111111111", region: "us-east-1")
        try vault.change { vault throws(APIError) in
            try vault.insertSample(value: .text("home"))
            try vault.insertSample(.sample(scope: other), value: .text("other"))
        }
        for _ in 0..<2 {
            #expect(try vault.current()?.text == "home")
            #expect(try vault.current(.name(.sampleName, other))?.text == "other")
        }
        try vault.change { vault throws(APIError) in
            try vault.empty(account: other.account)
        }
        #expect(try vault.current()?.text == "home")
        #expect(try vault.current(.name(.sampleName, other)) == nil)
    }

    @Test func `Beside a writer every read is whole and has what was answered before it`() throws {
        let vault = try folder.open("stress.db") { $0.readerCount = 2 }
        let secret = try vault.change { vault throws(APIError) in
            let secret = try vault.insert(.sample())
            try vault.put("0", secret)
            return secret
        }
        let answered = Locked(0)
        let isDone = Locked(false)
        let faults = Locked<[String]>([])
        onThreads(5) { thread in
            if thread == 0 {
                for number in 1...200 {
                    try? vault.change { vault throws(APIError) in
                        try vault.put("\(number)", secret)
                    }
                    answered.withLock { $0 = number }
                    // Now and then the readers have the time to fill their caches.
                    if number.isMultiple(of: 8) {
                        for _ in 0..<200 { _ = try? vault.current() }
                    }
                }
                isDone.withLock { $0 = true }
            }
            var latest = 0
            while !isDone.withLock({ $0 }) {
                latest = max(latest, answered.withLock { $0 })
                let current = try? vault.current()
                let number = current.flatMap { Int($0.text) } ?? -1
                if number < latest || current?.description != current?.text
                    || current?.tags != current?.text
                {
                    faults.withLock { $0.append("\(latest): \(String(describing: current))") }
                }
                latest = max(latest, number)
            }
        }
        #expect(faults.withLock { $0 } == [])
        #expect(try vault.current()?.text == "200")
    }
}

/// What a client would see of the sample.
struct CurrentValue: Equatable, Sendable {
    var description: String
    var text: String
    var labels: [String]
    var lastAccessedAt: Timestamp?
    /// The values of its tags; nil without tags, which are never kept.
    var tags: String?
}

extension ReadCacheTests.Change {
    fileprivate init(
        testDescription: String,
        make: @escaping @Sendable (any VaultWriting, Secret) throws(APIError) -> Void,
        expected: () -> CurrentValue?
    ) {
        self.init(testDescription: testDescription, make: make, expected: expected())
    }
}

extension String {
    fileprivate static let sampleName = "driftsentry/local/database"
}

extension VaultWriting {
    /// One number as description, tag and value.
    fileprivate func put(_ number: String, _ secret: Secret) throws(APIError) {
        var changed = secret
        changed.description = number
        try update(changed)
        try setTags([Tag(key: "number", value: number)], of: secret)
        try insertVersion("version-\(number)", of: secret, value: .text(number), at: .noon)
        try setStagingLabels(StagingLabels(["AWSCURRENT": "version-\(number)"]), of: secret)
    }
}

extension SQLiteVault {
    /// One read of everything about the sample's current version.
    fileprivate func current(
        _ address: SecretAddress = .named(.sampleName)
    ) throws -> CurrentValue? {
        try ask { vault throws(APIError) in
            guard let secret = try vault.secret(at: address),
                let opened = try vault.open(.stagingLabel("AWSCURRENT"), of: secret)
            else { return nil }
            return CurrentValue(
                description: secret.description,
                text: String(decoding: opened.value?.bytes ?? [], as: UTF8.self),
                labels: opened.version.stagingLabels,
                lastAccessedAt: opened.version.lastAccessedAt,
                tags: try vault.tags(of: secret).first?.value
            )
        }
    }
}
