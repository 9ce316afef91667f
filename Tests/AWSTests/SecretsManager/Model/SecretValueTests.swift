import AWS
import Testing

@Suite("Secret values")
struct SecretValueTests {
    @Test("a value prints as redacted, however it is printed")
    func redacted() {
        let value = SecretValue(kind: .string, bytes: Array("hunter2".utf8))
        var dumped = ""
        dump(value, to: &dumped)
        let texts = ["\(value)", String(describing: value), String(reflecting: value), dumped]
        for text in texts {
            #expect(text.contains("redacted"))
            #expect(!text.contains("hunter2") && !text.contains("104"))
        }
    }
}
