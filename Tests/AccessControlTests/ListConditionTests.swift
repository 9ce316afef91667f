import AccessControl
import Testing

/// Keys of several values: what says nothing of what to do with them holds for none.
@Suite struct ListConditionTests {
    private func holds(_ operation: String, _ key: String, _ present: [String]) throws -> Bool {
        let text = conditional(#"{"\#(operation)":{"\#(key)":"a"}}"#)
        let condition = try PolicyParser.parse(text, as: .resource).statements[0].conditions[0]
        return condition.holds(in: RequestContext([key: present]))
    }

    private static let lists = ConditionKey.all.filter { $0.kind == .list }.map { key in
        key.name.hasPrefix(":") ? "idp.test\(key.name)" : key.name
    }

    @Test(arguments: lists)
    func `C89: a list that is there matches no operator without a word for lists`(
        key: String
    ) throws {
        for operation in ["StringEquals", "StringNotEquals", "StringLike", "StringNotLike"] {
            for present in [["a"], ["b"], ["a", "b"], ["b", "c"]] {
                #expect(try !holds(operation, key, present), "\(operation) \(present)")
                #expect(try !holds("\(operation)IfExists", key, present), "\(present)")
            }
        }
    }

    @Test(arguments: lists)
    func `C89: a list that is not there is as any other key`(key: String) throws {
        #expect(try !holds("StringEquals", key, []))
        #expect(try holds("StringNotEquals", key, []))
        for operation in ["StringEqualsIfExists", "StringNotEqualsIfExists"] {
            #expect(try holds(operation, key, []))
        }
    }

    @Test(arguments: lists)
    func `With a word for lists each value is looked at`(key: String) throws {
        #expect(try holds("ForAnyValue:StringEquals", key, ["b", "a"]))
        #expect(try !holds("ForAnyValue:StringEquals", key, ["b"]))
        #expect(try holds("ForAllValues:StringEquals", key, ["a"]))
        #expect(try !holds("ForAllValues:StringEquals", key, ["b", "a"]))
        #expect(try holds("ForAnyValue:StringNotEquals", key, ["b", "a"]))
    }

    @Test func `Several values under any other key are a list too`() throws {
        #expect(try holds("StringEquals", "aws:username", ["a"]))
        #expect(try !holds("StringEquals", "aws:username", ["a", "a"]))
        #expect(try !holds("StringNotEquals", "aws:username", ["b", "c"]))
    }

    @Test func `Null tells whether a list is there`() throws {
        let text = conditional(#"{"Null":{"aws:TagKeys":"false"}}"#)
        let condition = try PolicyParser.parse(text, as: .resource).statements[0].conditions[0]
        #expect(condition.holds(in: RequestContext(["aws:TagKeys": ["a"]])))
        #expect(!condition.holds(in: RequestContext()))
    }
}
