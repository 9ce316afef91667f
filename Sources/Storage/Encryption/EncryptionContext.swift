internal import AWS
internal import Notation

/// What a sealed box is bound to, as the additional data of AES-256-GCM.
///
/// [Encryption context](https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html#security-encryption-encryption-context):
/// the secret's ARN and the version id, here with what the box is for and the kind of the value.
/// Each part is led by its length, so that no two contexts have the same bytes; a box that is moved
/// to another row, or used for another purpose, does not open.
struct EncryptionContext {
    /// What is in the box.
    enum Purpose: UInt8 {
        case masterKeyCheck = 1
        case keyEncryptionKey = 2
        case dataKey = 3
        case value = 4
        case accessKey = 5
        case session = 6
        case ciphertext = 7
    }

    private(set) var bytes: [UInt8]

    private init(_ purpose: Purpose, kind: UInt8, _ parts: String...) {
        self.init(purpose, kind: kind, parts)
    }

    private init(_ purpose: Purpose, kind: UInt8, _ parts: [String]) {
        bytes = [purpose.rawValue, kind]
        bytes.reserveCapacity(parts.reduce(2) { $0 + 4 + $1.utf8.count })
        for part in parts {
            let count = UInt32(part.utf8.count)
            for shift: UInt32 in [24, 16, 8, 0] {
                bytes.append(UInt8(truncatingIfNeeded: count >> shift))
            }
            bytes.append(text: part)
        }
    }

    static let masterKeyCheck = EncryptionContext(.masterKeyCheck, kind: 0, "Pocketvault")

    static func keyEncryptionKey(_ name: KeyEncryptionKeyName) -> EncryptionContext {
        EncryptionContext(.keyEncryptionKey, kind: 0, name.account, name.region, name.kmsKeyID)
    }

    /// The data key of a version; `asking(for:)` turns it into that of the value.
    static func dataKey(secretARN: String, versionID: String, kind: UInt8) -> EncryptionContext {
        EncryptionContext(.dataKey, kind: kind, secretARN, versionID)
    }

    /// A secret access key, bound to the key that it belongs to.
    static func accessKey(_ id: String) -> EncryptionContext {
        EncryptionContext(.accessKey, kind: 0, id)
    }

    /// What KMS seals for a caller: the key, its material, and the pairs of the caller's own context,
    /// whose order does not matter.
    static func ciphertext(
        _ key: KeyARN,
        _ material: KMSKeyMaterial,
        _ context: KMSEncryptionContext
    ) -> EncryptionContext {
        let names = context.pairs.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        let pairs = names.flatMap { [$0, context.pairs[$0] ?? ""] }
        return EncryptionContext(.ciphertext, kind: 0, [key.text, material.id] + pairs)
    }

    /// A session token: what it is bound to stands inside it.
    static let session = EncryptionContext(.session, kind: 0)

    /// The same context for another box.
    consuming func asking(for purpose: Purpose) -> EncryptionContext {
        bytes[0] = purpose.rawValue
        return self
    }
}
