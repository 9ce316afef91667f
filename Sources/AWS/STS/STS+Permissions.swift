/// What policies can permit of STS, of operations that are not built too.
///
/// [Actions of AWS services](https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html)
extension STS {
    package static let permissionNames = """
        AssumeRole AssumeRoleWithSAML AssumeRoleWithWebIdentity AssumeRoot \
        DecodeAuthorizationMessage GetAccessKeyInfo GetCallerIdentity \
        GetDelegatedAccessToken GetFederationToken GetServiceBearerToken GetSessionToken \
        GetWebIdentityToken SetContext SetSourceIdentity TagSession
        """
        .split(separator: " ").map(String.init)
}
