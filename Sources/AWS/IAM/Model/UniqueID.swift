/// The identifiers that AWS gives to principals, policies and keys.
///
/// [Unique identifiers](https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids)
package enum UniqueID: String, Sendable {
    case accessKey = "AKIA"
    case temporaryAccessKey = "ASIA"
    case user = "AIDA"
    case role = "AROA"
    case policy = "ANPA"

    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")

    /// A new one: the prefix and 16 or, but for access keys, 17 characters.
    package func make(using randomness: Randomness) -> String {
        var generator = randomness
        var text = rawValue
        let count = self == .accessKey || self == .temporaryAccessKey ? 16 : 17
        for _ in 0..<count {
            text.append(UniqueID.alphabet[Int.random(in: 0..<32, using: &generator)])
        }
        return text
    }
}
