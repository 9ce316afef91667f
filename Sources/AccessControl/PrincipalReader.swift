internal import JSON

/// Reads `Principal` and `NotPrincipal`.
enum PrincipalReader {
    /// The principals of an element: `"*"`, or an object with a list for each kind.
    static func principals(_ element: PolicyElement) throws(PolicyError) -> [Principal] {
        if case .string(let text) = element.value {
            guard text == "*" else {
                throw element.error(.wrongType, "only * may stand here without its kind")
            }
            return [.everyone]
        }
        var principals: [Principal] = []
        for (kind, list) in try element.members() {
            for entry in try list.oneOrMore() {
                principals.append(try principal(entry, kind: kind))
            }
        }
        guard !principals.isEmpty else { throw element.error(.emptyList, "it names nobody") }
        return principals
    }

    private static func principal(
        _ element: PolicyElement,
        kind: String
    ) throws(PolicyError) -> Principal {
        let text = try element.string()
        let principal: Principal?
        switch kind {
        case "AWS": principal = Principal(aws: text)
        case "Federated": principal = Principal(federated: text)
        case "CanonicalUser": principal = Principal(canonicalUser: text)
        case "Service":
            guard let service = Principal(service: text) else {
                throw element.error(.invalidServicePrincipal, "no service \(quoted(text))")
            }
            return service
        default:
            throw element.error(.unknownPrincipalType, "there is no such kind of principal")
        }
        guard let principal else {
            throw element.error(.unsupportedPrincipal, "no principal \(quoted(text))")
        }
        return principal
    }
}
