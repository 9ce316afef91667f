import AWS
import JSON
import TestSupport
import Testing

/// How each operation of KMS takes the names of keys that it is not for.
@Suite struct KeyAdmissionTests {
    let vault: ScratchVault

    init() throws {
        vault = try ScratchVault.furnished()
    }

    static let aboutKeys = CallRow.kms.filter { $0.subject == .key }
    static let changes = aboutKeys.filter { row in
        guard case .kms(let action) = row.call else { return false }
        return !action.operation.isReadOnly
    }

    /// The ARN of the key that a row is about.
    private func arn(of row: CallRow) -> String {
        keyARN(row.members[row.subjectMember]?.string ?? "")
    }

    @Test(arguments: aboutKeys)
    func `A key is named by its ARN as well as by its id`(row: CallRow) {
        #expect(vault.refusal(of: row.call, row.members(about: arn(of: row))) == row.always)
    }

    /// The operations that use a key or describe it.
    static let takingAliases: Set<ServiceCall> = [
        .kms(.describeKey), .kms(.encrypt), .kms(.decrypt), .kms(.generateDataKey),
        .kms(.generateDataKeyWithoutPlaintext),
    ]

    @Test(arguments: aboutKeys.filter { takingAliases.contains($0.call) })
    func `An alias stands for a key that is used or described`(row: CallRow) {
        for alias in ["alias/ordinary", Furniture.alias] {
            #expect(vault.refusal(of: row.call, row.members(about: alias)) == row.always)
        }
    }

    @Test(arguments: aboutKeys.filter { !takingAliases.contains($0.call) })
    func `C59: an alias stands for no key that is changed or told about`(row: CallRow) throws {
        let before = try vault.wholePicture()
        for alias in ["alias/ordinary", Furniture.alias] {
            let expected: Refusal =
                row.subjectMember == "TargetKeyId"
                ? Refusal("ValidationException", "Aliases must refer to keys. Not aliases")
                : .aliasesNotSupported
            #expect(vault.refusal(of: row.call, row.members(about: alias)) == expected)
        }
        #expect(try vault.wholePicture() == before)
    }

    @Test(arguments: aboutKeys)
    func `What is no key id, and an ARN that is none of KMS, are refused`(row: CallRow) throws {
        let before = try vault.wholePicture()
        #expect(vault.refusal(of: row.call, row.members(about: "x")) == .badKeyID("x"))
        let refused = vault.refusal(of: row.call, row.members(about: "arn:aws:s3:::x"))
        #expect(refused?.code == "InvalidArnException")
        #expect(try vault.wholePicture() == before)
    }

    @Test(arguments: aboutKeys)
    func `A key of another region is not known at this endpoint`(row: CallRow) throws {
        let before = try vault.wholePicture()
        let arn = arn(of: row).replacing("us-east-1", with: "eu-west-1")
        #expect(
            vault.refusal(of: row.call, row.members(about: arn))
                == Refusal("NotFoundException", "Invalid arn eu-west-1")
        )
        #expect(try vault.wholePicture() == before)
    }

    /// What AWS permits to other accounts.
    static let servingOthers =
        takingAliases.union([
            .kms(.getKeyRotationStatus), .kms(.createGrant), .kms(.listGrants), .kms(.retireGrant),
            .kms(.revokeGrant),
        ])

    @Test(arguments: aboutKeys.filter { !servingOthers.contains($0.call) })
    func `What AWS keeps to a key's own account is not answered to others`(row: CallRow) {
        guard row.call != .kms(.updateAlias) else { return }
        let arn = arn(of: row)
        #expect(vault.refusal(of: row.call, row.members(about: arn), by: stranger) == .noKey(arn))
    }

    @Test(arguments: aboutKeys.filter { servingOthers.contains($0.call) })
    func `What AWS permits to other accounts is answered to them`(row: CallRow) {
        let arn = arn(of: row)
        let refused = vault.refusal(of: row.call, row.members(about: arn), by: stranger)
        #expect(refused == row.always)
    }

    @Test(
        arguments: changes.filter {
            !servingOthers.contains($0.call) && $0.call != .kms(.updateAlias)
        }
    )
    func `Nobody changes a key of another account`(row: CallRow) throws {
        let before = try vault.wholePicture()
        let arn = arn(of: row)
        #expect(
            vault.refusal(of: row.call, row.members(about: arn), by: stranger) == .noKey(arn)
        )
        #expect(try vault.wholePicture() == before)
    }

    @Test func `An alias of one's own cannot name a key of another account`() throws {
        let own = try vault.createKey(alias: "alias/theirs", by: stranger)
        #expect(
            vault.refusal(
                ofKMS: .updateAlias,
                ["AliasName": "alias/theirs", "TargetKeyId": "\(Furniture.key)"],
                by: stranger
            ) == .noKey(Furniture.key)
        )
        #expect(try vault.describeKey("alias/theirs", by: stranger)["KeyId"]?.string == own)
    }
}
