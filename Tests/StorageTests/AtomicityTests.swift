import AWS
import Testing

@testable import Storage

@Suite struct AtomicityTests {
    let folder: ScratchFolder
    let vault: SQLiteVault

    init() throws {
        folder = try ScratchFolder()
        vault = try folder.open()
    }

    private static let refusal = APIError.internalServiceError(cause: "a test's own")

    private func names() throws -> [String] {
        try vault.ask { vault throws(APIError) in
            try vault.secrets(in: .home, namePrefix: "", limit: 100).map(\.name)
        }
    }

    @Test func `A change that throws half way leaves nothing behind`() throws {
        #expect(throws: AtomicityTests.refusal) {
            try vault.change { vault throws(APIError) in
                try vault.insertSample()
                throw AtomicityTests.refusal
            }
        }
        #expect(try names().isEmpty)
        let counts = try vault.ask { vault throws(APIError) in try vault.counts() }
        #expect(counts == VaultCounts(secrets: 0, versions: 0))
    }

    @Test func `An inner refusal that is caught takes only the inner part`() throws {
        try vault.change { vault throws(APIError) in
            try vault.insertSample(.sample("before"))
            do throws(APIError) {
                try vault.atomically { vault throws(APIError) in
                    try vault.insertSample(.sample("inside"))
                    _ = try vault.atomically { vault throws(APIError) in
                        try vault.insertSample(.sample("innermost"))
                    }
                    throw AtomicityTests.refusal
                }
            } catch {}
            try vault.insertSample(.sample("after"))
        }
        #expect(try names() == ["after", "before"])
    }

    @Test func `A broken constraint undoes the change that broke it, and only that`() throws {
        try vault.change { vault throws(APIError) in try vault.insertSample(.sample("taken")) }
        let error = #expect(throws: APIError.self) {
            try vault.change { vault throws(APIError) in
                try vault.insertSample(.sample("new"))
                try vault.insertSample(.sample("taken"))
            }
        }
        #expect(error?.code == .internalServiceError)
        #expect(error?.cause?.contains("UNIQUE constraint failed") == true)
        #expect(try names() == ["taken"])
    }

    @Test func `A refused call can still leave its audit record`() throws {
        try vault.change { vault throws(APIError) in
            try? vault.atomically { vault throws(APIError) in
                try vault.insertSample()
                throw AtomicityTests.refusal
            }
            try vault.append(.sample("refused"))
        }
        let records = try vault.ask { vault throws(APIError) in
            try vault.auditEntries(before: nil, limit: 9).map(\.record)
        }
        #expect(records.map(\.requestID) == ["refused"])
        #expect(try names().isEmpty)
    }

    @Test func `A key made in a refused change is made anew by the next one`() throws {
        let new = NewSecret.sample(kmsKeyID: "alias/fresh")
        #expect(throws: AtomicityTests.refusal) {
            try vault.change { vault throws(APIError) in
                try vault.insertSample(new)
                throw AtomicityTests.refusal
            }
        }
        try vault.change { vault throws(APIError) in
            // Takes the row number that the lost key had.
            try vault.insertSample(.sample("other", kmsKeyID: "alias/other"))
            try vault.insertSample(new)
        }
        vault.close()
        let reopened = try folder.open()
        for name in ["other", new.arn.name] {
            let value = try reopened.ask { vault throws(APIError) in
                let secret = try vault.secret(at: .named(name))
                return try secret.map { secret throws(APIError) in
                    try vault.open(.stagingLabel("AWSCURRENT"), of: secret)
                }
            }
            #expect(value??.value?.bytes == Array("s3cr3t".utf8), "\(name)")
        }
    }

    @Test func `A refused change that cannot be undone by itself is undone with all others`() throws
    {
        let error = #expect(throws: APIError.self) {
            try vault.change { vault throws(APIError) in
                try vault.insertSample(.sample("half"))
                // The savepoint is gone, as after an I/O error in its journal.
                try? vault.connection.execute("RELEASE job")
                throw AtomicityTests.refusal
            }
        }
        // Of the batch that was lost: the refusal could not be kept apart from it.
        #expect(error?.cause != AtomicityTests.refusal.cause)
        #expect(try names().isEmpty)
        try vault.change { vault throws(APIError) in try vault.insertSample(.sample("later")) }
        #expect(try names() == ["later"])
    }
}
