internal import AWS

/// What one connection has read of the vault's present state: secrets, versions as they are stored, their
/// values still encrypted, and access keys.
///
/// A data key that was opened is kept with its version: to open it again would be half of the work of
/// opening the value. The secret of an access key is kept opened: each signed call needs it, and the
/// keys that are derived from it are in memory too.
///
/// It serves one thread at a time, as its connection does, and takes no lock. All its entries are of
/// one state of the vault; it is emptied when the state is another one, or when it is full.
final class ReadCache {
    private struct VersionKey: Hashable {
        let secretID: Int64
        let selector: VersionSelector
    }

    /// About as much memory as a cache may take.
    static let byteLimit = 4 << 20
    /// What an entry takes besides the texts and values that vary.
    private static let entryBytes = 512
    /// A larger value is opened from where SQLite keeps it: one would displace many small ones.
    static let valueByteLimit = 8 << 10

    private let commits: CommitCount
    /// What the entries are of.
    private var contents: UInt64 = 0
    /// What the present read is of, as far as entries go; nil when it goes without them.
    private var state: UInt64?
    private var byteCount = 0
    private var secrets: [SecretAddress: Secret] = [:]
    private var versions: [VersionKey: SealedVersion] = [:]
    /// That nobody has a key is worth knowing too: most calls come with one that nobody has.
    private var credentials: [String: OpenedCredential?] = [:]
    private var principals: [Int64: TaggedPrincipal] = [:]
    private var policyTexts: [Int64: [PolicyText]] = [:]
    private var resourcePolicies: [Int64: [PolicyText]] = [:]
    /// Whether an entry had part in the present read.
    private(set) var wasUsed = false

    init(_ commits: CommitCount) {
        self.commits = commits
    }

    // MARK: One read after the other

    /// A read begins, with entries if they are of the present state.
    func beginRead() {
        wasUsed = false
        state = commits.state
        if let state, state != contents {
            removeAll()
            contents = state
        }
    }

    /// The read begins anew, without entries.
    func beginReadWithoutEntries() {
        wasUsed = false
        state = nil
    }

    /// Whether the vault is still in the state that the read began with.
    ///
    /// When it is, a row that was selected before this question is of that state too, for whatever
    /// a transaction sees was counted before.
    var isStateUnchanged: Bool { state != nil && state == commits.state }

    // MARK: Entries

    func secret(at address: SecretAddress) -> Secret? {
        used(secrets[address])
    }

    func version(_ selector: VersionSelector, ofSecret id: Int64) -> SealedVersion? {
        used(versions[VersionKey(secretID: id, selector: selector)])
    }

    /// Nil when it is not known whether anybody has the key.
    func credential(_ accessKeyID: String) -> OpenedCredential?? {
        used(credentials[accessKeyID])
    }

    func principal(_ id: Int64) -> TaggedPrincipal? {
        used(principals[id])
    }

    func policyTexts(ofPrincipal id: Int64) -> [PolicyText]? {
        used(policyTexts[id])
    }

    func resourcePolicies(ofSecret id: Int64) -> [PolicyText]? {
        used(resourcePolicies[id])
    }

    private func used<Entry>(_ entry: Entry?) -> Entry? {
        guard state != nil, let entry else { return nil }
        wasUsed = true
        return entry
    }

    func insert(_ credential: OpenedCredential?, ofAccessKey id: String) {
        guard makeRoom(for: id.utf8.count) else { return }
        credentials[id] = .some(credential)
    }

    func insert(_ principal: TaggedPrincipal) {
        guard makeRoom(for: principal.tags.count * 64) else { return }
        principals[principal.principal.id] = principal
    }

    func insert(_ texts: [PolicyText], ofPrincipal id: Int64) {
        guard makeRoom(for: texts.reduce(0) { $0 + $1.document.utf8.count }) else { return }
        policyTexts[id] = texts
    }

    func insert(_ texts: [PolicyText], ofSecret id: Int64) {
        guard makeRoom(for: texts.reduce(0) { $0 + $1.document.utf8.count }) else { return }
        resourcePolicies[id] = texts
    }

    /// Keeps a secret that was just selected.
    func insert(_ secret: Secret, at address: SecretAddress) {
        guard makeRoom(for: secret.description.utf8.count) else { return }
        secrets[address] = secret
    }

    /// Keeps a version that was just selected.
    func insert(_ sealed: SealedVersion, _ selector: VersionSelector, ofSecret id: Int64) {
        guard makeRoom(for: sealed.envelope?.sealedValue.count ?? 0) else { return }
        versions[VersionKey(secretID: id, selector: selector)] = sealed
    }

    private func makeRoom(for bytes: Int) -> Bool {
        guard bytes <= ReadCache.valueByteLimit, isStateUnchanged else { return false }
        byteCount += ReadCache.entryBytes + bytes
        if byteCount > ReadCache.byteLimit {
            removeAll()
            byteCount = ReadCache.entryBytes + bytes
        }
        return true
    }

    private func removeAll() {
        byteCount = 0
        secrets.removeAll(keepingCapacity: true)
        versions.removeAll(keepingCapacity: true)
        credentials.removeAll(keepingCapacity: true)
        principals.removeAll(keepingCapacity: true)
        policyTexts.removeAll(keepingCapacity: true)
        resourcePolicies.removeAll(keepingCapacity: true)
    }
}
