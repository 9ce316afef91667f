package import JSON
internal import Notation

/// When the steps of a rotation were over, as the record of its end keeps it.
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

    /// Nil where no step was over.
    var jsonText: String? { times.members.isEmpty ? nil : times.jsonText() }

    package func write(to writer: inout JSONWriter) {
        JSONValue.object(times).write(to: &writer)
    }
}
