import AWS
import JSON
import TestSupport
import Testing

@Suite("Random calls keep the rules")
struct ModelTests {
    @Test("whatever is called in whatever order", arguments: [1, 2, 3] as [UInt64])
    func randomCalls(seed: UInt64) throws {
        let run = try ModelRun(seed: seed)
        for _ in 0..<2_000 {
            try run.step()
        }
        // A run that hardly ever succeeds, or never fails, would prove little.
        #expect(run.successes > 800)
        #expect(run.refusals > 200)
    }
}

/// A vault and what must be in it, while calls are made at random.
private final class ModelRun {
    private let vault: ScratchVault
    private var random: SplitMix64
    private var secrets: [String: SecretModel] = [:]
    /// What each secret looked like after the last call on it.
    private var snapshots: [String: Snapshot] = [:]
    private var steps = 0
    private(set) var successes = 0
    private(set) var refusals = 0

    private let names = ["a", "b/c", "d"]

    init(seed: UInt64) throws {
        vault = try ScratchVault(seed: seed)
        random = SplitMix64(seed: seed)
    }

    /// One call on one secret, then all that must hold.
    func step() throws {
        steps += 1
        if chance(1, in: 3) { vault.clock.advance(milliseconds: Int64(below(3_600_000))) }
        if chance(1, in: 200) { vault.clock.advance(days: 2) }
        let name = names[below(names.count)]
        let before = snapshots[name]
        let (action, members) = call(on: name)
        let refusal = vault.refusal(of: action, members)
        let after = try Snapshot(of: name, in: vault)
        if let refusal {
            refusals += 1
            #expect(after == before, "\(action.rawValue) was refused: \(refusal)")
        } else {
            successes += 1
            note(action, members, of: name)
        }
        try checkState(action, members, refusal, of: name)
        if let before, let after { after.check(comesAfter: before) }
        snapshots[name] = after
        try check(name, after)
        if steps.isMultiple(of: 20) { try checkLists() }
    }

    // MARK: Calls

    private func call(on name: String) -> (SecretsManagerAction, JSONValue) {
        let id: JSONValue = ["SecretId": "\(name)"]
        switch below(100) {
        case 0..<8: return (.createSecret, valued(["Name": "\(name)"], always: false, name))
        case 8..<45:
            var members = valued(id, always: true, name)
            if chance(1, in: 2) { members.set("VersionStages", .array(someLabels())) }
            return (.putSecretValue, members)
        case 45..<60:
            var members = valued(id, always: false, name)
            if chance(1, in: 2) { members.set("Description", "text \(below(3))") }
            if chance(1, in: 4) { members.set("KmsKeyId", chance(1, in: 2) ? "" : "alias/k") }
            return (.updateSecret, members)
        case 60..<82: return (.updateSecretVersionStage, move(id, name))
        case 82..<84: return (.deleteSecret, id)
        case 84:
            guard chance(1, in: 4) else { return (.deleteSecret, id) }
            return (.deleteSecret, id.with("ForceDeleteWithoutRecovery", true))
        case 85..<90: return (.restoreSecret, id)
        case 90..<95: return (.tagResource, id.with("Tags", [["Key": "k\(below(4))"]]))
        case 95..<97: return (.untagResource, id.with("TagKeys", ["k\(below(4))"]))
        default: return (.getSecretValue, id)
        }
    }

    /// The members with a token, used before now and then, and a value that may be the old one.
    private func valued(_ members: JSONValue, always: Bool, _ name: String) -> JSONValue {
        let known = secrets[name]?.values ?? [:]
        var token = vault.nextToken()
        var value = "value \(steps)"
        if chance(1, in: 8), let old = known.keys.sorted().randomElement(using: &random) {
            token = old
            if chance(1, in: 2) { value = known[old] ?? value }
        }
        let members = members.with("ClientRequestToken", "\(token)")
        return always || chance(2, in: 3) ? members.with("SecretString", "\(value)") : members
    }

    private func move(_ members: JSONValue, _ name: String) -> JSONValue {
        let labels = SecretModel.labels
        let label = labels[below(labels.count)]
        var members = members.with("VersionStage", "\(label)")
        let versions = (secrets[name]?.values.keys.sorted() ?? []) + [version("unknown")]
        // Mostly from where the label is, as callers do.
        let holder = snapshots[name]?.labels.first { $0.value.contains(label) }?.key
        if chance(3, in: 4), let holder {
            members.set("RemoveFromVersionId", "\(holder)")
        } else if chance(1, in: 4) {
            members.set("RemoveFromVersionId", "\(versions[below(versions.count)])")
        }
        if chance(4, in: 5) {
            members.set("MoveToVersionId", "\(versions[below(versions.count)])")
        }
        return members
    }

    private func someLabels() -> [JSONValue] {
        (0...below(4)).map { _ in
            .string(SecretModel.labels[below(SecretModel.labels.count)])
        }
    }

    private func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &random) }

    private func chance(_ hits: Int, in all: Int) -> Bool { below(all) < hits }

    // MARK: What must hold

    /// Notes what a call that succeeded must have left.
    private func note(_ action: SecretsManagerAction, _ members: JSONValue, of name: String) {
        var secret = secrets[name] ?? SecretModel()
        let forced = members["ForceDeleteWithoutRecovery"] != nil
        switch action {
        case .createSecret, .putSecretValue, .updateSecret: secret.notePut(members)
        case .deleteSecret: secret.isScheduled = true
        case .restoreSecret: secret.isScheduled = false
        case .tagResource:
            if let key = members["Tags"][0]["Key"]?.string, !secret.tagKeys.contains(key) {
                secret.tagKeys.append(key)
            }
        case .untagResource:
            secret.tagKeys.removeAll { $0 == members["TagKeys"][0]?.string }
        default: break
        }
        secrets[name] = forced ? nil : secret
    }

    /// A secret that is not there, or scheduled, refuses by name what it must refuse.
    private func checkState(
        _ action: SecretsManagerAction,
        _ members: JSONValue,
        _ refusal: Refusal?,
        of name: String
    ) throws {
        let forced = members["ForceDeleteWithoutRecovery"] != nil
        guard action != .createSecret, !forced else { return }
        guard let secret = secrets[name] else {
            #expect(refusal == .unknownSecret)
            return
        }
        if secret.isScheduled, action != .restoreSecret, action != .deleteSecret {
            #expect(refusal == .scheduled)
        }
    }

    private func check(_ name: String, _ snapshot: Snapshot?) throws {
        guard var secret = secrets[name] else {
            #expect(snapshot == nil)
            return
        }
        let snapshot = try #require(snapshot)
        snapshot.check(secret)
        // A full secret has lost a version to the new one.
        if steps.isMultiple(of: 20) || secret.values.count > 100 {
            secret.values = try prune(secret.values, of: name, snapshot)
            secrets[name] = secret
        }
        guard !secret.isScheduled, steps.isMultiple(of: 4) else { return }
        let versionIDs = secret.values.keys.sorted().suffix(20) + snapshot.labels.keys
        guard let versionID = versionIDs.randomElement(using: &random) else { return }
        #expect(try vault.value(of: name, version: versionID) == secret.values[versionID])
        // The read has set LastAccessedDate.
        snapshots[name] = try Snapshot(of: name, in: vault)
    }

    /// The values of the versions that are still there: those that went had no label.
    private func prune(
        _ values: [String: String],
        of name: String,
        _ snapshot: Snapshot
    ) throws -> [String: String] {
        let listed = try vault.allVersions(of: name).compactMap { $0["VersionId"]?.string }
        #expect(Set(listed).isSubset(of: values.keys))
        #expect(Set(snapshot.labels.keys).isSubset(of: listed))
        #expect(listed.count == min(values.count, 100))
        return values.filter { listed.contains($0.key) }
    }

    /// ListSecrets and DescribeSecret say the same of every secret.
    private func checkLists() throws {
        let request: JSONValue = ["IncludePlannedDeletion": true, "SortBy": "name"]
        let entries = try vault.call(.listSecrets, request)["SecretList"]?.elements ?? []
        #expect(entries.compactMap { $0["Name"]?.string } == secrets.keys.sorted())
        for entry in entries {
            let described = try vault.describe(entry["Name"]?.string ?? "")
            #expect(entry["SecretVersionsToStages"] == described["VersionIdsToStages"])
            for member in described.names ?? [] where member != "VersionIdsToStages" {
                #expect(entry[member] == described[member])
            }
        }
    }
}
