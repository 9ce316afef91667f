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
    }

    /// What AssumeRole settled about a session.
    package struct Terms: Sendable, Equatable {
        /// The RoleSessionName.
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
            writer.member("name", terms.name)
            writer.member("tagKeys", terms.tags.map(\.key))
            writer.member("tagValues", terms.tags.map(\.value))
            writer.member("transitive", terms.transitiveTagKeys)
            writer.member("source", terms.sourceIdentity)
            writer.member("provider", terms.federatedProvider)
            writer.member("policy", terms.policy)
            writer.member("policies", terms.policyARNs)
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
        if let id = try members.long("user") {
            holder = .user(id)
        } else if let id = try members.long("role") {
            let keys = try members.strings("tagKeys") ?? []
            let values = try members.strings("tagValues") ?? []
            var terms = Terms(name: try members.string("name") ?? "")
            terms.tags = zip(keys, values).map(Tag.init(key:value:))
            terms.transitiveTagKeys = try members.strings("transitive") ?? []
            terms.sourceIdentity = try members.string("source")
            terms.federatedProvider = try members.string("provider")
            terms.policy = try members.string("policy")
            terms.policyARNs = try members.strings("policies") ?? []
            holder = .role(id, terms)
        } else {
            holder = .root
        }
    }
}
