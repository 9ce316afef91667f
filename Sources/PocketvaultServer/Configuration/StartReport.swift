internal import HTTPServer
internal import Logging
internal import System

/// What the log says when a server is ready: what it was told that is better said twice, and what
/// came of its seeds.
struct StartReport {
    private let configuration: Configuration
    private let rotationFunctions: RotationFunctionList
    private let summary: SeedSummary

    init(
        _ configuration: Configuration,
        _ rotationFunctions: RotationFunctionList,
        _ summary: SeedSummary
    ) {
        self.configuration = configuration
        self.rotationFunctions = rotationFunctions
        self.summary = summary
    }

    func write(to logger: Logger) {
        if configuration.http.isBeyondLoopback {
            logger.warning(
                """
                Listening beyond this machine: whoever reaches \(configuration.host) can read \
                every secret. Use --host 127.0.0.1 unless that is meant.
                """
            )
        }
        for case .command(let path) in rotationFunctions.functions.map(\.target)
        where !Files.isExecutable(path) {
            logger.warning(
                "There is no program where a rotation function should be.",
                metadata: ["path": "\(path)"]
            )
        }
        for path in configuration.seeds where SeedFile.paths(at: path).isEmpty {
            logger.info("There is no seed document in this folder.", metadata: ["path": "\(path)"])
        }
        if configuration.hasSeeds {
            logger.info(
                "Seeds applied.",
                metadata: ["created": "\(summary.created)", "existing": "\(summary.existing)"]
            )
        }
    }
}
