import AWS
import JSON
import TestSupport
import Testing

/// What IAM has against policies, in its own words and in its order (C81).
@Suite struct PolicyGrammarTests {
    private static func statement(_ members: String) -> String {
        #"{"Version":"2012-10-17","Statement":[{"Effect":"Allow",\#(members)}]}"#
    }

    private static func about(_ resource: String) -> String {
        statement(#""Action":"s3:GetObject","Resource":"\#(resource)""#)
    }

    private static func doing(_ action: String) -> String {
        statement(#""Action":"\#(action)","Resource":"*""#)
    }

    private static let regexes =
        "Resource vendor must be fully qualified and cannot contain regexes."
    private static let path =
        "IAM resource path must either be \"*\" or start with user/, federated-user/, role/,"
        + " group/, instance-profile/, mfa/, server-certificate/, policy/, sms-mfa/,"
        + " saml-provider/, oidc-provider/, report/, access-report/."

    static let faults = [
        Malformed(about("arn:aws:s3::bucket"), "The policy failed legacy parsing"),
        Malformed(
            about("bucket"),
            "Resource bucket must be in ARN format or \"*\"."
        ),
        Malformed(
            about("arn:aws-cn:s3:::bucket"),
            "Partition \"aws-cn\" is not valid for resource \"arn:aws-cn:s3:::bucket\"."
        ),
        Malformed(
            about("arn:*:s3:::bucket"),
            "Partition \"*\" is not valid for resource \"arn:*:s3:::bucket\"."
        ),
        Malformed(
            about("arn:invented:s3:::bucket"),
            "Partition \"invented\" is not valid for resource \"arn:invented:s3:::bucket\"."
        ),
        Malformed(about("arn:aws:*:us-east-1:1:x"), regexes),
        Malformed(about("arn:aws:s3*:us-east-1:1:x"), regexes),
        Malformed(
            about("arn:aws:iam:us-east-1:000000000000:user/u"),
            "IAM resource arn:aws:iam:us-east-1:000000000000:user/u cannot contain region"
                + " information."
        ),
        Malformed(
            about("arn:aws:s3:us-east-1::bucket"),
            "Resource arn:aws:s3:us-east-1::bucket can not contain region information."
        ),
        Malformed(about("arn:aws:iam::000000000000:people/u"), path),
        Malformed(
            doing("GetObject"),
            "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc."
        ),
        Malformed(doing("s3:Get:Object"), "Actions/Condition can contain only one colon."),
        Malformed(doing("s 3:GetObject"), "Vendor s 3 is not valid"),
        Malformed(statement(#""Resource":"*""#), "Policy statement must contain actions."),
        Malformed(
            statement(#""Action":[],"Resource":"*""#),
            "Policy statement must contain actions."
        ),
        Malformed(
            statement(#""Action":"s3:GetObject""#),
            "Policy statement must contain resources."
        ),
        Malformed(
            #"{"Version":"2012-10-17","Statement":[{"Sid":"A","Effect":"Allow","#
                + #""Action":"s3:*","Resource":"*"},{"Sid":"A","Effect":"Allow","#
                + #""Action":"s3:*","Resource":"*"}]}"#,
            "Statement IDs (SID) in a single policy must be unique."
        ),
    ]

    private func refusal(_ vault: ScratchVault, _ document: String) -> Refusal? {
        vault.refusal(
            ofIAM: .createPolicy,
            ["PolicyName": "p", "PolicyDocument": .string(document)]
        )
    }

    @Test(arguments: faults)
    func `C81: each fault has a sentence of its own`(row: Malformed) throws {
        let vault = try ScratchVault()
        #expect(refusal(vault, row.document) == row.expected)
        try vault.create(.user, "u")
        #expect(
            vault.refusal(
                ofIAM: .putUserPolicy,
                [
                    "UserName": "u", "PolicyName": "p",
                    "PolicyDocument": .string(row.document),
                ]
            ) == row.expected
        )
    }

    @Test func `Only managed policies must say their version, and the old one will do`() throws {
        let vault = try ScratchVault()
        let silent = #"{"Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*"}}"#
        #expect(
            refusal(vault, silent)?.text
                == "Policy document must be version 2012-10-17 or greater."
        )
        try vault.create(.user, "u")
        try vault.putPolicy("p", silent, of: .user, "u")
        let old = silent.replacing("{\"Statement", with: "{\"Version\":\"2008-10-17\",\"Statement")
        #expect(refusal(vault, old) == nil)
    }

    @Test func `C81: of several faults the first in IAM's order is told, in whichever statement`()
        throws
    {
        let vault = try ScratchVault()
        func fault(_ statements: String...) -> String? {
            let body = statements.map { #"{"Effect":"Allow",\#($0)}"# }.joined(separator: ",")
            return refusal(vault, #"{"Version":"2012-10-17","Statement":[\#(body)]}"#)?.text
        }
        let noAction = #""Resource":"*""#
        let noVendor = #""Action":"GetObject","Resource":"*""#
        let partition = #""Action":"s3:*","Resource":"arn:x:s3:::b""#
        let noResource = #""Action":"s3:*""#
        let short = #""Action":"s3:*","Resource":"arn:aws:s3""#
        #expect(fault(noResource, noVendor)?.hasPrefix("Actions/Conditions") == true)
        #expect(fault(noVendor, partition)?.hasPrefix("Partition") == true)
        #expect(fault(partition, noAction) == "Policy statement must contain actions.")
        #expect(fault(noAction, short) == "The policy failed legacy parsing")
    }

    @Test(
        arguments: [
            "*", "arn:aws:s3:::bucket/*", "arn:aws:iam::000000000000:role/*",
            "arn:aws:iam::*:*", "arn:aws:secretsmanager:*:*:secret:app-??????",
            "arn:aws:sqs:us-east-1:000000000000:q", "arn:aws:iam::aws:policy/ReadOnlyAccess",
        ]
    )
    func `What is right is taken`(resource: String) throws {
        #expect(refusal(try ScratchVault(), Self.about(resource)) == nil)
    }

    @Test func `C57: the partition of a policy is that of the account's region`() throws {
        let vault = try ScratchVault()
        let caller = Caller.root(region: "cn-north-1")
        let document = Self.about("arn:aws-cn:s3:::bucket")
        let members: JSONValue = ["PolicyName": "p", "PolicyDocument": .string(document)]
        #expect(vault.refusal(ofIAM: .createPolicy, members, by: caller) == nil)
    }
}
