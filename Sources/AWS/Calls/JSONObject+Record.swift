internal import JSON

extension JSONObject {
    /// The members of what a record keeps as JSON; none when it keeps nothing.
    init(record text: String?) {
        guard let text, case .object(let object)? = try? JSONParser.parse(Array(text.utf8)) else {
            self.init([(name: String, value: JSONValue)]())
            return
        }
        self = object
    }
}
