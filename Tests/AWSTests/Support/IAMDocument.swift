import JSON
import TestSupport
import Testing

/// Policies of IAM as the tests write them, and what is wrong with those that are none.
enum IAMDocument {
    static let read = PolicyDraft.statement("Allow", "secretsmanager:GetSecretValue")
    static let write = PolicyDraft.statement("Allow", "secretsmanager:PutSecretValue")
    static let trust = trusting(#"{"Service":"ecs-tasks.amazonaws.com"}"#)
    /// Leaves it to the policies of the account who may assume the role.
    static let ownAccount = trusting(#"{"AWS":"arn:aws:iam::000000000000:root"}"#)

    /// A trust policy.
    ///
    /// - Parameters:
    ///   - principal: JSON.
    ///   - actions: what it lets the principal do.
    ///   - condition: JSON.
    /// - Returns: its text.
    static func trusting(
        _ principal: String,
        _ actions: String...,
        if condition: String? = nil
    ) -> String {
        let list = (actions.isEmpty ? ["sts:AssumeRole"] : actions).map { "\"\($0)\"" }
            .joined(separator: ",")
        let when = condition.map { #","Condition":\#($0)"# } ?? ""
        return #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","#
            + #""Principal":\#(principal),"Action":[\#(list)]\#(when)}]}"#
    }

    /// As answers have it: everything but letters, digits and `-._~` as in a URL.
    static func escaped(_ text: String) -> String {
        text.unicodeScalars.map { scalar in
            let isPlain =
                scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
                || "-._~".unicodeScalars.contains(scalar)
            guard !isPlain else { return String(scalar) }
            return Array(String(scalar).utf8)
                .map { "%" + ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true) }
                .joined()
        }.joined()
    }

    /// A policy whose length is `count` without white space, of which it has some too.
    static func read(ofLength count: Int) -> String {
        func text(_ sid: String) -> String {
            #"{"Version":"2012-10-17","Statement":[{"Sid":"\#(sid)","Effect":"Allow","#
                + #""Action":"s3:GetObject","Resource":"*"}]}"#
        }
        let rest = count - text("").utf8.count
        return " \t\r\n" + text(String(repeating: "a", count: rest)) + "    "
    }

    /// What is no policy of a user, a role or a managed one, and IAM's sentence about it.
    static let malformed = [
        Malformed("{", "This policy contains invalid Json"),
        Malformed("[]", "Syntax errors in policy."),
        Malformed("{}", "Syntax errors in policy."),
        Malformed(
            #"{"Version":"2012-10-17","Statement":[{"Effect":"Perhaps","Action":"s3:*","#
                + #""Resource":"*"}]}"#,
            "Syntax errors in policy."
        ),
        Malformed(
            PolicyDraft.statement("Allow", "GetObject"),
            "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc."
        ),
        Malformed(
            PolicyDraft.statement("Allow", "s3:GetObject", principal: #""*""#),
            "Policy document should not specify a principal."
        ),
    ]

    /// What is no trust policy.
    static let malformedTrust = [
        Malformed("{", "This policy contains invalid Json"),
        Malformed("{}", "Syntax errors in policy."),
        Malformed(
            trusting(#"{"AWS":"arn:aws:iam::000000000000:root"}"#, "s3:GetObject"),
            "AssumeRole policy may only specify STS AssumeRole actions."
        ),
        Malformed(
            #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole"}]}"#,
            "Missing required field Principal"
        ),
        Malformed(trusting(#"{"AWS":"nobody"}"#), "Invalid principal in policy."),
    ]
}

/// A text that is no policy, and the refusal of it.
struct Malformed: Sendable, CustomTestStringConvertible {
    let document: String
    let expected: Refusal

    init(_ document: String, _ sentence: String) {
        self.document = document
        expected = Refusal("MalformedPolicyDocument", sentence)
    }

    var testDescription: String { document }
}
