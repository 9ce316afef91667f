import AWS
import JSON
import TestSupport
import Testing

/// One row of the table of the services beside Secrets Manager: an operation, a request for it that
/// fits the furnished vault, and what comes of it.
struct CallRow: Sendable, CustomTestStringConvertible {
    /// What a request is about, and so what can be wrong with it.
    enum Subject: Sendable {
        case user, role, policy, accessKey
        /// A KMS key, by its id or ARN.
        case key
        /// The name of a KMS key.
        case alias
        /// Nothing that is there already.
        case nothing
    }

    /// A permission that the caller must have.
    struct Permission: Sendable {
        /// As in `iam:GetUser`.
        let action: String
        /// The ARN; `*` where it is asked for nothing in particular.
        let resource: String

        init(_ action: String, _ resource: String) {
            self.action = action
            self.resource = resource
        }
    }

    let call: ServiceCall
    let members: JSONValue
    let subject: Subject
    /// The required members as violations name them, in their order.
    let required: [String]
    /// The members of the answer.
    let answer: [String]
    /// The error that even the best request gets; nil for all but a few.
    let always: Refusal?
    /// The error of a request without members where none by itself is required; nil when it is fine.
    let bare: Refusal?
    /// All that the caller must be allowed.
    let permissions: [Permission]

    /// Nil for `resource` where everybody may; `also` has what else is asked for, by action and
    /// resource.
    init(
        _ call: ServiceCall,
        _ members: JSONValue = [:],
        about subject: Subject = .nothing,
        required: [String] = [],
        answer: [String] = [],
        always: Refusal? = nil,
        bare: Refusal? = nil,
        on resource: String? = "*",
        also: [(String, String)] = []
    ) {
        self.call = call
        self.members = members
        self.subject = subject
        self.required = required
        self.answer = answer
        self.always = always
        self.bare = bare
        let own = resource.map { [Permission(call.permission, $0)] } ?? []
        permissions = own + also.map(Permission.init)
    }

    var testDescription: String { call.permission }

    /// The whole table.
    static let all =
        users + userKeys + roles + policies + listsOfIAM + account + sts + kms + cloudTrail
        + ssm

    /// The request with another thing in place of the one that it is about.
    func members(about other: String) -> JSONValue {
        var changed = members
        changed.set(subjectMember, .string(other))
        return changed
    }

    /// The member that names what the request is about.
    var subjectMember: String {
        switch subject {
        case .user: "UserName"
        case .role: "RoleName"
        case .policy: "PolicyArn"
        case .accessKey: "AccessKeyId"
        case .key: members["TargetKeyId"] == nil ? "KeyId" : "TargetKeyId"
        case .alias: "AliasName"
        case .nothing: ""
        }
    }
}
