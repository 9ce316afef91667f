package import JSON
package import Notation

/// Members of answers: one without a value is left out, never `null`.
extension JSONWriter {
    package mutating func member(_ name: String, _ value: String?) {
        guard let value else { return }
        self.name(name)
        string(value)
    }

    /// A text that is left out when it is empty.
    package mutating func memberUnlessEmpty(_ name: String, _ value: String) {
        if !value.isEmpty { member(name, value) }
    }

    package mutating func member(_ name: String, _ value: Timestamp?) {
        guard let value else { return }
        self.name(name)
        value.write(to: &self)
    }

    package mutating func member(_ name: String, _ flag: Bool?) {
        guard let flag else { return }
        self.name(name)
        bool(flag)
    }

    package mutating func member(_ name: String, _ number: Int64) {
        self.name(name)
        integer(number)
    }

    package mutating func member(_ name: String, _ list: [String]) {
        self.name(name)
        beginArray()
        for element in list { string(element) }
        endArray()
    }

    package mutating func member(_ name: String, _ list: [some JSONWritable]) {
        self.name(name)
        beginArray()
        for element in list { element.write(to: &self) }
        endArray()
    }
}
