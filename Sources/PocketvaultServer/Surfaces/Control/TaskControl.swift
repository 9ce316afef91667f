internal import AWS
internal import HTTPServer
internal import JSON
internal import Notation

/// Where the tasks of services run: who holds `GET /_pocketvault/stream?cluster=C&service=S` open is
/// a task of the service, and says by `POST /_pocketvault/stream` what it runs.
///
/// The account and the region are the server's own, unless the fields `account` and `region` or an
/// ARN say others.
struct TaskControl: Sendable {
    let feed: EventFeed
    let vault: any Vault
    let road: Road
    let tasks: TaskRegister
    let scope: Scope
    let randomness: Randomness

    init(of vault: OpenVault) {
        feed = vault.feed
        self.vault = vault.vault
        road = vault.road
        tasks = vault.tasks
        scope = vault.configuration.scope
        randomness = vault.machine.randomness
    }

    /// Begins a task; nil when as many listen as there may be.
    func open(_ fields: FormFields) throws(ControlOrder.Refusal) -> BodyStream? {
        let place = try place(in: fields)
        let task = tasks.begin(for: try service(at: place).arn)
        let listener = ServiceListener(of: feed, vault, tasks, task, at: place)
        let stream = feed.open(next: listener.next) {
            guard let ended = tasks.end(task.id) else { return }
            settle(place, ended.isStopped ? [] : [stopped(ended)].compactMap(\.self))
        }
        if stream == nil { _ = tasks.end(task.id) }
        return stream
    }

    private func place(in fields: FormFields) throws(ControlOrder.Refusal) -> ServicePlace {
        guard let service = fields["service"], !service.isEmpty else {
            throw ControlOrder.Refusal("The field cluster goes with the field service.")
        }
        let account = fields["account"] ?? scope.account
        let region = fields["region"] ?? scope.region
        guard AccountID.isValid(account) else {
            throw ControlOrder.Refusal("The field account is twelve digits.")
        }
        guard Region.isName(region) else {
            throw ControlOrder.Refusal("The field region is a region as in us-east-1.")
        }
        return ServicePlace(
            service,
            in: fields["cluster"],
            Scope(account: account, region: region)
        )
    }

    private func service(at place: ServicePlace) throws(ControlOrder.Refusal) -> ECSService {
        let found: ECSService?
        do throws(APIError) {
            found = try vault.reading { vault throws(APIError) in try place.find(vault) }
        } catch {
            throw ControlOrder.Refusal(
                "The vault cannot be read; the log says why.",
                status: 500,
                code: error.code.rawValue,
                cause: error.cause
            )
        }
        guard let found, found.status == .active else {
            throw ControlOrder.Refusal(
                "There is no service \(place.arn); make it first: aws ecs create-service.",
                status: 404,
                code: "ServiceNotFound"
            )
        }
        return found
    }

    // MARK: What a task says

    /// Notes what a task runs; the answer comes when the service is settled by it.
    @Sendable func report(_ request: HTTPRequest, _ reply: @escaping Reply) {
        let id: String
        let report: TaskRegister.Report
        do throws(ControlOrder.Refusal) {
            (id, report) = try TaskControl.read(try ControlOrder.members(of: request))
        } catch {
            return reply(error.answer)
        }
        guard let before = tasks.note(report, of: id) else {
            return reply(
                ControlAnswer.error(404, "TaskNotFound", "No stream of such a task is open.")
            )
        }
        var news: [String?] = []
        if case .running(let deployment) = report {
            if before.deployment != deployment {
                news = [stopped(before), "has started 1 tasks: (task \(id))."]
            }
        } else {
            news = [stopped(before)]
        }
        settle(ServicePlace(arn: before.service), news.compactMap(\.self)) { result in
            switch result {
            case .success:
                reply(
                    Answer(
                        ControlAnswer.json(200) { writer in
                            writer.name("status")
                            writer.string("ok")
                        },
                        operation: "Task"
                    )
                )
            case .failure(let error):
                reply(ControlAnswer.storeFailed(cause: error.cause ?? error.message))
            }
        }
    }

    private static func read(
        _ object: JSONObject
    ) throws(ControlOrder.Refusal) -> (id: String, report: TaskRegister.Report) {
        for name in object.members.map(\.name)
        where !["task", "status", "deployment"].contains(name) {
            throw ControlOrder.Refusal(
                "There are the members task, status and deployment; the body has another."
            )
        }
        guard case .string(let id)? = object["task"] else {
            throw ControlOrder.Refusal("The member task is the id that the stream gave.")
        }
        switch (object["status"], object["deployment"]) {
        case (.string("RUNNING"), .string(let deployment)):
            return (id, .running(deployment: deployment))
        case (.string("STOPPED"), nil): return (id, .stopped)
        default:
            throw ControlOrder.Refusal(
                "The member status is RUNNING, with the deployment that runs, or STOPPED."
            )
        }
    }

    /// What a service tells of a task that ran and does not any more.
    private func stopped(_ task: TaskRegister.Task) -> String? {
        task.deployment.map { _ in "has stopped 1 running tasks: (task \(task.id))." }
    }

    private func settle(
        _ place: ServicePlace,
        _ news: [String],
        then reply: @escaping @Sendable (Result<Void?, APIError>) -> Void = { _ in }
    ) {
        road.work(
            on: { vault, _ throws(APIError) in try place.find(vault) },
            change: { [tasks, randomness] service, vault, time throws(APIError) in
                let running = tasks.running.of(service.arn)
                let settlement = ServiceSettlement(running, at: time, randomness)
                try settlement.settle(service, news: news, vault)
            },
            then: reply
        )
    }
}
