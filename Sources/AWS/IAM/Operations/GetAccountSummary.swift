package import JSON
internal import Notation

/// Counts what the account has in IAM, and tells what it could have.
///
/// [GetAccountSummary](https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountSummary.html).
/// Errors: none of its own.
package struct GetAccountSummary: ReadOperation {
    package static let action = IAMAction.getAccountSummary

    package init(from members: inout Members) throws(APIError) {}

    package func perform(
        _ call: Call<NoSubject>,
        _ vault: any VaultReading
    ) throws(APIError) -> Response {
        let account = call.caller.scope.account
        let policies = try vault.managedPolicies(in: account, after: "", limit: .max)
        var versions = 0
        for policy in policies { versions += try vault.versions(of: policy).count }
        func count(_ kind: IAMPrincipal.Kind) throws(APIError) -> Int {
            try vault.principals(kind, in: account, after: "", limit: .max).count
        }
        let rootKeys = try vault.accessKeys(ofPrincipal: nil, in: account)
        let counts = [
            "AccountAccessKeysPresent": rootKeys.isEmpty ? 0 : 1,
            "Policies": policies.count,
            "PolicyVersionsInUse": versions,
            "Roles": try count(.role),
            "Users": try count(.user),
        ]
        return Response(values: counts.merging(Self.quotas) { own, _ in own })
    }

    /// What accounts may have unless somebody asks AWS for more, and none of what is never here.
    private static let quotas = [
        "AccessKeysPerUserQuota": AccessKeyOwner.maximumKeys, "AccountMFAEnabled": 0,
        "AccountPasswordPresent": 0, "AccountSigningCertificatesPresent": 0,
        "AssumeRolePolicySizeQuota": 2_048, "AttachedPoliciesPerGroupQuota": 10,
        "AttachedPoliciesPerRoleQuota": 10, "AttachedPoliciesPerUserQuota": 10,
        "GlobalEndpointTokenVersion": 1, "GroupPolicySizeQuota": 5_120, "Groups": 0,
        "GroupsPerUserQuota": 10, "GroupsQuota": 300, "InstanceProfiles": 0,
        "InstanceProfilesQuota": 1_000, "MFADevices": 0, "MFADevicesInUse": 0,
        "PoliciesQuota": 1_500, "PolicySizeQuota": 6_144, "PolicyVersionsInUseQuota": 10_000,
        "Providers": 0, "RolePolicySizeQuota": 10_240, "RolesQuota": 1_000,
        "ServerCertificates": 0, "ServerCertificatesQuota": 20,
        "SigningCertificatesPerUserQuota": 2, "UserPolicySizeQuota": 2_048, "UsersQuota": 5_000,
        "VersionsPerPolicyQuota": 5,
    ]

    /// Numbers by their names.
    package struct Response: Sendable, JSONWritable {
        let values: [String: Int]

        package func write(to writer: inout JSONWriter) {
            writer.beginObject()
            writer.name("SummaryMap")
            writer.beginObject()
            writer.name("entry")
            writer.beginArray()
            for (name, value) in values.sorted(by: { $0.key < $1.key }) {
                writer.beginObject()
                writer.member("key", name)
                writer.member("value", Int64(value))
                writer.endObject()
            }
            writer.endArray()
            writer.endObject()
            writer.endObject()
        }
    }
}
