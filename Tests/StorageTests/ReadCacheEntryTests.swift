import AWS
import Testing

@testable import Storage

/// When a cache may be used, and how much it keeps.
@Suite struct ReadCacheEntryTests {
    let commits = CommitCount()
    let cache: ReadCache

    init() {
        cache = ReadCache(commits)
        cache.beginRead()
    }

    @Test func `An entry lasts until the next change`() {
        cache.insert(.numbered(1), at: .named("1"))
        cache.beginRead()
        #expect(cache.secret(at: .named("1")) == .numbered(1))
        commits.counting {}
        cache.beginRead()
        #expect(cache.secret(at: .named("1")) == nil)
    }

    @Test func `While a commit is under way nothing is taken from the cache or put into it`() {
        cache.insert(.numbered(1), at: .named("1"))
        commits.counting {
            cache.beginRead()
            #expect(cache.secret(at: .named("1")) == nil)
            cache.insert(.numbered(2), at: .named("2"))
        }
        cache.beginRead()
        #expect(cache.secret(at: .named("2")) == nil)
    }

    @Test func `What was selected after a change is not put beside older entries`() {
        commits.counting {}
        cache.insert(.numbered(1), at: .named("1"))
        #expect(cache.secret(at: .named("1")) == nil)
        #expect(!cache.isStateUnchanged)
    }

    @Test func `A full cache begins anew`() {
        for number in 0..<100_000 {
            cache.insert(.numbered(number), at: .named("\(number)"))
        }
        #expect(cache.secret(at: .named("0")) == nil)
        #expect(cache.secret(at: .named("99999")) != nil)
    }

    @Test(arguments: [(ReadCache.valueByteLimit, true), (ReadCache.valueByteLimit + 1, false)])
    func `Large values are not kept`(_ count: Int, _ isKept: Bool) {
        let version = SealedVersion(
            version: SecretVersion(
                id: "a",
                createdAt: .noon,
                lastAccessedAt: nil,
                keys: [VersionKey(kmsKeyID: "")],
                stagingLabels: []
            ),
            envelope: Envelope(
                dataKey: WrappedDataKey(keyEncryptionKeyID: 1, bytes: []),
                kind: .string,
                sealedValue: [UInt8](repeating: 0, count: count)
            )
        )
        cache.insert(version, .id("a"), ofSecret: 1)
        #expect((cache.version(.id("a"), ofSecret: 1) != nil) == isKept)
        #expect(cache.version(.id("a"), ofSecret: 2) == nil)
        #expect(cache.version(.stagingLabel("a"), ofSecret: 1) == nil)
    }
}

extension Secret {
    fileprivate static func numbered(_ number: Int) -> Secret {
        Secret(
            id: Int64(number),
            arn: SecretARN(scope: .home, name: "\(number)", suffix: "AbCdEf"),
            createdAt: .noon,
            lastChangedAt: .noon
        )
    }
}
