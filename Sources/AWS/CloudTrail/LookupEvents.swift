package import JSON
internal import Notation

/// Looks through the audit trail of an account and region, newest first.
///
/// [LookupEvents](https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html).
/// Errors: InvalidLookupAttributesException, InvalidTimeRangeException, InvalidMaxResultsException,
/// InvalidNextTokenException, InvalidEventCategoryException.
package struct LookupEvents: ReadOperation {
    package static let action = CloudTrailAction.lookupEvents

    private let attributes: [(key: String?, value: String?)]
    private let startTime: Timestamp?
    private let endTime: Timestamp?
    private let eventCategory: String?
    private let maxResults: Int64?
    private let nextToken: String?

    package init(from members: inout Members) throws(APIError) {
        attributes =
            try members.structures("LookupAttributes") { member throws(APIError) in
                (
                    key: try member.string("AttributeKey"),
                    value: try member.string("AttributeValue")
                )
            } ?? []
        startTime = try members.timestamp("StartTime")
        endTime = try members.timestamp("EndTime")
        eventCategory = try members.string("EventCategory")
        maxResults = try members.integer("MaxResults")
        nextToken = try members.string("NextToken")
    }

    package func checkBeforeLookup() throws(APIError) {
        guard attributes.count <= 1 else { throw .invalidLookupAttributes }
        guard (1...LookupEvents.maximumResults).contains(maxResults ?? 1) else {
            throw .invalidMaxResults
        }
        if let startTime, let endTime, endTime < startTime { throw .invalidTimeRange }
        guard [nil, "insight"].contains(eventCategory) else { throw .invalidEventCategory }
    }

    /// The trail has no index but what its blocks tell of themselves.
    package var mayTakeLong: Bool { true }

    package func perform(_ call: Call<NoSubject>, _ vault: any VaultReading) throws(APIError)
        -> Response
    {
        let search = try self.search(by: call)
        // Insights are found in calls that are unusual in number; there is nobody to find them.
        guard eventCategory == nil else { return Response(events: [], nextToken: nil) }
        let limit = Int(maxResults ?? LookupEvents.maximumResults)
        let query = search.description
        var place = try nextToken.map { token throws(APIError) in
            try Place(token, query: query)
        }
        var events: [AuditEntry] = []
        func answer() -> Response {
            let token = place.map { PageToken(query: query, position: $0.text).text }
            return Response(events: events, nextToken: token)
        }
        var examined = 0
        while examined < LookupEvents.maximumExamined {
            // The entry of the place may have made calls that come after it.
            let start = place.map { $0.sequence + 1 }
            let piece = try vault.auditEntries(
                before: start,
                for: search.filter,
                limit: LookupEvents.pageSize
            )
            for entry in piece.entries {
                examined += 1
                for event in try entry.withMadeCalls(vault) where place?.isBefore(event) ?? true {
                    guard events.count < limit else { return answer() }
                    place = Place(event)
                    if search.matches(event) { events.append(event) }
                }
            }
            guard let next = piece.next else { return Response(events: events, nextToken: nil) }
            place = Place(before: next)
        }
        return answer()
    }

    /// How far a look-up has come, the newest first.
    private struct Place {
        let sequence: Int64
        let part: Int

        init(_ entry: AuditEntry) {
            sequence = entry.sequence
            part = entry.part
        }

        /// All before an entry is still to come.
        init(before sequence: Int64) {
            self.sequence = sequence
            part = .max
        }

        init(_ token: String, query: String) throws(APIError) {
            let parts = try PageToken(nextToken: token, query: query).position.split(separator: ".")
            guard parts.count == 2, let sequence = Int64(parts[0]), let part = Int(parts[1]) else {
                throw .invalidNextToken
            }
            self.sequence = sequence
            self.part = part
        }

        var text: String { "\(sequence).\(part)" }

        func isBefore(_ entry: AuditEntry) -> Bool {
            entry.sequence < sequence || (entry.sequence == sequence && entry.part > part)
        }
    }

    private func search(by call: Call<NoSubject>) throws(APIError) -> EventSearch {
        var attribute: EventSearch.Attribute?
        if let sent = attributes.first {
            guard let value = sent.value, let key = sent.key,
                let known = EventSearch.Attribute.Key(rawValue: key)
            else { throw .invalidLookupAttributes }
            if known == .readOnly, !["true", "false"].contains(value) {
                throw .invalidLookupAttributes
            }
            attribute = EventSearch.Attribute(key: known, value: value)
        }
        if let startTime, startTime > call.now { throw .invalidTimeRange }
        let oldest = call.now.adding(days: -LookupEvents.daysKept)
        return EventSearch(
            scope: call.caller.scope,
            attribute: attribute,
            start: startTime,
            oldest: oldest,
            end: endTime
        )
    }

    private static let maximumResults: Int64 = 50
    private static let daysKept: Int64 = 90
    private static let pageSize = 500
    /// Beyond so many records a page is answered as it is.
    private static let maximumExamined = 20_000

    /// A page of events.
    package struct Response: Sendable, JSONWritable {
        let events: [AuditEntry]
        let nextToken: String?

        /// In the members that botocore reads; the record itself is a text of JSON.
        package func write(to writer: inout JSONWriter) {
            writer.beginObject()
            writer.name("Events")
            writer.beginArray()
            for entry in events { write(entry, to: &writer) }
            writer.endArray()
            writer.member("NextToken", nextToken)
            writer.endObject()
        }

        private func write(_ entry: AuditEntry, to writer: inout JSONWriter) {
            var record = JSONWriter(capacity: 1_024)
            CloudTrailRecord(entry).write(to: &record)
            writer.beginObject()
            writer.member("EventId", entry.eventID)
            writer.member("EventName", entry.record.eventName)
            writer.member("ReadOnly", entry.record.isReadOnly ? "true" : "false")
            writer.member("AccessKeyId", entry.record.accessKeyID)
            writer.member("EventTime", entry.record.time.wholeSeconds)
            writer.member("EventSource", entry.record.eventSource)
            writer.member("Username", entry.userName)
            writer.name("Resources")
            writer.beginArray()
            for resource in entry.resources {
                writer.beginObject()
                writer.member("ResourceType", resource.type)
                writer.member("ResourceName", resource.name)
                writer.endObject()
            }
            writer.endArray()
            writer.member("CloudTrailEvent", String(decoding: record.bytes, as: UTF8.self))
            writer.endObject()
        }
    }
}

extension Timestamp {
    /// CloudTrail's times have no fraction.
    fileprivate var wholeSeconds: Timestamp {
        Timestamp(milliseconds: milliseconds.dividedRoundingDown(by: 1_000) * 1_000)
    }
}
