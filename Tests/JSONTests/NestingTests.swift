import Glibc
import JSON
import Testing

@Suite struct NestingTests {
    static let shapes = [("[", "", "]"), (#"{"a":"#, "1", "}"), (#"{"a":"#, "[]", "}")]

    static func document(_ shape: (String, String, String), depth: Int) -> String {
        // The innermost pair of the third shape is one level more.
        let outer = shape.1 == "[]" ? depth - 1 : depth
        return String(repeating: shape.0, count: outer) + shape.1
            + String(repeating: shape.2, count: outer)
    }

    @Test(arguments: 0..<shapes.count, [1, 2, 128, 256])
    func `Nesting is accepted at the limit and refused beyond`(shape: Int, limit: Int) throws {
        let shape = Self.shapes[shape]
        let fitting = Self.document(shape, depth: limit)
        let value = try JSONParser.parse(fitting, maximumDepth: limit)
        #expect(value.jsonText() == fitting)
        let error = #expect(throws: JSONSyntaxError.self) {
            try JSONParser.parse(Self.document(shape, depth: limit + 1), maximumDepth: limit)
        }
        #expect(error?.reason == .tooDeep(maximum: limit))
    }

    @Test func `A limit of zero leaves scalars`() throws {
        #expect(try JSONParser.parse("1", maximumDepth: 0) == .number(JSONNumber(1)))
        #expect(throws: JSONSyntaxError.self) { try JSONParser.parse("[]", maximumDepth: 0) }
    }

    @Test func `No caller can have more than the greatest depth`() {
        let error = #expect(throws: JSONSyntaxError.self) {
            try JSONParser.parse(String(repeating: "[", count: 1_000_000), maximumDepth: .max)
        }
        #expect(error?.reason == .tooDeep(maximum: JSONParser.greatestDepth))
    }

    @Test func `Many values side by side are not deep`() throws {
        let json = "[" + Array(repeating: "[]", count: 10_000).joined(separator: ",") + "]"
        #expect(try JSONParser.parse(json, maximumDepth: 2).jsonText() == json)
    }

    @Test func `The greatest depth fits in a stack of 1 MiB`() {
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setstacksize(&attributes, 1 << 20)
        var thread = pthread_t()
        let status = pthread_create(
            &thread,
            &attributes,
            { _ in
                NestingTests.exerciseGreatestDepth()
                return nil
            },
            nil
        )
        #expect(status == 0)
        // A stack that is too small ends the process.
        pthread_join(thread, nil)
    }

    /// Parses, writes, compares and releases values of the greatest depth.
    static func exerciseGreatestDepth() {
        for shape in shapes {
            let json = document(shape, depth: JSONParser.greatestDepth)
            let value = try? JSONParser.parse(json, maximumDepth: .max)
            let again = try? JSONParser.parse(
                value?.jsonText(pretty: true) ?? "",
                maximumDepth: .max
            )
            precondition(value != nil && value == again)
        }
    }
}
