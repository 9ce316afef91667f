internal import Client
internal import Invocation
internal import JSON
internal import Notation
internal import PocketvaultServer

/// What is wrong with the server that commands speak to: its port, its version, its clock.
struct ServerExam {
    let control: ControlClient
    let now: Timestamp

    var diagnoses: [Diagnosis] {
        do throws(ClientError) {
            let answer = try control.send("GET", "/_pocketvault/health")
            let health = ServerExam.object(answer) ?? JSONObject([])
            guard let version = health.text("version") else {
                return [
                    Diagnosis(
                        .problem,
                        "port",
                        "what listens at \(control.authority) is not Pocketvault",
                        "stop it, or serve on another --port"
                    )
                ]
            }
            return [server(version, health), readiness].compactMap(\.self) + clock(answer)
        } catch {
            return [
                Diagnosis(
                    .warning,
                    "port",
                    "no server at \(control.authority)",
                    "start one: pocketvault serve"
                )
            ]
        }
    }

    private func server(_ version: String, _ health: JSONObject) -> Diagnosis {
        let count = health.integer("secrets") ?? 0
        let text =
            "Pocketvault \(version) listens at \(control.authority), with \(count) "
            + (count == 1 ? "secret" : "secrets")
        return version == Server.version
            ? Diagnosis(.ok, "port", text)
            : Diagnosis(
                .warning,
                "port",
                "\(text); this program is \(Server.version)",
                "use one version of both"
            )
    }

    private var readiness: Diagnosis? {
        guard let answer = try? control.send("GET", "/_pocketvault/ready"), answer.status != 200
        else { return nil }
        return Diagnosis(.warning, "port", "the server is not ready yet: its seeds are not in")
    }

    private func clock(_ health: HTTPAnswer) -> [Diagnosis] {
        var found: [Diagnosis] = []
        if let date = health["date"].flatMap(ServerExam.time) {
            let seconds = abs(date.milliseconds - now.milliseconds) / 1_000
            if seconds >= 300 {
                found.append(
                    Diagnosis(
                        .problem,
                        "clock",
                        "this machine and the server's are \(seconds) s apart: signatures hold for"
                            + " five minutes",
                        "set the clocks"
                    )
                )
            }
        }
        if let clock = try? control.object("GET", "/_pocketvault/clock").members,
            let text = clock.text("now"), let time = Timestamp(text: text)
        {
            let isMoved = abs(time.milliseconds - now.milliseconds) > 60_000
            let rate = clock.integer("rate") ?? 1
            found.append(
                isMoved || rate != 1
                    ? Diagnosis(
                        .warning,
                        "clock",
                        "the vault's clock was moved: it says \(text)",
                        "pocketvault clock reset"
                    )
                    : Diagnosis(.ok, "clock", "the vault's clock is the machine's")
            )
        }
        return found
    }

    /// A date of HTTP, as in `Sun, 29 Nov 2026 16:00:00 GMT`.
    private static func time(_ date: String) -> Timestamp? {
        let parts = date.split(whereSeparator: { $0 == " " || $0 == ":" })
        let months = [
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
        ]
        guard parts.count == 8, let day = Int(parts[1]),
            let month = months.firstIndex(of: String(parts[2])), let year = Int64(parts[3]),
            let hours = Int64(parts[4]), let minutes = Int64(parts[5]),
            let seconds = Int64(parts[6])
        else { return nil }
        let start = CivilDate(year: year, month: month + 1, day: day).startOfDay
        let ofDay = (hours * 60 + minutes) * 60 + seconds
        return Timestamp(milliseconds: start.milliseconds + ofDay * 1_000)
    }

    private static func object(_ answer: HTTPAnswer) -> JSONObject? {
        guard case .object(let object)? = try? JSONParser.parse(answer.body) else { return nil }
        return object
    }
}
