import AWS
import JSON
import TestSupport

/// Policies as the tests attach them.
enum Policies {
    /// One account may read.
    static let narrow = policy(principal: #"{"AWS":"arn:aws:iam::111122223333:root"}"#)
    /// Everyone may read.
    static let broad = policy(principal: #""*""#)
    /// Everyone of an organization may read.
    static let ofOrganization = policy(
        principal: #""*""#,
        condition: #","Condition":{"StringEquals":{"aws:PrincipalOrgID":"o-abcdef1234"}}"#
    )

    static func policy(principal: String, condition: String = "") -> String {
        #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":\#(principal),"#
            + #""Action":"secretsmanager:GetSecretValue","Resource":"*"\#(condition)}]}"#
    }
}

extension ScratchVault {
    @discardableResult
    func putPolicy(_ policy: String, on secretID: String) throws -> JSONValue {
        try call(
            .putResourcePolicy,
            ["SecretId": .string(secretID), "ResourcePolicy": .string(policy)]
        )
    }

    /// The policy of a secret, parsed.
    func policy(of secretID: String) throws -> JSONValue? {
        let answer = try call(.getResourcePolicy, ["SecretId": .string(secretID)])
        return try answer["ResourcePolicy"]?.string.map { try JSONParser.parse(Array($0.utf8)) }
    }
}

extension Refusal {
    static let syntaxError = Refusal(
        "MalformedPolicyDocumentException",
        "This resource policy contains a syntax error."
    )
    static let publicPolicy = Refusal(
        "PublicPolicyException",
        "You can not attach a resource policy that grants Public access to your secret."
    )
    static let onlyDefaultPolicy = invalid(
        "The only resource policy that can be put or deleted is named default."
    )
}
