/// The services that are built: one line each.
package enum Services {
    /// All of them, in the order of their names.
    package static let all: [ServiceCard] = [
        ServiceCard(CloudTrail.self),
        ServiceCard(ECS.self),
        ServiceCard(IAM.self),
        ServiceCard(KMS.self),
        ServiceCard(SecretsManager.self),
        ServiceCard(SSM.self),
        ServiceCard(STS.self),
    ]

    /// Whether a host is an endpoint that AWS has for one of them.
    ///
    /// - Parameter host: in lower case, without a port.
    /// - Returns: whether it is.
    package static func haveEndpoint(_ host: String) -> Bool {
        ServiceEndpoint.isName(host, of: all.map(\.signingName))
    }

    /// The card of a service as the audit trail names it.
    static func card(eventSource: String) -> ServiceCard? {
        all.first { $0.eventSource == eventSource }
    }

    /// An operation by the names that the audit trail has for it; nil for what is none.
    static func operation(
        _ eventName: String,
        of eventSource: String
    ) -> (card: ServiceCard, operation: ServiceOperation)? {
        guard let card = card(eventSource: eventSource),
            let operation = card.operations.first(where: { $0.name == eventName })
        else { return nil }
        return (card, operation)
    }

    /// An operation as policies name it; nil for what is none.
    static func operation(
        permissionName: String
    ) -> (card: ServiceCard, operation: ServiceOperation)? {
        for card in all {
            let found = card.operations.first { $0.permissionNames.contains(permissionName) }
            if let found { return (card, found) }
        }
        return nil
    }
}
