import Notation
import Testing

@Suite struct ARNTests {
    @Test(
        arguments: [
            "arn:aws:secretsmanager:us-east-1:000000000000:secret:app/db-x7Yz2Q",
            "arn:aws-cn:iam::123456789012:role/path/app", "arn:aws:iam::aws:policy/ReadOnly",
            "arn:aws:s3:::bucket/key:with:colons", "arn:x:y:::z",
        ]
    )
    func `What was taken apart is put together as it was`(text: String) throws {
        #expect(try #require(ARN(text)).text == text)
    }

    @Test func `The parts are what stands between colons, and the resource keeps its own`() throws {
        let arn = try #require(ARN("arn:aws-cn:lambda:cn-north-1:123456789012:function:f:1"))
        #expect(arn.partition == "aws-cn")
        #expect(arn.service == "lambda")
        #expect(arn.scope == Scope(account: "123456789012", region: "cn-north-1"))
        #expect(arn.resource == "function:f:1")
    }

    @Test(
        arguments: [
            "", "arn", "arn:", "arn:aws:iam", "arn:aws:iam::1", "arn:aws:iam:::", "arn::iam:::x",
            "arn:aws::::x", "ARN:aws:iam:::x", " arn:aws:iam:::x", "aws:iam:::x:y",
        ]
    )
    func `A text with fewer parts, or without the ones it must have, is no ARN`(text: String) {
        #expect(ARN(text) == nil)
    }

    @Test func `The partition follows from the region`() {
        let scope = Scope(account: "000000000000", region: "us-gov-west-1")
        #expect(
            ARN("kms", in: scope, "key/1").text
                == "arn:aws-us-gov:kms:us-gov-west-1:000000000000:key/1"
        )
        #expect(scope.iamARN("root") == "arn:aws-us-gov:iam::000000000000:root")
    }
}
