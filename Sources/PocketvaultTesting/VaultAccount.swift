/// An account of its own in a vault: what is in it no other test sees.
///
/// It starts empty, or as a copy of a template, and is gone after the test that it was made for.
public struct VaultAccount: Sendable {
    /// Where the vault is: `http://127.0.0.1:PORT`, to be given to an SDK as its endpoint.
    public let endpoint: String
    /// Twelve digits.
    public let account: String
    /// The key of the account's root.
    public let accessKeyID: String
    /// The secret to that key, which counts where signatures are verified.
    public let secretAccessKey: String
    /// The region that `environment` names; a client may sign for any other.
    public let region: String

    /// The account of the test that is running, which the trait `vault` made for it.
    ///
    /// It is nil outside such a test, and in a detached task of one.
    @TaskLocal public static var current: VaultAccount?

    /// What the SDKs and the AWS CLI read: for a process that a test starts.
    public var environment: [String: String] {
        [
            "AWS_ENDPOINT_URL_SECRETS_MANAGER": endpoint,
            "AWS_ACCESS_KEY_ID": accessKeyID,
            "AWS_SECRET_ACCESS_KEY": secretAccessKey,
            "AWS_REGION": region,
            "AWS_DEFAULT_REGION": region,
            "AWS_EC2_METADATA_DISABLED": "true",
        ]
    }
}
