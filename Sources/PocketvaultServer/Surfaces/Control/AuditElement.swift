internal import AWS
internal import JSON

/// A record of the trail as the control surface shows it.
struct AuditElement: JSONWritable {
    private let entry: AuditEntry
    private let steps: StepTimes?

    /// - Parameters:
    ///   - entry: what is shown.
    ///   - steps: those of a rotation that goes on, which no record tells yet.
    init(_ entry: AuditEntry, steps: StepTimes? = nil) {
        self.entry = entry
        self.steps = steps ?? StepTimes(of: entry.record)
    }

    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.name("sequence")
        writer.integer(entry.sequence)
        writer.name("secret")
        if let resourceARN = entry.record.resourceARN {
            writer.string(resourceARN)
        } else {
            writer.null()
        }
        if let decision = entry.record.decision {
            writer.name("decision")
            writer.string(decision)
        }
        if let fault = entry.record.fault {
            writer.name("fault")
            writer.string(fault)
        }
        if let steps {
            writer.name("steps")
            steps.write(to: &writer)
        }
        writer.name("record")
        CloudTrailRecord(entry).write(to: &writer)
        writer.endObject()
    }
}
