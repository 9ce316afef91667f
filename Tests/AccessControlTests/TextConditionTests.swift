import AccessControl
import Testing

@Suite struct TextConditionTests {
    @Test(
        arguments: [
            ConditionCase("StringEquals", #""prod""#, ["prod"], true),
            ConditionCase("StringEquals", #""prod""#, ["Prod"], false),
            ConditionCase("StringEquals", #""prod""#, ["stage"], false),
            ConditionCase("StringEquals", #""prod""#, nil, false),
            ConditionCase("StringEquals", #""prod""#, [], false),
            ConditionCase("StringEquals", #"["prod","stage"]"#, ["stage"], true),
            ConditionCase("StringEquals", #"["prod","stage"]"#, ["test"], false),
            ConditionCase("StringEquals", #""p*""#, ["prod"], false),
            ConditionCase("StringEquals", #""p*""#, ["p*"], true),
            ConditionCase("StringEquals", #""p${*}""#, ["p*"], true),
            ConditionCase("StringEquals", #""""#, [""], true),
            ConditionCase("StringEquals", #""""#, nil, false),
            ConditionCase("StringEquals", "5", ["5"], true),
            ConditionCase("StringEquals", "5", ["5.0"], false),
            ConditionCase("StringEquals", "true", ["true"], true),
            ConditionCase("StringEquals", #""é""#, ["e\u{301}"], false),
            ConditionCase("StringEqualsIfExists", #""prod""#, ["prod"], true),
            ConditionCase("StringEqualsIfExists", #""prod""#, ["stage"], false),
            ConditionCase("StringEqualsIfExists", #""prod""#, nil, true),
            ConditionCase("StringNotEquals", #""prod""#, ["prod"], false),
            ConditionCase("StringNotEquals", #""prod""#, ["Prod"], true),
            ConditionCase("StringNotEquals", #"["prod","stage"]"#, ["stage"], false),
            ConditionCase("StringNotEquals", #"["prod","stage"]"#, ["test"], true),
            ConditionCase("StringNotEquals", #""prod""#, nil, true),
            ConditionCase("StringNotEqualsIfExists", #""prod""#, nil, true),
            ConditionCase("StringNotEqualsIfExists", #""prod""#, ["prod"], false),
            ConditionCase("StringEqualsIgnoreCase", #""Prod""#, ["pROD"], true),
            ConditionCase("StringEqualsIgnoreCase", #""Prod""#, ["prods"], false),
            ConditionCase("StringEqualsIgnoreCase", #""ÄRGER""#, ["ärger"], true),
            ConditionCase("StringEqualsIgnoreCase", #""Prod""#, nil, false),
            ConditionCase("StringEqualsIgnoreCaseIfExists", #""Prod""#, nil, true),
            ConditionCase("StringNotEqualsIgnoreCase", #""Prod""#, ["pROD"], false),
            ConditionCase("StringNotEqualsIgnoreCase", #""Prod""#, ["stage"], true),
            ConditionCase("StringNotEqualsIgnoreCase", #""Prod""#, nil, true),
            ConditionCase("StringLike", #""pr?d*""#, ["prod-1"], true),
            ConditionCase("StringLike", #""pr?d*""#, ["PROD-1"], false),
            ConditionCase("StringLike", #""pr?d*""#, ["prd"], false),
            ConditionCase("StringLike", #""*""#, [""], true),
            ConditionCase("StringLike", #""*""#, nil, false),
            ConditionCase("StringLike", #"["a*","b*"]"#, ["bc"], true),
            ConditionCase("StringLikeIfExists", #""p*""#, nil, true),
            ConditionCase("StringLikeIfExists", #""p*""#, ["stage"], false),
            ConditionCase("StringNotLike", #""p*""#, ["prod"], false),
            ConditionCase("StringNotLike", #""p*""#, ["stage"], true),
            ConditionCase("StringNotLike", #"["p*","s*"]"#, ["stage"], false),
            ConditionCase("StringNotLike", #""p*""#, nil, true),
        ]
    )
    func `Texts are compared as their operator says`(row: ConditionCase) throws {
        try row.check()
    }

    @Test(
        arguments: [
            // The Kelvin sign, and a sigma at the end of a word.
            ConditionCase("StringEqualsIgnoreCase", #""K""#, ["\u{212A}"], true),
            ConditionCase("StringEqualsIgnoreCase", #""ß""#, ["SS"], false),
            ConditionCase("StringEqualsIgnoreCase", #""ΟΔΟΣ""#, ["οδος"], true),
            ConditionCase("StringEqualsIgnoreCase", #""ΟΔΟΣ""#, ["οδοσ"], false),
            ConditionCase("StringEqualsIgnoreCase", #""οδοσ""#, ["οδος"], false),
            ConditionCase("StringEqualsIgnoreCase", #""ΟΔΟΣ ΑΣ""#, ["οδος ας"], true),
            ConditionCase("StringEqualsIgnoreCase", #""ΣΑ""#, ["σα"], true),
            ConditionCase("StringEqualsIgnoreCase", #""Σ""#, ["σ"], true),
            ConditionCase("StringEqualsIgnoreCase", #""ΑΣ'""#, ["ας'"], true),
            ConditionCase("StringEqualsIgnoreCase", #""ΑΣ'Α""#, ["ασ'α"], true),
            ConditionCase("StringNotEqualsIgnoreCase", #""ΟΔΟΣ""#, ["οδος"], false),
            ConditionCase("StringEqualsIgnoreCase", #""kelvink""#, ["KELVIN\u{212A}"], true),
            ConditionCase("StringEqualsIgnoreCase", #""é""#, ["e"], false),
            ConditionCase("StringEqualsIgnoreCase", #""a@b""#, ["a`b"], false),
            ConditionCase("StringEqualsIgnoreCase", #""a[b""#, ["a{b"], false),
            ConditionCase("StringEqualsIgnoreCase", #""ABC""#, ["ab"], false),
            ConditionCase("StringEqualsIgnoreCase", #""AB""#, ["abc"], false),
            ConditionCase("StringEqualsIgnoreCase", #""""#, [""], true),
        ]
    )
    func `C90: without regard to case, small letters of whole texts are compared`(
        row: ConditionCase
    ) throws {
        try row.check()
    }

    @Test(
        arguments: [
            ConditionCase("ArnEquals", #""arn:aws:sns:*:111122223333:t""#, [topic], true),
            ConditionCase("ArnEquals", #""arn:aws:sns:us-east-1:111122223333:t""#, [topic], true),
            ConditionCase("ArnEquals", #""arn:aws:sns:us-east-1:111122223333:T""#, [topic], false),
            ConditionCase("ArnEquals", #""arn:aws:sns:us-east-1:111122223333:t""#, nil, false),
            ConditionCase("ArnEqualsIfExists", #""arn:aws:sns:*:*:t""#, nil, true),
            ConditionCase("ArnLike", #""arn:aws:sns:us-????-1:*:*""#, [topic], true),
            ConditionCase("ArnLike", #""arn:aws:sqs:*:*:*""#, [topic], false),
            ConditionCase("ArnLike", #""arn:aws:*:t""#, [topic], true),
            ConditionCase("ArnLike", #""arn:*:us-east-1:111122223333:t""#, [topic], true),
            ConditionCase("ArnLike", #""arn:aws:*:*:t:*""#, [topic], false),
            ConditionCase("ArnLike", #""*""#, [topic], true),
            ConditionCase("ArnLike", #""*""#, ["not an ARN"], false),
            ConditionCase("ArnLike", #""not an ARN""#, ["not an ARN"], false),
            ConditionCase(
                "ArnLike",
                #""arn:aws:secretsmanager:*:*:secret:a:*""#,
                ["arn:aws:secretsmanager:us-east-1:111122223333:secret:a:b:c"],
                true
            ),
            ConditionCase(
                "ArnLike",
                #""arn:aws:iam:*:111122223333:role/*""#,
                ["arn:aws:iam::444455556666:role/x:111122223333:role/y"],
                false
            ),
            ConditionCase("ArnNotEquals", #""arn:aws:sns:*:*:t""#, [topic], false),
            ConditionCase("ArnNotEquals", #""arn:aws:sns:*:*:u""#, [topic], true),
            ConditionCase("ArnNotEquals", #""arn:aws:sns:*:*:u""#, nil, true),
            ConditionCase(
                "ArnNotLike",
                #"["arn:aws:sns:*:*:t","arn:aws:sns:*:*:u"]"#,
                [topic],
                false
            ),
            ConditionCase("ArnNotLike", #""arn:aws:sqs:*:*:*""#, [topic], true),
            ConditionCase("ArnNotLike", #""arn:aws:sns:*:*:*""#, ["not an ARN"], true),
            ConditionCase("ArnNotLikeIfExists", #""arn:aws:sns:*:*:*""#, nil, true),
        ]
    )
    func `ARNs are compared part by part`(row: ConditionCase) throws {
        try row.check()
    }

    private static let topic = "arn:aws:sns:us-east-1:111122223333:t"

    @Test func `An ARN may be built from variables`() throws {
        let text = conditional(
            #"{"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::${aws:PrincipalAccount}:role/*"}}"#
        )
        let hit = request(context: [
            "aws:PrincipalAccount": ["111122223333"],
            "aws:PrincipalArn": ["arn:aws:iam::111122223333:role/app"],
        ])
        let miss = request(context: [
            "aws:PrincipalAccount": ["444455556666"],
            "aws:PrincipalArn": ["arn:aws:iam::111122223333:role/app"],
        ])
        #expect(try match(text, hit) == .matches([.everyone]))
        #expect(try match(text, miss) != .matches([.everyone]))
    }

    @Test(
        arguments: [
            ConditionCase("ForAllValues:StringEquals", #"["a","b"]"#, ["a", "b"], true),
            ConditionCase("ForAllValues:StringEquals", #"["a","b"]"#, ["a"], true),
            ConditionCase("ForAllValues:StringEquals", #"["a","b"]"#, ["a", "c"], false),
            ConditionCase("ForAllValues:StringEquals", #"["a","b"]"#, nil, true),
            ConditionCase("ForAllValues:StringEquals", #"["a","b"]"#, [], true),
            ConditionCase("ForAllValues:StringEquals", #"["a","b"]"#, [""], true),
            ConditionCase("ForAllValues:StringEquals", #"["a","b"]"#, ["a", ""], false),
            ConditionCase("ForAllValues:StringNotEquals", #"["a","b"]"#, ["c", "d"], true),
            ConditionCase("ForAllValues:StringNotEquals", #"["a","b"]"#, ["c", "a"], false),
            ConditionCase("ForAllValues:StringNotEquals", #"["a","b"]"#, nil, true),
            ConditionCase("ForAllValues:StringLike", #""a*""#, ["a1", "a2"], true),
            ConditionCase("ForAllValues:StringLike", #""a*""#, ["a1", "b2"], false),
            ConditionCase("ForAllValues:StringEqualsIfExists", #""a""#, nil, true),
            ConditionCase("ForAllValues:NumericLessThan", "5", ["1", "4"], true),
            ConditionCase("ForAllValues:NumericLessThan", "5", ["1", "6"], false),
            ConditionCase("ForAnyValue:StringEquals", #"["a","b"]"#, ["c", "b"], true),
            ConditionCase("ForAnyValue:StringEquals", #"["a","b"]"#, ["c"], false),
            ConditionCase("ForAnyValue:StringEquals", #"["a","b"]"#, nil, false),
            ConditionCase("ForAnyValue:StringEquals", #"["a","b"]"#, [], false),
            ConditionCase("ForAnyValue:StringEqualsIfExists", #""a""#, nil, true),
            ConditionCase("ForAnyValue:StringEqualsIfExists", #""a""#, ["b"], false),
            ConditionCase("ForAnyValue:StringNotEquals", #"["a","b"]"#, ["a", "c"], true),
            ConditionCase("ForAnyValue:StringNotEquals", #"["a","b"]"#, ["a", "b"], false),
            ConditionCase("ForAnyValue:StringNotEquals", #"["a","b"]"#, nil, false),
            ConditionCase("ForAnyValue:StringLike", #""o-a/*""#, ["o-b/r/", "o-a/r/ou/"], true),
            ConditionCase("ForAnyValue:ArnLike", #""arn:aws:sns:*:*:t""#, ["x", topic], true),
            ConditionCase("ForAnyValue:Bool", "true", ["false", "true"], true),
            ConditionCase("StringEquals", #""a""#, ["b", "a"], false),
            ConditionCase("StringNotEquals", #""a""#, ["b", "a"], false),
            ConditionCase("StringNotEquals", #""a""#, ["b", "c"], false),
        ]
    )
    func `A key with several values is tested as the set operator says`(
        row: ConditionCase
    ) throws {
        try row.check()
    }
}
