/// The operations of one AWS service, by the names that AWS gives them.
package protocol ServiceAction: Sendable, RawRepresentable<String>, CaseIterable {
    associatedtype Card: Service where Card.Action == Self

    /// The operation of this name. A switch, so that the compiler proves that none is forgotten.
    var operation: ServiceOperation { get }
}
