package import JSON

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

    package func perform(_ call: Call, _ vault: any VaultReading) throws(APIError) -> Response {
        let search = try self.search(by: call)
        // Insights are found in calls that are unusual in number; there is nobody to find them.
        guard eventCategory == nil else { return Response(events: [], nextToken: nil) }
        let limit = Int(maxResults ?? LookupEvents.maximumResults)
        let query = search.description
        var position = try nextToken.map { token throws(APIError) in
            try LookupEvents.position(in: token, query: query)
        }
        var events: [AuditEntry] = []
        var examined = 0
        while events.count < limit, examined < LookupEvents.maximumExamined {
            let page = try vault.auditEntries(before: position, limit: LookupEvents.pageSize)
            for entry in page where events.count < limit {
                position = entry.sequence
                examined += 1
                if search.matches(entry) { events.append(entry) }
            }
            if page.count < LookupEvents.pageSize, page.last?.sequence ?? position == position {
                return Response(events: events, nextToken: nil)
            }
        }
        let token = position.map { NextToken(query: query, position: String($0)).text }
        return Response(events: events, nextToken: token)
    }

    private func search(by call: Call) throws(APIError) -> EventSearch {
        var attribute: EventSearch.Attribute?
        if let sent = attributes.first {
            guard let value = sent.value, let key = sent.key,
                let known = EventSearch.Attribute.Key(rawValue: key)
            else { throw .invalidLookupAttributes }
            attribute = EventSearch.Attribute(key: known, value: value)
        }
        let oldest = call.now.adding(days: -LookupEvents.daysKept)
        return EventSearch(
            scope: call.caller.scope,
            attribute: attribute,
            start: startTime,
            oldest: oldest,
            end: endTime
        )
    }

    private static func position(in token: String, query: String) throws(APIError) -> Int64 {
        guard let position = Int64(try NextToken(token, query: query).position) else {
            throw .invalidNextToken
        }
        return position
    }

    private static let maximumResults: Int64 = 50
    private static let daysKept: Int64 = 90
    private static let pageSize = 500
    /// Beyond so many records a page is answered as it is: the trail has no index.
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
            // What Secrets Manager records names no resources.
            writer.member("Resources", [String]())
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
