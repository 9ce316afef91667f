internal import AWS
internal import Logging

/// Writes what is logged through swift-log into the server's sink.
struct LineLogHandler: LogHandler {
    let sink: LogSink
    let format: LogFormat
    var logLevel: Logger.Level
    var metadata: Logger.Metadata = [:]

    init(sink: LogSink, format: LogFormat, logLevel: Logger.Level) {
        self.sink = sink
        self.format = format
        self.logLevel = logLevel
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var line = LogLine(
            format,
            event.level.rawValue,
            event.message.description,
            at: SystemClock.now()
        )
        let fields = metadata.merging(event.metadata ?? [:]) { $1 }
        for (name, value) in fields.sorted(by: { $0.key < $1.key }) {
            line.field(name, value.description)
        }
        line.end()
        sink.append(line.bytes, isUrgent: event.level >= .warning)
    }
}
