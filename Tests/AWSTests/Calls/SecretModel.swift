import AWS
import JSON
import Notation
import TestSupport
import Testing

/// What a secret must hold after the calls that succeeded.
struct SecretModel {
    /// Labels that random calls use: more than a secret may have.
    static let labels = ["AWSCURRENT", "AWSPREVIOUS", "AWSPENDING"] + (1...22).map { "label\($0)" }

    /// By version id: what was put first stays.
    var values: [String: String] = [:]
    var description = ""
    var tagKeys: [String] = []
    var isScheduled = false

    mutating func notePut(_ members: JSONValue) {
        if let text = members["Description"]?.string { description = text }
        guard let token = members["ClientRequestToken"]?.string,
            let value = members["SecretString"]?.string
        else { return }
        // A token that was used before can only have succeeded with its own value.
        if let former = values[token] { #expect(former == value) }
        values[token] = value
    }
}

/// All that the API tells about a secret but its values, at one moment.
struct Snapshot: Equatable {
    let described: JSONValue
    let listed: JSONValue
    let labels: [String: [String]]

    /// Nil when there is no such secret.
    init?(of name: String, in vault: ScratchVault) throws {
        let id: JSONValue = ["SecretId": "\(name)"]
        guard let described = try? vault.callRaw(.describeSecret, id) else { return nil }
        self.described = described
        listed = try vault.callRaw(.listSecretVersionIDs, id)
        labels = described.versionIDsToStages
    }

    /// The rules about labels, and what the model knows.
    func check(_ secret: SecretModel) {
        let all = labels.values.flatMap(\.self)
        #expect(Set(all).count == all.count, "a label is on one version at most")
        #expect(all.count <= 20)
        #expect(all.contains("AWSCURRENT") == !secret.values.isEmpty)
        #expect(labels.values.allSatisfy { !$0.isEmpty })
        #expect((described["Description"]?.string ?? "") == secret.description)
        #expect((described["DeletedDate"] != nil) == secret.isScheduled)
        let tagKeys = described["Tags"]?.elements?.compactMap { $0["Key"]?.string } ?? []
        #expect(tagKeys == secret.tagKeys)
        checkList()
    }

    /// ListSecretVersionIds shows the labelled versions as DescribeSecret does.
    private func checkList() {
        var listedLabels: [String: [String]] = [:]
        for version in listed["Versions"]?.elements ?? [] {
            listedLabels[version["VersionId"]?.string ?? ""] = version["VersionStages"]?.strings
        }
        #expect(listedLabels == labels)
    }

    /// No date goes back, and what cannot change has not.
    func check(comesAfter former: Snapshot) {
        guard described["ARN"] == former.described["ARN"] else { return }
        let lastChange = described["LastChangedDate"]?.milliseconds ?? 0
        let formerChange = former.described["LastChangedDate"]?.milliseconds ?? 0
        #expect(lastChange >= formerChange)
        #expect(described["CreatedDate"] == former.described["CreatedDate"])
        if labels != former.labels { #expect(lastChange > formerChange) }
    }
}

extension JSONValue {
    /// The object with one member more.
    func with(_ name: String, _ value: JSONValue) -> JSONValue {
        var object = self
        object.set(name, value)
        return object
    }
}
