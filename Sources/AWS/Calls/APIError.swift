/// An error as a client sees it: the code that SDKs turn into a typed exception, and a sentence.
///
/// Factories for every situation stand in the catalogue of each service; nothing else makes one.
package struct APIError: Error, Sendable {
    package let code: Code
    /// Nil for the errors of the front end that have a code only.
    package let message: String?
    /// What went wrong inside, for the log and never for the client.
    package let cause: String?

    init(_ code: Code, _ message: String?, cause: String? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }

    /// The kind of an error: its name in an answer, its HTTP status, and which member has its text.
    ///
    /// Each service declares the codes that it throws in its catalogue, as constants of this type.
    package struct Code: Sendable, Hashable {
        /// As it stands in an answer.
        package let rawValue: String
        /// Every modelled client error is 400, a missing secret included; the older services say 403
        /// of credentials.
        package let status: Int
        /// Whether the service itself throws it, and its text stands under `Message`; errors of
        /// the framework in front of the service have `message`.
        package let isOfService: Bool

        init(_ rawValue: String, status: Int = 400, isOfService: Bool = true) {
            self.rawValue = rawValue
            self.status = status
            self.isOfService = isOfService
        }
    }
}

extension APIError: Equatable {
    /// Two errors are the same when a client could not tell them apart.
    package static func == (left: APIError, right: APIError) -> Bool {
        left.code == right.code && left.message == right.message
    }
}

extension APIError {
    /// Looks for something on behalf of a request that may be wrong.
    ///
    /// - Parameter look: what is done.
    /// - Returns: what it gives; nil when the request is refused with an error of its own.
    /// - Throws: InternalServiceError, when the vault cannot be read.
    static func ofStoreOnly<Value>(
        _ look: () throws(APIError) -> Value?
    ) throws(APIError) -> Value? {
        do throws(APIError) {
            return try look()
        } catch {
            guard error.code != .internalServiceError else { throw error }
            return nil
        }
    }
}
