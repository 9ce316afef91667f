/// What came of calling a function somewhere else.
package enum InvocationResult: Sendable, Equatable {
    /// An answer over HTTP.
    case answered(HTTPAnswer)
    /// What a command wrote to its standard output before it ended with 0.
    case ended(output: [UInt8])
    /// It could not be called, was not done in time, or ended badly; why, without any value.
    case failed(String)
    /// Nobody waited for it any more.
    case cancelled
}

/// An answer over HTTP.
package struct HTTPAnswer: Sendable, Equatable {
    package let status: Int
    /// The fields of the head, in their order, names in lower case.
    package let fields: [HTTPField]
    /// The body, as far as it was kept: of a function's answer ``maximumLength`` bytes.
    package let body: [UInt8]

    package init(status: Int, fields: [HTTPField], body: [UInt8]) {
        self.status = status
        self.fields = fields
        self.body = body
    }

    /// The most bytes that are kept of a function's answer, or of what a command writes.
    package static let maximumLength = 1_048_576

    /// The value of the first field of this name.
    package subscript(name: String) -> String? {
        fields.first { $0.name == name }?.value
    }
}

/// A field of the head of an answer.
package struct HTTPField: Sendable, Equatable {
    /// In lower case, where it was received.
    package let name: String
    package let value: String

    package init(name: String, value: String) {
        self.name = name
        self.value = value
    }
}
