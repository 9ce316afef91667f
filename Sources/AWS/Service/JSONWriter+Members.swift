internal import JSON

/// Members of answers: one without a value is left out, never `null`.
extension JSONWriter {
    mutating func member(_ name: String, _ value: String?) {
        guard let value else { return }
        self.name(name)
        string(value)
    }

    /// A text that is left out when it is empty.
    mutating func memberUnlessEmpty(_ name: String, _ value: String) {
        if !value.isEmpty { member(name, value) }
    }

    mutating func member(_ name: String, _ value: Timestamp?) {
        guard let value else { return }
        self.name(name)
        value.write(to: &self)
    }

    mutating func member(_ name: String, _ flag: Bool?) {
        guard let flag else { return }
        self.name(name)
        bool(flag)
    }

    mutating func member(_ name: String, _ number: Int64) {
        self.name(name)
        integer(number)
    }

    mutating func member(_ name: String, _ list: [String]) {
        self.name(name)
        beginArray()
        for element in list { string(element) }
        endArray()
    }

    mutating func member(_ name: String, _ list: [some JSONWritable]) {
        self.name(name)
        beginArray()
        for element in list { element.write(to: &self) }
        endArray()
    }

    /// Staging labels by version, left out when no version has a label.
    mutating func member(_ name: String, _ labels: StagingLabels) {
        let versions = labels.byVersion
        guard !versions.isEmpty else { return }
        self.name(name)
        beginObject()
        for version in versions { member(version.versionID, version.labels) }
        endObject()
    }
}
