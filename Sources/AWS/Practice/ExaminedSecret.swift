internal import Notation

/// A secret as `check` looks at it: what is compared of it, and not its value.
struct ExaminedSecret {
    let secret: Secret
    let environment: SecretEnvironment?
    let isTagged: Bool
    /// Nil when there is none, or none that can be opened.
    var content: Content?

    /// What is kept of the current value.
    struct Content {
        /// Nil unless the value is a JSON object.
        let memberNames: Set<String>?
        /// Numbers that are the same for the same values, in this process alone.
        let digests: [Int]
    }

    /// Something of a value that another environment's should differ from.
    struct Comparable: Hashable {
        /// The member's name; empty for the whole value.
        let member: String
        let bytes: [UInt8]
    }

    /// Its first part, which its application's other secrets share.
    var application: String {
        environment?.place?.application ?? secret.name.prefix { $0 != "/" }.description
    }

    /// The value as a whole, and the members whose names say that they are secret.
    static func comparables(_ value: SecretValue, _ parts: ValueParts) -> [Comparable] {
        let members = parts.members.filter { $0.isSensitive && $0.text.utf8.count >= 8 }
        return [Comparable(member: "", bytes: value.bytes)]
            + members.map { Comparable(member: $0.name.lowercased(), bytes: Array($0.text.utf8)) }
    }

    /// The current value; nil when there is none, or none that may be opened.
    static func value(of secret: Secret, _ vault: any VaultReading) throws(APIError) -> SecretValue?
    {
        do throws(APIError) {
            return try vault.open(.stagingLabel(StagingLabels.current), of: secret)?.value
        } catch {
            // A key that is disabled or gone is no reason to look at nothing else.
            guard error.code == .internalServiceError else { return nil }
            throw error
        }
    }
}
