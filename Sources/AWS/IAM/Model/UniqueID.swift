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

    /// A new one: the prefix and 17 characters.
    package func make(using randomness: Randomness) -> String {
        var generator = randomness
        var text = rawValue
        for _ in 0..<17 {
            text.append(UniqueID.alphabet[Int.random(in: 0..<32, using: &generator)])
        }
        return text
    }
}

/// The ids of access keys, which say whose account they are of: 16 characters, of which the first ten
/// hold a bit, the 40 bits of the account, and 9 bits of chance before the rest of it.
extension UniqueID {
    private static let characters = 16
    private static let accountBits: UInt64 = 0xFF_FFFF_FFFF

    /// The id of a new access key of an account.
    package func makeAccessKey(of account: String, using randomness: Randomness) -> String {
        var generator = randomness
        // The highest bit is set in all ids of AWS that hold an account.
        let head =
            1 << 49 | ((UInt64(account) ?? 0) & UniqueID.accountBits) << 9
            | UInt64.random(in: 0..<512, using: &generator)
        var text = rawValue
        for place in (0..<10).reversed() {
            text.append(UniqueID.alphabet[Int(head >> UInt64(place * 5) & 31)])
        }
        for _ in 10..<UniqueID.characters {
            text.append(UniqueID.alphabet[Int.random(in: 0..<32, using: &generator)])
        }
        return text
    }

    /// The account in the id of an access key; nil for what holds none.
    static func account(ofAccessKey id: String) -> String? {
        let prefixes = [accessKey, temporaryAccessKey].map(\.rawValue)
        guard id.utf8.count == 4 + characters, prefixes.contains(String(id.prefix(4))) else {
            return nil
        }
        var head: UInt64 = 0
        for letter in id.dropFirst(4).prefix(10) {
            guard let digit = alphabet.firstIndex(of: letter) else { return nil }
            head = head << 5 | UInt64(digit)
        }
        let number = head >> 9 & accountBits
        guard head >> 49 == 1, number < 1_000_000_000_000 else { return nil }
        let digits = String(number)
        return String(repeating: "0", count: 12 - digits.count) + digits
    }
}
