import AccessControl
import Testing

@Suite struct StatementPlacesTests {
    private func places(_ text: String) -> [[Int]] {
        StatementPlaces(in: text).statements.map { place in
            [place.start.line, place.start.column, place.end.line, place.end.column]
        }
    }

    @Test func `One statement on one line begins behind its brace and ends behind the other`() {
        let text =
            #"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"dynamodb:*","#
            + #""Resource":"*","Condition":{"DateGreaterThan":{"aws:CurrentTime":"#
            + #""2015-08-16T12:00:00Z"}}}}"#
        #expect(places(text) == [[1, 38, 1, 167]])
    }

    @Test func `Lines are counted, and braces in texts are not`() {
        let text = """
            {
             "Statement": [
              {"Sid": "a\\"{", "Resource": "}"},
              {
               "Sid": "b"
              }
             ]
            }
            """
        #expect(places(text) == [[3, 4, 3, 35], [4, 4, 6, 4]])
    }
}
