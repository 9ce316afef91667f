/// The partners that hold managed external secrets, by the value of `Type`.
///
/// [Partners](https://docs.aws.amazon.com/secretsmanager/latest/userguide/mes-partners.html)
package enum ExternalSecretType: String, Sendable, CaseIterable {
    case bigIDClientSecret = "BigIDClientSecret"
    case ciscoSecurityPlatformAPIKey = "CiscoSecurityPlatformApiKey"
    case confluentCloudAPIKey = "ConfluentCloudApiKey"
    case datadogAdminKey = "DatadogAdminKey"
    case datadogAPIKey = "DatadogApiKey"
    case datadogApplicationKey = "DatadogApplicationKey"
    case gitLabAccessToken = "GitLabAccessToken"
    case jenkinsAPIToken = "JenkinsApiToken"
    case mongoDBAtlasDatabaseUser = "MongoDBAtlasDatabaseUser"
    case mongoDBAtlasServiceAccount = "MongoDBAtlasServiceAccount"
    case netskopeAPIToken = "NetskopeApiToken"
    case paddleAPIKey = "PaddleApiKey"
    case salesforceClientSecret = "SalesforceClientSecret"
    case snowflakeKeyPairAuthentication = "SnowflakeKeyPairAuthentication"
    case snowflakePAT = "SnowflakePat"
    case sonarQubeToken = "SonarQubeToken"

    /// What a `Type` leaves on the secret; an empty one leaves none.
    package static func stored(_ type: String) throws(APIError) -> String? {
        guard !type.isEmpty else { return nil }
        guard ExternalSecretType(rawValue: type) != nil else { throw .unknownSecretType }
        return type
    }
}
