internal import JSON
package import Notation

/// Temporary credentials, and whose they are.
///
/// All of it is in the session token, sealed: the vault keeps no sessions.
///
/// [Temporary security credentials](https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp.html)
package struct Session: Sendable, Equatable {
    /// Whose credentials they are.
    package enum Holder: Sendable, Equatable {
        /// The root of the account.
        case root
        /// A user, by its `IAMPrincipal.id`.
        case user(Int64)
        /// A role, by its `IAMPrincipal.id`, and what was asked for when it was assumed.
        case role(Int64, Terms)
        /// A guest of a user's, by its `IAMPrincipal.id`, or of the root's when that is nil, and what
        /// GetFederationToken was asked for.
        case federatedUser(Int64?, Terms)
    }

    /// What AssumeRole or GetFederationToken settled about a session.
    package struct Terms: Sendable, Equatable {
        /// The RoleSessionName, or the guest's.
        package var name: String
        package var tags: [Tag] = []
        package var transitiveTagKeys: [String] = []
        package var sourceIdentity: String?
        /// The identity provider whose token it was.
        package var federatedProvider: String?
        /// The session policy itself.
        package var policy: String?
        /// The managed policies that are session policies, by their ARNs.
        package var policyARNs: [String] = []

        package init(name: String) {
            self.name = name
        }
    }

    /// As in `ASIA…`.
    package let accessKeyID: String
    package let secretAccessKey: String
    package let account: String
    package let startedAt: Timestamp
    package let expiresAt: Timestamp
    /// Whether `expiresAt` is a time of the machine and not of the vault, whose clock may be moved.
    package let isTimedByMachine: Bool
    package let holder: Holder

    package init(
        accessKeyID: String,
        secretAccessKey: String,
        account: String,
        startedAt: Timestamp,
        expiresAt: Timestamp,
        isTimedByMachine: Bool = false,
        holder: Holder
    ) {
        self.accessKeyID = accessKeyID
        self.secretAccessKey = secretAccessKey
        self.account = account
        self.startedAt = startedAt
        self.expiresAt = expiresAt
        self.isTimedByMachine = isTimedByMachine
        self.holder = holder
    }

    /// The same until a time of the machine: for a program that keeps them for as long as its own
    /// clock says, whatever becomes of the vault's.
    package func lasting(untilMachineTime end: Timestamp) -> Session {
        Session(
            accessKeyID: accessKeyID,
            secretAccessKey: secretAccessKey,
            account: account,
            startedAt: startedAt,
            expiresAt: end,
            isTimedByMachine: true,
            holder: holder
        )
    }

    /// What is sealed into the token.
    package var bytes: [UInt8] {
        var writer = JSONWriter(capacity: 256)
        writer.beginObject()
        writer.member("key", accessKeyID)
        writer.member("secret", secretAccessKey)
        writer.member("account", account)
        writer.member("from", startedAt.milliseconds)
        writer.member("to", expiresAt.milliseconds)
        if isTimedByMachine { writer.member("machine", true) }
        switch holder {
        case .root: break
        case .user(let id): writer.member("user", id)
        case .role(let id, let terms):
            writer.member("role", id)
            terms.write(to: &writer)
        case .federatedUser(let id, let terms):
            writer.member("federated", true)
            if let id { writer.member("user", id) }
            terms.write(to: &writer)
        }
        writer.endObject()
        return writer.bytes
    }

    /// Reads what came out of a token; nil when another program version wrote it.
    package init?(_ bytes: [UInt8]) {
        guard case .object(let object)? = try? JSONParser.parse(bytes) else { return nil }
        var members = Members(object)
        guard let read = try? Session(&members) else { return nil }
        self = read
    }

    private init?(_ members: inout Members) throws(APIError) {
        guard let key = try members.string("key"), let secret = try members.string("secret"),
            let account = try members.string("account"), let from = try members.long("from"),
            let to = try members.long("to")
        else { return nil }
        accessKeyID = key
        secretAccessKey = secret
        self.account = account
        startedAt = Timestamp(milliseconds: from)
        expiresAt = Timestamp(milliseconds: to)
        isTimedByMachine = try members.boolean("machine") ?? false
        if try members.boolean("federated") == true {
            holder = .federatedUser(try members.long("user"), try Terms(&members))
        } else if let id = try members.long("user") {
            holder = .user(id)
        } else if let id = try members.long("role") {
            holder = .role(id, try Terms(&members))
        } else {
            holder = .root
        }
    }
}

extension Session.Terms {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.member("name", name)
        writer.member("tagKeys", tags.map(\.key))
        writer.member("tagValues", tags.map(\.value))
        writer.member("transitive", transitiveTagKeys)
        writer.member("source", sourceIdentity)
        writer.member("provider", federatedProvider)
        writer.member("policy", policy)
        writer.member("policies", policyARNs)
    }

    fileprivate init(_ members: inout Members) throws(APIError) {
        self.init(name: try members.string("name") ?? "")
        let keys = try members.strings("tagKeys") ?? []
        let values = try members.strings("tagValues") ?? []
        tags = zip(keys, values).map(Tag.init(key:value:))
        transitiveTagKeys = try members.strings("transitive") ?? []
        sourceIdentity = try members.string("source")
        federatedProvider = try members.string("provider")
        policy = try members.string("policy")
        policyARNs = try members.strings("policies") ?? []
    }
}
