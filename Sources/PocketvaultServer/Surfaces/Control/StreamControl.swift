internal import AWS
internal import HTTPServer
internal import Notation

/// Tells what happens as it happens: `GET /_pocketvault/stream`, server-sent events.
///
/// Fields of the query are those of `/_pocketvault/audit`: with `after=N` it begins after the record N,
/// with `limit=N` with the newest N, else with what comes. `Last-Event-ID` is a later `after`, with which
/// clients come again. With `cluster` and `service` it is the stream of a task (`TaskControl`).
struct StreamControl: Sendable {
    let feed: EventFeed
    let vault: any Vault
    let tasks: TaskControl
    let work: ControlWork

    @Sendable func open(_ request: HTTPRequest, _ reply: @escaping Reply) {
        // What it begins with may have to be looked for in much of the trail.
        let isFromNewest = FormFields((request.query ?? "").utf8)["limit"] != nil
        guard isFromNewest else { return reply(opening(request)) }
        work.run(reply) { opening(request) }
    }

    /// The answer that `open` gives, here and now.
    func opening(_ request: HTTPRequest) -> Answer {
        do throws(ControlOrder.Refusal) {
            let fields = FormFields((request.query ?? "").utf8)
            guard let stream = try stream(request, fields) else {
                throw ControlOrder.Refusal(
                    "As many listen already as there may be.",
                    status: 503,
                    code: "TooManyListeners"
                )
            }
            return StreamControl.answer(stream)
        } catch {
            return error.answer
        }
    }

    /// Of a service where the request names one, else of the trail; nil when too many listen.
    private func stream(
        _ request: HTTPRequest,
        _ fields: FormFields
    ) throws(ControlOrder.Refusal) -> BodyStream? {
        if fields["service"] != nil || fields["cluster"] != nil { return try tasks.open(fields) }
        return feed.open(next: try listener(request, fields).next)
    }

    private static func answer(_ stream: BodyStream) -> Answer {
        Answer(
            HTTPResponse(
                status: 200,
                headers: [
                    ("Content-Type", ServerSentEvent.contentType), ("Cache-Control", "no-store"),
                ],
                from: .stream(stream)
            )
        )
    }

    private func listener(
        _ request: HTTPRequest,
        _ fields: FormFields
    ) throws(ControlOrder.Refusal) -> TrailListener {
        let query = try AuditQuery(fields)
        let after = try StreamControl.lastEventID(request) ?? query.after
        do throws(APIError) {
            // Taken before the trail is read, or what happens in between would be missed.
            var place = feed.place(after: 0)
            let newest = try feed.newest()
            var greeting = ServerSentEvent.opening
            let dropped = vault.droppedAuditRecords
            if dropped > 0 { greeting += EventFeed.loss(dropped) }
            place.sequence = newest
            if let after {
                // A place that the trail has not come to is one in another trail, whose server
                // was in memory: all that there is came later.
                place.sequence = after > newest ? 0 : after
            } else if fields["limit"] != nil {
                let page = try query.page(of: vault)
                place.sequence = page.last
                greeting += page.entries.flatMap(FeedItem.bytes)
            }
            return TrailListener(
                of: feed,
                vault,
                wanting: query,
                after: place,
                greeting: greeting
            )
        } catch {
            throw ControlOrder.Refusal(
                "The trail cannot be read; the log says why.",
                status: 500,
                code: "InternalServiceError",
                cause: error.cause ?? error.message
            )
        }
    }

    private static func lastEventID(
        _ request: HTTPRequest
    ) throws(ControlOrder.Refusal) -> Int64? {
        guard let text = request.headers["Last-Event-ID"], !text.isEmpty else { return nil }
        guard let number = Int64(text), number >= 0 else {
            throw ControlOrder.Refusal("The header Last-Event-ID is the id of an event.")
        }
        return number
    }
}
