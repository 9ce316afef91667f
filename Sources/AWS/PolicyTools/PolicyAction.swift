internal import Notation

/// The names that policies have for what can be done, as far as they are known here.
///
/// Of the services that are built all names, of operations that are not built too.
enum PolicyAction {
    /// An action in its service's spelling: capital and small letters are the same in policies.
    static func spelled(_ text: String) -> String {
        guard let (service, name) = parts(of: text), let names = names[service.lowercased()] else {
            return text
        }
        let known = names.first { $0.lowercased() == name.lowercased() }
        return "\(service.lowercased()):\(known ?? name)"
    }

    /// What is wrong with a text that should be one action; nil when nothing is.
    ///
    /// What services have that are not built here cannot be told, and is taken as it is.
    static func fault(in text: String) -> String? {
        guard let (service, name) = parts(of: text) else {
            return "\"\(text)\" is no action: write it as secretsmanager:GetSecretValue."
        }
        guard let names = names[service.lowercased()] else { return nil }
        guard !names.contains(where: { $0.lowercased() == name.lowercased() }) else { return nil }
        return "\(service.lowercased()) has no action \(name)."
    }

    /// The prefix of the service and the name; nil for what is no single action.
    private static func parts(of text: String) -> (service: String, name: String)? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let service = parts.first, let name = parts.last,
            !service.isEmpty, !name.isEmpty, name.utf8.allSatisfy(ASCII.isAlphanumeric),
            service.utf8.allSatisfy({ ASCII.isAlphanumeric($0) || $0 == UInt8(ascii: "-") })
        else { return nil }
        return (String(service), String(name))
    }

    /// By the service's prefix.
    private static let names = Dictionary(
        uniqueKeysWithValues: Services.all.map { ($0.signingName, $0.permissionNames) }
    )
}
