import JSON
import TestSupport
import Testing

@testable import PocketvaultServer

@Suite("Invented values")
struct ValueInventorTests {
    private func invented(_ text: String) -> String {
        var inventor = ValueInventor(SplitMix64(seed: 7))
        return inventor.text(like: text)
    }

    @Test(
        arguments: [
            "hunter2", "aB3-xY9_", "RHJpZnRTZW50cnkgcHJvZHVj\ndGlvbg==", "1234", "kä7", "  x \n",
        ]
    )
    func `Each character stays of its kind, and the text is another`(text: String) {
        let invented = invented(text)
        #expect(invented != text)
        #expect(invented.unicodeScalars.count == text.unicodeScalars.count)
        for (new, old) in zip(invented.unicodeScalars, text.unicodeScalars) where old.isASCII {
            #expect(new.properties.numericType == old.properties.numericType)
            #expect(new.properties.isUppercase == old.properties.isUppercase)
            #expect(new.properties.isLowercase == old.properties.isLowercase)
            if !old.properties.isAlphabetic, old.properties.numericType == nil {
                #expect(new == old)
            }
        }
    }

    @Test func `JSON keeps its keys, kinds and places, and no value`() throws {
        let text = """
            {"engine":"postgres","port":5432,"password":"hunter22","pin":[1234,-0.5e3],"on":true,\
            "none":null,"deep":{"url":"https://key@host/1"}}
            """
        let old = try JSONParser.parse(text)
        let new = try JSONParser.parse(invented(text))
        #expect(new.names == old.names)
        #expect(new["engine"]?.string == "postgres")
        #expect(new["port"]?.integer == 5_432)
        #expect(new["on"] == true)
        #expect(new["none"] == JSONValue.null)
        #expect(new["password"]?.string?.count == 8)
        #expect(new["password"]?.string != "hunter22")
        let pins = new["pin"]?.elements?.map { $0.jsonText() }
        #expect(pins?[0].count == 4)
        #expect(pins?[1].hasPrefix("-0.") == true)
        #expect(pins?[1].hasSuffix("e3") == true)
        let url = try #require(new["deep"]["url"]?.string)
        #expect(url.hasPrefix("https://") && url.hasSuffix("@host/1"))
        #expect(url != "https://key@host/1")
    }

    @Test(
        arguments: [
            ("postgresql://app:s3cret@db.example:5432/app?sslmode=require", "s3cret"),
            ("redis://:pa@ss@cache:6379/0", "pa@ss"),
            ("https://host/hook?token=abc123&v=1", "abc123"),
            ("amqps://key123@host", "key123"),
        ]
    )
    func `Of a URL only what is secret is another`(text: String, secret: String) throws {
        let invented = invented(text)
        #expect(invented.count == text.count)
        #expect(!invented.contains(secret))
        let place = try #require(text.firstRange(of: secret))
        #expect(invented.hasPrefix(text[..<place.lowerBound]))
        #expect(invented.hasSuffix(text[place.upperBound...]))
    }

    @Test func `Hexadecimal digits stay such, and PEM keeps its frame`() {
        let hexadecimal = invented("deadbeef-0123-4abc")
        #expect(hexadecimal.allSatisfy { $0.isHexDigit || $0 == "-" })
        let pem = "-----BEGIN PRIVATE KEY-----\nMIIB\nabcd\n-----END PRIVATE KEY-----\n"
        let lines = invented(pem).split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.first == "-----BEGIN PRIVATE KEY-----")
        #expect(lines[3] == "-----END PRIVATE KEY-----")
        #expect(lines[1] != "MIIB")
        #expect(lines.count == 5)
    }

    @Test func `Bytes are as many`() {
        var inventor = ValueInventor(SplitMix64(seed: 7))
        let bytes = inventor.bytes(like: [0, 1, 2, 3, 4, 5, 6, 7])
        #expect(bytes.count == 8)
        #expect(bytes != [0, 1, 2, 3, 4, 5, 6, 7])
    }
}
