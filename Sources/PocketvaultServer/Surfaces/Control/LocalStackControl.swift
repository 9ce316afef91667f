internal import HTTPServer
internal import JSON

/// What compose files and test libraries that were written for LocalStack ask before they begin.
///
/// Its JSON has a space after each colon and comma, and shell scripts look for just that text.
struct LocalStackControl: Sendable {
    let health: HealthControl

    static let prefix = "/_localstack"
    static let healthPath = "\(prefix)/health"

    /// Where the answers below have their place.
    var routes: [ControlRoute] {
        let reading = ControlRoute.reading
        return [
            ControlRoute(Self.healthPath, reading) { _ in alive() },
            ControlRoute("\(Self.prefix)/info", reading) { _ in info() },
            ControlRoute("\(Self.prefix)/init", reading) { _ in stages() },
        ]
            + Stage.allCases.map { stage in
                ControlRoute("\(Self.prefix)/init/\(stage.path)", reading) { _ in
                    answer([("completed", .bool(isCompleted(stage))), ("scripts", .array([]))])
                }
            }
    }

    /// The stages of LocalStack's start; there are no scripts here, and whoever can ask comes after
    /// the seeds.
    private enum Stage: String, CaseIterable {
        case boot = "BOOT"
        case start = "START"
        case ready = "READY"
        case shutdown = "SHUTDOWN"

        var path: String { rawValue.lowercased() }
    }

    private func isCompleted(_ stage: Stage) -> Bool {
        stage != .shutdown
    }

    private func alive() -> Answer {
        let alive = health.alive()
        guard alive.response.status == 200,
            case .object(let object)? = try? JSONParser.parse(alive.response.body)
        else { return alive }
        return answer(object.members + [("edition", .string("pocketvault"))])
    }

    private func info() -> Answer {
        answer([
            ("version", .string(Server.version)), ("edition", .string("pocketvault")),
            ("is_license_activated", .bool(false)),
        ])
    }

    private func stages() -> Answer {
        let completed = Stage.allCases.map { stage in
            (name: stage.rawValue, value: JSONValue.bool(isCompleted(stage)))
        }
        return answer([("completed", .object(JSONObject(completed))), ("scripts", .array([]))])
    }

    private func answer(_ members: [(name: String, value: JSONValue)]) -> Answer {
        let text = LocalStackControl.spaced(.object(JSONObject(members)))
        let fields = [("Content-Type", "application/json"), ("Cache-Control", "no-store")]
        return Answer(HTTPResponse(status: 200, headers: fields, body: Array(text.utf8)))
    }

    /// JSON as Python writes it.
    private static func spaced(_ value: JSONValue) -> String {
        switch value {
        case .object(let object):
            let members = object.members.map { member in
                "\(JSONValue.string(member.name).jsonText()): \(spaced(member.value))"
            }
            return "{\(members.joined(separator: ", "))}"
        case .array(let elements):
            return "[\(elements.map(spaced).joined(separator: ", "))]"
        default: return value.jsonText()
        }
    }
}
