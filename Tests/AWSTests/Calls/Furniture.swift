import AWS
import JSON
import Notation
import TestSupport

/// What the vault of the table of calls has in it.
enum Furniture {
    /// The user and the role that most requests are about; each has one of everything.
    ///
    /// Those named `empty` have nothing in them, so that they can be deleted.
    static let user = "arn:aws:iam::000000000000:user/team/ordinary"
    static let role = "arn:aws:iam::000000000000:role/team/ordinary"
    /// Attached to both, with two versions.
    static let policy = "arn:aws:iam::000000000000:policy/team/ordinary"
    /// Attached to nobody, with one version.
    static let emptyPolicy = "arn:aws:iam::000000000000:policy/team/empty"
    /// The user's.
    static let accessKey = "AKIAORDINARYORDINARY"
    /// Enabled, and named `alias/ordinary`.
    static let keyID = "11111111-0000-4000-8000-000000000000"
    static let key = keyARN(keyID)
    /// Pending deletion.
    static let pendingKeyID = "22222222-0000-4000-8000-000000000000"
    /// A grant of the enabled key to the role.
    static let grantID = String(repeating: "5a", count: 32)
    /// Names the enabled key, which never sealed it.
    static let ciphertext = Base64.text(
        [1, UInt8(key.utf8.count)] + Array(key.utf8) + [UInt8](repeating: 0, count: 64)
    )
    static let alias = "arn:aws:kms:us-east-1:000000000000:alias/ordinary"
}

extension ScratchVault {
    /// A vault with all of `Furniture`.
    static func furnished(authorization: Authorization.Mode = .off) throws -> ScratchVault {
        let vault = try ScratchVault(authorization: authorization)
        try vault.furnishKeys()
        for name in ["empty", "ordinary"] {
            try vault.createPolicy(name, IAMDocument.read, ["Path": "/team/"])
            for holder in Holder.allCases {
                var members: JSONValue = ["Path": "/team/"]
                if holder == .role {
                    members.set("AssumeRolePolicyDocument", .string(IAMDocument.ownAccount))
                }
                try vault.create(holder, name, members)
            }
        }
        try vault.addVersion(to: Furniture.policy)
        for holder in Holder.allCases {
            try vault.putPolicy("inline", of: holder, "ordinary")
            try vault.attach(Furniture.policy, to: holder, "ordinary")
            try vault.bound(holder, "ordinary", by: "arn:aws:iam::aws:policy/ReadOnlyAccess")
        }
        try vault.furnishAccessKey()
        return vault
    }

    /// Keys whose ids the table can name.
    private func furnishKeys() throws {
        let now = clock.now
        let scope = Scope(account: "000000000000", region: "us-east-1")
        try write { vault throws(APIError) in
            for keyID in [Furniture.keyID, Furniture.pendingKeyID] {
                _ = try vault.insert(
                    NewKey(
                        arn: KeyARN(scope: scope, keyID: keyID),
                        policy: Furniture.keyPolicy,
                        createdAt: now
                    )
                )
            }
        }
        try kms(
            .createAlias,
            ["AliasName": "alias/ordinary", "TargetKeyId": "\(Furniture.keyID)"]
        )
        try kms(.scheduleKeyDeletion, ["KeyId": "\(Furniture.pendingKeyID)"])
        try write { vault throws(APIError) in
            guard let key = try vault.key(at: .id(Furniture.keyID, scope)) else { return }
            try vault.insert(
                KMSGrant(
                    id: Furniture.grantID,
                    key: key.arn,
                    grantee: GrantPrincipal(Furniture.role),
                    operations: ["Decrypt"],
                    issuingAccount: scope.account,
                    createdAt: now
                ),
                of: key
            )
        }
    }

    private func furnishAccessKey() throws {
        let now = clock.now
        try write { vault throws(APIError) in
            let user = try vault.principal(.user, named: "ordinary", in: "000000000000")
            try vault.insert(
                AccessKey(
                    id: Furniture.accessKey,
                    account: "000000000000",
                    principalID: user?.id,
                    createdAt: now
                ),
                secretAccessKey: long(40)
            )
        }
    }

    /// All that the account has in IAM and KMS, as text.
    func wholePicture() throws -> String {
        var parts = [try picture()]
        for action in [KMSAction.listKeys, .listAliases] { parts.append(try kms(action).text) }
        for keyID in [Furniture.keyID, Furniture.pendingKeyID] {
            let key: JSONValue = ["KeyId": "\(keyID)"]
            for action in [
                KMSAction.describeKey, .getKeyPolicy, .getKeyRotationStatus, .listResourceTags,
                .listGrants,
            ] {
                parts.append(try kms(action, key).text)
            }
        }
        return parts.joined(separator: "\n")
    }
}

extension Furniture {
    /// Leaves the key to the policies of its account.
    static let keyPolicy =
        #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","#
        + #""Principal":{"AWS":"arn:aws:iam::000000000000:root"},"Action":"kms:*","#
        + #""Resource":"*"}]}"#
}
