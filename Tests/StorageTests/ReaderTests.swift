import AWS
import Testing
import Threads

@testable import Storage

@Suite struct ReaderTests {
    let folder: ScratchFolder
    let vault: SQLiteVault

    init() throws {
        folder = try ScratchFolder()
        vault = try folder.open()
    }

    @Test func `A read sees one state, whatever is written meanwhile`() throws {
        let secret = try vault.change { vault throws(APIError) in try vault.insertSample() }
        try vault.examine { reading in
            let before = try reading.counts()
            try vault.change { vault throws(APIError) in
                try vault.insertSample(.sample("later"))
            }
            #expect(try reading.counts() == before)
            #expect(try reading.secret(at: .named("later")) == nil)
            #expect(try reading.versions(of: secret).count == 1)
        }
        #expect(try vault.ask { vault throws(APIError) in try vault.counts().secrets } == 2)
    }

    @Test func `Readers never see half of a change`() throws {
        let secret = try vault.change { vault throws(APIError) in try vault.insertSample() }
        let isDone = Locked(false)
        let torn = Locked(0)
        onThreads(5) { thread in
            if thread == 0 {
                for number in 0..<100 {
                    let tags = (0..<(number % 7)).map { Tag(key: "\($0)", value: "\(number)") }
                    try? vault.change { vault throws(APIError) in
                        var changed = secret
                        changed.description = "\(tags.count)"
                        try vault.setTags(tags, of: secret)
                        try vault.update(changed)
                    }
                }
                isDone.withLock { $0 = true }
            }
            while !isDone.withLock({ $0 }) {
                let isWhole = try? vault.ask { vault throws(APIError) in
                    let found = try vault.secret(at: .named(secret.name))
                    let count = try vault.tags(of: secret).count
                    return found?.description == "\(count)" || found?.description == ""
                }
                if isWhole != true { torn.withLock { $0 += 1 } }
            }
        }
        #expect(torn.withLock { $0 } == 0)
    }

    @Test func `More threads may read at once than connections are kept`() throws {
        try vault.change { vault throws(APIError) in try vault.insertSample() }
        let answers = Locked(0)
        onThreads(16) { _ in
            for _ in 0..<50 {
                let secret = try? vault.ask { vault throws(APIError) in
                    try vault.secret(at: .named("driftsentry/local/database"))
                }
                if secret != nil { answers.withLock { $0 += 1 } }
            }
        }
        #expect(answers.withLock { $0 } == 800)
    }

    @Test func `A read inside a read gets a connection of its own`() throws {
        let count = try vault.examine { _ in
            try vault.ask { vault throws(APIError) in try vault.counts().secrets }
        }
        #expect(count == 0)
    }

    @Test func `Who reads hears of a refusal and of a vault that cannot be read in one way`() throws
    {
        let refusal = APIError.unknownOperation
        #expect(throws: refusal) {
            try vault.reading { _ throws(APIError) -> Void in throw refusal }
        }
        #expect(try vault.reading { vault throws(APIError) in try vault.counts().secrets } == 0)
        vault.close()
        let error = #expect(throws: APIError.self) {
            try vault.reading { vault throws(APIError) in try vault.counts() }
        }
        #expect(error?.code == .internalServiceError)
        #expect(error?.cause == VaultFailure.closed.description)
    }

    @Test func `A connection for reading refuses changes`() throws {
        #expect(throws: SQLiteError.self) {
            try vault.examine { reading in
                try reading.connection.execute("DELETE FROM secret")
            }
        }
    }
}

extension SQLiteVault {
    /// A read whose body may throw anything.
    fileprivate func examine<Answer: Sendable>(
        _ body: (any VaultReading) throws -> Answer
    ) throws -> Answer {
        try read { vault in Result { try body(vault) } }.get()
    }
}
