internal import AWS
internal import JSON

/// A record of the trail as the control surface shows it.
struct AuditElement: JSONWritable {
    private let entry: AuditEntry

    init(_ entry: AuditEntry) {
        self.entry = entry
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
        if let steps = StepTimes(of: entry.record) {
            writer.name("steps")
            steps.write(to: &writer)
        }
        writer.name("record")
        CloudTrailRecord(entry).write(to: &writer)
        writer.endObject()
    }
}
