internal import AWS
package import Logging
internal import Notation

/// The log of the server: one line per request, and what there is to say besides.
///
/// The lines of requests do not go through swift-log, whose metadata costs more than the request's
/// own work; both end in the same sink and look the same.
package struct ServerLog: Sendable {
    private let sink: LogSink
    private let format: LogFormat
    private let level: Logger.Level

    /// A log that leaves out what is less than `level`.
    package init(to sink: LogSink, format: LogFormat, level: Logger.Level) {
        self.sink = sink
        self.format = format
        self.level = level
    }

    /// A logger for what is no request.
    package func logger(label: String) -> Logger {
        Logger(label: label) { _ in
            LineLogHandler(sink: sink, format: format, logLevel: level)
        }
    }

    /// One line for a request, and one for the cause when the fault was ours.
    func write(_ request: LoggedRequest, at now: Timestamp) {
        if let cause = request.cause, request.status >= 500, level <= .error {
            var line = LogLine(format, "error", "The request failed.", at: now)
            line.field("request", request.id)
            line.field("cause", cause)
            line.end()
            sink.append(line.bytes, isUrgent: true)
        }
        guard level <= .info else { return }
        var line = LogLine(format, "info", "request", at: now)
        line.field("method", request.method)
        line.field("service", request.service)
        if let operation = request.operation {
            line.field("operation", operation)
        } else {
            line.field("path", request.path)
        }
        line.field("resource", request.subject)
        line.field("status", request.status)
        line.field("error", request.errorCode)
        if request.status < 500 { line.field("cause", request.cause) }
        line.field("ms", microseconds: request.microseconds)
        line.field("request", request.id)
        line.end()
        sink.append(line.bytes, isUrgent: false)
    }

    /// Writes what still waits.
    package func flush() {
        sink.flush()
    }
}

/// What the log says about a request; there is no room in it for a value.
struct LoggedRequest: Sendable {
    let id: String
    let method: String
    /// Without the query, which may hold credentials.
    let path: String
    /// The service that a call was for that is not answered here.
    let service: String?
    let operation: String?
    let subject: String?
    let status: Int
    let errorCode: String?
    let cause: String?
    let microseconds: Int
}
