internal import AWS
internal import Notation

/// An operation of a service, as a request calls it.
///
/// An object, because it goes from station to station, and copies of its many parts would be counted.
final class AWSOperation: Sendable {
    let card: ServiceCard
    let operation: ServiceOperation

    init(card: ServiceCard, operation: ServiceOperation) {
        self.card = card
        self.operation = operation
    }

    /// The operation that a target names; nil when there is none of that name.
    static func called(by target: String) -> AWSOperation? {
        secretsManager[target] ?? others[target]
    }

    /// Makes the table that the first call looks in.
    static func prepare() { _ = secretsManager }

    /// Two tables by target, for the first call to a server waits until the one that it is in is made.
    private static let secretsManager = byTarget { $0.signingName == SecretsManager.signingName }
    private static let others = byTarget { $0.signingName != SecretsManager.signingName }

    /// The operations of services that speak JSON 1.1.
    private static func byTarget(
        of isOne: (ServiceCard) -> Bool
    ) -> [String: AWSOperation] {
        var operations: [String: AWSOperation] = [:]
        for card in Services.all where isOne(card) {
            guard case .json(let targetPrefix) = card.wire else { continue }
            for operation in card.operations {
                operations["\(targetPrefix).\(operation.name)"] = AWSOperation(
                    card: card,
                    operation: operation
                )
            }
        }
        return operations
    }

    /// By version and name; the operations of the services that speak the query protocol.
    private static let byVersion: [String: [String: AWSOperation]] = {
        var operations: [String: [String: AWSOperation]] = [:]
        for card in Services.all {
            guard case .query(let version, _) = card.wire else { continue }
            for operation in card.operations {
                operations[version, default: [:]][operation.name] = AWSOperation(
                    card: card,
                    operation: operation
                )
            }
        }
        return operations
    }()

    /// The operation that a form calls; nil when there is none of that name and version.
    static func called(by fields: FormFields) -> AWSOperation? {
        byVersion[fields["Version"] ?? ""]?[fields["Action"] ?? ""]
    }

    /// Of the elements of its answers.
    var namespace: String {
        if case .query(_, let namespace) = card.wire { namespace } else { "" }
    }
}
