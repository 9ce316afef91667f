internal import Invocation
internal import JSON
internal import SignatureV4

/// Finds as whom calls are made where AWS's own tools look: the environment, the shared files, the
/// credentials of a container; else the pair that every vault knows.
package struct IdentitySource {
    private let variable: (String) -> String?
    private let file: (String) -> [UInt8]?

    /// - Parameters:
    ///   - variable: a variable of the environment; nil when it is not set or empty.
    ///   - file: the contents of a file; nil when it cannot be read.
    package init(
        variable: @escaping (String) -> String?,
        file: @escaping (String) -> [UInt8]?
    ) {
        self.variable = variable
        self.file = file
    }

    /// - Parameters:
    ///   - profile: the profile that was asked for; nil for what the environment says.
    ///   - region: the region that was asked for; nil for what environment or profile say.
    ///   - isAWS: whether AWS itself is called, which knows no test pair.
    /// - Returns: who calls, and where.
    /// - Throws: `impossible`, with what to do.
    package func identity(
        profile: String? = nil,
        region: String? = nil,
        isAWS: Bool
    ) throws(ClientError) -> Identity {
        let profiles = SharedProfiles(variable: variable, file: file)
        let named = profile ?? variable("AWS_PROFILE") ?? variable("AWS_DEFAULT_PROFILE")
        let settings = profiles.settings(of: named ?? "default")
        let region =
            region ?? (profile == nil ? environmentRegion : nil) ?? settings["region"]
            ?? environmentRegion ?? Identity.defaultRegion
        let credentials = try credentials(profile, named, settings, isAWS)
        return Identity(credentials: credentials, region: region)
    }

    private var environmentRegion: String? {
        variable("AWS_REGION") ?? variable("AWS_DEFAULT_REGION")
    }

    private func credentials(
        _ asked: String?,
        _ named: String?,
        _ settings: [String: String],
        _ isAWS: Bool
    ) throws(ClientError) -> SigningCredentials {
        if let asked {
            guard let credentials = SigningCredentials(settings) else {
                throw IdentitySource.noKeys(in: asked)
            }
            return credentials
        }
        if let credentials = try environmentCredentials() { return credentials }
        if named != nil, let credentials = SigningCredentials(settings) { return credentials }
        if let credentials = try containerCredentials() { return credentials }
        guard isAWS else { return Identity.testCredentials }
        if let credentials = SigningCredentials(settings) { return credentials }
        throw IdentitySource.noKeys(in: named ?? "default")
    }

    private func environmentCredentials() throws(ClientError) -> SigningCredentials? {
        let (id, secret) = (variable("AWS_ACCESS_KEY_ID"), variable("AWS_SECRET_ACCESS_KEY"))
        switch (id, secret) {
        case (let id?, let secret?):
            return SigningCredentials(
                keyID: id,
                secret: secret,
                sessionToken: variable("AWS_SESSION_TOKEN")
            )
        case (nil, nil): return nil
        case (nil, _): throw .impossible("AWS_SECRET_ACCESS_KEY is set, AWS_ACCESS_KEY_ID is not")
        case (_, nil): throw .impossible("AWS_ACCESS_KEY_ID is set, AWS_SECRET_ACCESS_KEY is not")
        }
    }

    /// Keys that need a sign-on, a role or a program are made by AWS's own tool.
    private static func noKeys(in profile: String) -> ClientError {
        .impossible(
            "the profile \(profile) has no access key in AWS's shared files; if it gets one by a"
                + " sign-on or a role: eval \"$(aws configure export-credentials --profile"
                + " \(profile) --format env)\""
        )
    }

    // MARK: Containers

    /// What a container's environment points at, as `pocketvault env --role` does.
    private func containerCredentials() throws(ClientError) -> SigningCredentials? {
        guard let text = variable("AWS_CONTAINER_CREDENTIALS_FULL_URI") else { return nil }
        guard let endpoint = Endpoint(text) else {
            throw .impossible("AWS_CONTAINER_CREDENTIALS_FULL_URI is no URL")
        }
        let path = text.dropFirst(endpoint.url.count)
        let transport = Transports.to(endpoint)
        var request = ClientRequest(
            "GET",
            path.isEmpty ? "/" : String(path),
            host: endpoint.authority
        )
        if let token = try containerToken() {
            request.fields.append((name: "Authorization", value: token))
        }
        let answer = try transport.send(request)
        guard answer.status == 200,
            case .object(let members)? = try? JSONParser.parse(answer.body),
            let id = members.text("AccessKeyId"), let secret = members.text("SecretAccessKey")
        else {
            throw .impossible(
                "AWS_CONTAINER_CREDENTIALS_FULL_URI gives no credentials (status"
                    + " \(answer.status))"
            )
        }
        return SigningCredentials(keyID: id, secret: secret, sessionToken: members.text("Token"))
    }

    private func containerToken() throws(ClientError) -> String? {
        guard let path = variable("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE") else {
            return variable("AWS_CONTAINER_AUTHORIZATION_TOKEN")
        }
        guard let bytes = file(path) else {
            throw .impossible("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: \(path) cannot be read")
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension SigningCredentials {
    /// The key among the settings of a profile.
    fileprivate init?(_ settings: [String: String]) {
        guard let id = settings["aws_access_key_id"],
            let secret = settings["aws_secret_access_key"]
        else { return nil }
        self.init(keyID: id, secret: secret, sessionToken: settings["aws_session_token"])
    }
}
