internal import AWS
internal import HTTPServer
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
    ///
    /// Of the answer only what is said about it counts, never its body, which may hold a value.
    ///
    /// - Parameters:
    ///   - requestID: the request's id.
    ///   - method: as sent.
    ///   - path: without the query, which may hold credentials.
    ///   - answer: what is said to it.
    ///   - microseconds: how long that took.
    ///   - now: when the answer was there.
    func write(
        _ requestID: String,
        method: String,
        path: String,
        _ answer: Answer,
        microseconds: Int,
        at now: Timestamp
    ) {
        let status = answer.response.status
        if let cause = answer.cause, status >= 500, level <= .error {
            var line = LogLine(format, "error", "The request failed.", at: now)
            line.field("request", requestID)
            line.field("cause", cause)
            line.end()
            sink.append(line.bytes, isUrgent: true)
        }
        guard level <= .info else { return }
        var line = LogLine(format, "info", "request", at: now)
        line.field("method", method)
        line.field("service", answer.service)
        if let operation = answer.operation {
            line.field("operation", operation)
        } else {
            line.field("path", path)
        }
        line.field("resource", answer.subject)
        line.field("status", status)
        line.field("error", answer.errorCode)
        if status < 500 { line.field("cause", answer.cause) }
        line.field("ms", microseconds: microseconds)
        line.field("request", requestID)
        line.end()
        sink.append(line.bytes, isUrgent: false)
    }

    /// Writes what still waits.
    package func flush() {
        sink.flush()
    }
}
