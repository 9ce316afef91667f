import JSON
import Testing

@Suite struct CorpusTests {
    @Test func `The corpus has 250 documents and more, each with a name of its own`() {
        #expect(Corpus.documents.count >= 250)
        #expect(Set(Corpus.documents.map(\.name)).count == Corpus.documents.count)
    }

    @Test(arguments: Corpus.documents)
    func `A document is accepted or refused as the corpus says`(document: CorpusDocument) {
        do throws(JSONSyntaxError) {
            let value = try JSONParser.parse(document.bytes)
            guard case .writtenAs(let written) = document.outcome else {
                Issue.record("accepted")
                return
            }
            #expect(value.jsonText() == written)
            #expect(Array(value.jsonText().utf8) == Array(written.utf8))
        } catch {
            guard case .refused(let reason) = document.outcome else {
                Issue.record("refused: \(error)")
                return
            }
            #expect(error.reason == reason)
            #expect((0...document.bytes.count).contains(error.offset))
        }
    }

    @Test(arguments: Corpus.documents)
    func `What was accepted is the same value again in both written forms`(
        document: CorpusDocument
    ) throws {
        guard let value = try? JSONParser.parse(document.bytes) else { return }
        #expect(try JSONParser.parse(value.jsonBytes()) == value)
        #expect(try JSONParser.parse(value.jsonBytes(pretty: true)) == value)
    }

    @Test(arguments: Corpus.documents)
    func `White space around a document changes nothing but where an error is`(
        document: CorpusDocument
    ) {
        guard document.bytes.first != 0xEF else { return }
        let plain = Result { () throws(JSONSyntaxError) in try JSONParser.parse(document.bytes) }
        let spaced = Result { () throws(JSONSyntaxError) in
            try JSONParser.parse(Array("\n\t ".utf8) + document.bytes)
        }
        switch (plain, spaced) {
        case (.success(let plain), .success(let spaced)):
            #expect(plain == spaced)
        case (.failure(let plain), .failure(let spaced)):
            #expect(plain.reason == spaced.reason)
            #expect(plain.offset + 3 == spaced.offset)
            #expect(plain.line + 1 == spaced.line)
        default:
            Issue.record("one is accepted and the other is not")
        }
    }

    @Test(arguments: Corpus.documents)
    func `A document cut short is never accepted as the whole one`(document: CorpusDocument) throws
    {
        guard case .writtenAs = document.outcome, let last = document.bytes.last,
            last == UInt8(ascii: "}") || last == UInt8(ascii: "]") || last == UInt8(ascii: "\"")
        else { return }
        for length in document.bytes.indices {
            let start = Array(document.bytes[..<length])
            #expect(throws: JSONSyntaxError.self) { try JSONParser.parse(start) }
        }
    }
}
