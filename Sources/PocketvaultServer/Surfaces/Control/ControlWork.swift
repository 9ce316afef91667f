internal import AWS

/// Control calls that take their time: they run away from the listener's threads, one at a time.
struct ControlWork: Sendable {
    let work: LongWork

    func run(
        _ reply: @escaping Reply,
        _ body: @escaping @Sendable () throws(ControlOrder.Refusal) -> Answer
    ) {
        begin(reply) { () throws(ControlOrder.Refusal) in reply(try body()) }
    }

    /// The same for a body that replies by itself, later perhaps, unless it refuses.
    func begin(
        _ reply: @escaping Reply,
        _ body: @escaping @Sendable () throws(ControlOrder.Refusal) -> Void
    ) {
        work.run {
            do throws(ControlOrder.Refusal) {
                try body()
            } catch {
                reply(error.answer)
            }
        }
    }
}

extension Vault {
    /// Reads the vault for a control call.
    func controlReading<Value: Sendable>(
        _ body: (any VaultReading) throws(APIError) -> Value
    ) throws(ControlOrder.Refusal) -> Value {
        try controlAsking { () throws(APIError) in try reading(body) }
    }

    /// Asks the vault for a control call, in one read or several.
    func controlAsking<Value: Sendable>(
        _ body: () throws(APIError) -> Value
    ) throws(ControlOrder.Refusal) -> Value {
        do throws(APIError) {
            return try body()
        } catch {
            throw ControlOrder.Refusal(
                "The vault could not be read; the log says why.",
                status: 500,
                code: "InternalServiceError",
                cause: error.cause ?? error.code.rawValue
            )
        }
    }
}
