package import JSON
internal import Notation

/// When the steps of a rotation were over: the record of its end keeps it, and while it goes on the
/// rotation itself.
///
/// CloudTrail shows nothing of it: its events have no `responseElements`. Who asks the vault itself
/// has it beside the record.
package struct StepTimes: JSONWritable {
    /// By the names of the steps, in their order; a time is a text as in RFC 3339.
    private let times: JSONObject

    init(_ steps: [Rotation.Step: Timestamp]) {
        times = JSONObject(
            Rotation.Step.allCases.compactMap { step in
                steps[step].map { (name: step.rawValue, value: .string($0.text)) }
            }
        )
    }

    /// Nil for a record that tells of no steps.
    package init?(of record: AuditRecord) {
        guard record.isServiceEvent, let kept = record.responseElements else { return nil }
        times = JSONObject(record: kept)
    }

    /// Of the rotation that a record begins, as far as it is now; nil when none of its steps is over or
    /// it goes on no more.
    package init?(
        begunBy record: AuditRecord,
        in vault: any VaultReading
    ) throws(APIError) {
        let beginnings: [ServiceEvent.Name] = [.rotationStarted, .testRotationStarted]
        guard record.isServiceEvent,
            beginnings.contains(where: { $0.rawValue == record.eventName }),
            let arn = record.resourceARN,
            let secret = try vault.secret(at: .arn(arn, record.scope)),
            let rotation = try vault.rotation(of: secret),
            // The event's id ends with the version that it is about.
            record.requestID.hasSuffix(rotation.versionID), !rotation.finishedAt.isEmpty
        else { return nil }
        self.init(rotation.finishedAt)
    }

    /// Nil where no step was over.
    var jsonText: String? { times.members.isEmpty ? nil : times.jsonText() }

    package func write(to writer: inout JSONWriter) {
        JSONValue.object(times).write(to: &writer)
    }
}
