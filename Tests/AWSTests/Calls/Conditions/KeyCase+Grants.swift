import AWS
import JSON
import TestSupport

/// The keys of KMS that tell about a grant to be made, and about a ciphertext that gets another key.
extension KeyCase {
    private static let grant = AskedCall.service(
        .kms(.createGrant),
        [
            "KeyId": "\(Furniture.keyID)", "GranteePrincipal": "\(Furniture.role)",
            "RetiringPrincipal": "\(Furniture.user)", "Operations": ["Decrypt", "DescribeKey"],
            "Constraints": ["EncryptionContextSubset": ["team": "red"]],
        ]
    )

    private static let reencrypt = AskedCall(permission: "kms:ReEncryptFrom") { vault, caller in
        vault.refusal(
            of: .kms(.reEncrypt),
            [
                "CiphertextBlob": "\(Furniture.ciphertext)",
                "DestinationKeyId": "\(Furniture.keyID)",
            ],
            by: caller
        )
    }

    /// C54.
    static let ofGrants: [KeyCase] = [
        KeyCase(
            "kms:GrantConstraintType",
            "StringEquals",
            "EncryptionContextSubset",
            not: "EncryptionContextEquals",
            grant
        ),
        KeyCase("kms:GranteePrincipal", "StringEquals", Furniture.role, not: Furniture.user, grant),
        KeyCase("kms:GrantIsForAWSResource", "Bool", "false", not: "true", grant),
        KeyCase(
            "kms:GrantOperations",
            "ForAnyValue:StringEquals",
            "Decrypt",
            not: "Encrypt",
            grant
        ),
        KeyCase(
            "kms:RetiringPrincipal",
            "StringEquals",
            Furniture.user,
            not: Furniture.role,
            grant
        ),
        KeyCase("kms:ReEncryptOnSameKey", "Bool", "true", not: "false", reencrypt),
    ]
}
