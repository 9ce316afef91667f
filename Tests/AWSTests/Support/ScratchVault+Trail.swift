import AWS
import JSON
import TestSupport

extension ScratchVault {
    /// What LookupEvents finds by an attribute, the newest first; reads are there already.
    func events(
        _ key: String,
        _ value: String,
        _ others: JSONValue = [:],
        by caller: Caller = .root()
    ) throws -> [JSONValue] {
        // A read's record may come after its answer; it comes with the next change.
        try write { _ in }
        var members = others
        let attribute: JSONValue = ["AttributeKey": "\(key)", "AttributeValue": "\(value)"]
        members.set("LookupAttributes", [attribute])
        return try cloudTrail(.lookupEvents, members, by: caller)["Events"]?.elements ?? []
    }

    /// The records of the events that have a name, the newest first.
    func records(of eventName: String, by caller: Caller = .root()) throws -> [JSONValue] {
        try events("EventName", eventName, by: caller).map { event in
            try JSONParser.parse(Array((event["CloudTrailEvent"]?.string ?? "").utf8))
        }
    }

    /// The record of the newest of them.
    func record(of eventName: String, by caller: Caller = .root()) throws -> JSONValue {
        try records(of: eventName, by: caller).first ?? .null
    }
}

extension JSONValue {
    /// Type and name of each resource of an event.
    var resources: [String] {
        (self["Resources"]?.elements ?? []).map { resource in
            "\(resource["ResourceType"]?.string ?? "") \(resource["ResourceName"]?.string ?? "")"
        }
    }
}
