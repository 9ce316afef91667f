/// Every statement that the running vault prepares, so that a test can look at all their plans.
///
/// The cases number the statements for a connection's cache; the texts stand by topic in
/// `Query+….swift`.
enum Query: Int, CaseIterable {
    case begin, beginImmediate, commit, rollback
    case savepoint, release, rollbackToSavepoint

    case secretByName, secretByARN, secretsByPrefix
    case secretsByNameAscending, secretsByNameDescending
    case secretsByCreationAscending, secretsByCreationDescending
    case secretsByChangeAscending, secretsByChangeDescending
    case secretsByAccessAscending, secretsByAccessDescending
    case nextToPurge
    case insertSecret, updateSecret, noteSecretAccess
    case deleteSecret, deleteSecretsOfAccount, deleteEverySecret
    case tags, insertTag, deleteTags, noteTagged

    case versions, versionByID, versionByLabel
    case insertVersion, sealVersion, noteVersionAccess, deleteVersion
    case stagingLabels, insertStagingLabel, deleteStagingLabels

    case replicas, setReplica, deleteReplica
    case crossAccountReplica, setCrossAccountReplica, deleteCrossAccountReplica
    case policy, policyNames, putPolicy, deletePolicy
    case rotationConfiguration, setRotationConfiguration
    case rotation, setRotation, deleteRotation, nextRotation, nextRotationWindow

    case keyByID, keyByName, insertKey, destroyKey
    case kmsKeyByID, kmsKeyByAlias, kmsKeys, anyKMSKey, nextKMSKeyToDelete
    case insertKMSKey, updateKMSKey, forgetKMSKey, deleteKMSKeysOfAccount, deleteEveryKMSKey
    case kmsKeyPolicy, setKMSKeyPolicy
    case kmsAlias, kmsAliases, kmsAliasesOfKey, setKMSAlias, deleteKMSAlias, deleteKMSAliasesOfKey
    case kmsTags, insertKMSTag, deleteKMSTags

    case principalByName, principalByID, principals, principalsByPolicy, principalsByBoundary
    case insertPrincipal, updatePrincipal
    case deletePrincipal, deletePrincipalsOfAccount, deleteEveryPrincipal
    case principalTags, insertPrincipalTag, deletePrincipalTags
    case inlinePolicies, setInlinePolicy, deleteInlinePolicy
    case attachments, attach, detach
    case managedPolicyByARN, managedPolicyByName, managedPolicies
    case insertManagedPolicy, updateManagedPolicy
    case deleteManagedPolicy, deleteManagedPoliciesOfAccount, deleteEveryManagedPolicy
    case policyVersions, defaultPolicyVersion, insertPolicyVersion, deletePolicyVersion
    case policyTags, insertPolicyTag, deletePolicyTags
    case accessKeys, accessKeyByID, anyAccessKey, insertAccessKey, updateAccessKey
    case deleteAccessKey, deleteAccessKeysOfAccount, deleteEveryAccessKey

    case metaValue, insertMetaValue, setMetaValue, deleteMetaValue, tallies
    case appendAudit, auditBefore, auditAfter, trimAudit
    case auditChain, auditHash, auditEnd, auditUpTo, oldestAudit, firstAuditSince

    var sql: String { Query.texts[rawValue] }

    private static let texts: [String] = {
        let byCase = [
            transactionTexts, secretTexts, versionTexts, rotationTexts, keyTexts, principalTexts,
            managedPolicyTexts, vaultTexts,
        ]
        .reduce(into: [:]) { $0.merge($1) { first, _ in first } }
        return allCases.map { byCase[$0] ?? "" }
    }()

    private static let transactionTexts: [Query: String] = [
        .begin: "BEGIN",
        .beginImmediate: "BEGIN IMMEDIATE",
        .commit: "COMMIT",
        .rollback: "ROLLBACK",
        // Savepoints nest under one name: the innermost is meant.
        .savepoint: "SAVEPOINT job",
        .release: "RELEASE job",
        .rollbackToSavepoint: "ROLLBACK TO job",
    ]
}
