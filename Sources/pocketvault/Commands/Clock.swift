internal import ArgumentParser
internal import Client
internal import JSON

/// Shows and moves the clock of a running server.
struct Clock: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "clock",
        abstract: "Show or move the clock of a running server.",
        discussion: """
            Recovery windows end and schedules fire by this clock; what fell due on the way is \
            printed, oldest first. \(ServerOption.rule)

            Examples:
              pocketvault clock
              pocketvault clock advance P31D
              pocketvault clock freeze 2027-01-01T00:00:00Z
              pocketvault clock rate 3600
              pocketvault clock reset
            """,
        subcommands: [
            Show.self, Advance.self, Set.self, Freeze.self, Thaw.self, Rate.self, Reset.self,
        ],
        defaultSubcommand: Show.self
    )

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show",
            abstract: "Show the time. (default)"
        )
        @OptionGroup var call: ClockCall

        func run() throws { try call.send(nil) }
    }

    struct Advance: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "advance",
            abstract: "Go on by a length of time."
        )
        @OptionGroup var call: ClockCall
        @Argument(help: "As in 31d, P31D, 90m or P1DT12H.") var span: String

        func run() throws { try call.send(.object(JSONObject([("advance", .string(span))]))) }
    }

    struct Set: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "set",
            abstract: "Go to a moment."
        )
        @OptionGroup var call: ClockCall
        @Argument(help: "As in 2027-01-01T00:00:00Z.") var time: String

        func run() throws { try call.send(.object(JSONObject([("set", .string(time))]))) }
    }

    struct Freeze: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "freeze",
            abstract: "Stand still."
        )
        @OptionGroup var call: ClockCall
        @Argument(help: "From when on, as in 2027-01-01T00:00:00Z. (default: now)")
        var time: String?

        func run() throws {
            let value = time.map(JSONValue.string) ?? .bool(true)
            try call.send(.object(JSONObject([("freeze", value)])))
        }
    }

    struct Thaw: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "thaw",
            abstract: "Run again, at the machine's speed."
        )
        @OptionGroup var call: ClockCall

        func run() throws { try call.send(.object(JSONObject([("freeze", .bool(false))]))) }
    }

    struct Rate: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "rate",
            abstract: "Run so many times as fast as the machine's clock."
        )
        @OptionGroup var call: ClockCall
        @Argument(help: "A whole number; at 3600 an hour passes in a second.") var rate: Int

        func run() throws {
            let number = JSONValue.number(JSONNumber(Int64(rate)))
            try call.send(.object(JSONObject([("rate", number)])))
        }
    }

    struct Reset: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "reset",
            abstract: "Show the machine's time again."
        )
        @OptionGroup var call: ClockCall

        func run() throws { try call.send(.object(JSONObject([("reset", .bool(true))]))) }
    }
}
