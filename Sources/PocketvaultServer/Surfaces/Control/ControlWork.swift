internal import AWS
internal import Dispatch

/// Control calls that take their time: they run away from the listener's threads.
enum ControlWork {
    static func run(
        _ reply: @escaping Reply,
        _ body: @escaping @Sendable () throws(ControlOrder.Refusal) -> Answer
    ) {
        begin(reply) { () throws(ControlOrder.Refusal) in reply(try body()) }
    }

    /// The same for a body that replies by itself, later perhaps, unless it refuses.
    static func begin(
        _ reply: @escaping Reply,
        _ body: @escaping @Sendable () throws(ControlOrder.Refusal) -> Void
    ) {
        DispatchQueue.global().async {
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
        do throws(APIError) {
            return try reading(body)
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
