package import Notation

/// Brings a service up to what runs for it: its deployments, and what is left of a deleted one.
///
/// It is asked after every change of the service and whenever a task begins or ends; AWS's scheduler
/// does the same by itself, a while later.
package struct ServiceSettlement: Sendable {
    private let tasks: [RunningTask]
    private let now: Timestamp
    private let randomness: Randomness

    /// - Parameters:
    ///   - tasks: what runs for the service.
    ///   - now: the vault's time.
    ///   - randomness: for the ids of events.
    package init(_ tasks: [RunningTask], at now: Timestamp, _ randomness: Randomness) {
        self.tasks = tasks
        self.now = now
        self.randomness = randomness
    }

    /// Stores what follows from what runs.
    ///
    /// - Parameters:
    ///   - service: as it is stored.
    ///   - news: what happened to its tasks, as the ends of sentences.
    ///   - vault: the store.
    /// - Throws: what the store throws; then nothing may be kept.
    package func settle(
        _ service: ECSService,
        news: [String] = [],
        _ vault: any VaultWriting
    ) throws(APIError) {
        for sentence in news { try tell("(service \(service.name)) \(sentence)", service, vault) }
        if service.status == .draining, tasks.isEmpty {
            var service = service
            service.status = .inactive
            try vault.update(service)
            return try vault.setDeployments([], of: service)
        }
        guard service.status == .active else { return }
        let before = try vault.ecsDeployments(of: service)
        var deployments = before.filter { $0.isPrimary || isRunning($0) }
        if let primary = deployments.first, primary.isPrimary, deployments.count == 1,
            !primary.isCompleted, running(primary) >= service.desiredCount
        {
            deployments[0].isCompleted = true
            deployments[0].updatedAt = now
            let subject = "(service \(service.name))"
            try tell("\(subject) (deployment \(primary.id)) deployment completed.", service, vault)
            try tell("\(subject) has reached a steady state.", service, vault)
        }
        if deployments != before { try vault.setDeployments(deployments, of: service) }
    }

    private func running(_ deployment: ECSDeployment) -> Int64 {
        Int64(tasks.count { $0.deployment == deployment.id })
    }

    private func isRunning(_ deployment: ECSDeployment) -> Bool { running(deployment) > 0 }

    private func tell(
        _ message: String,
        _ service: ECSService,
        _ vault: any VaultWriting
    ) throws(APIError) {
        let event = ECSServiceEvent(id: randomness.uuid(), createdAt: now, message: message)
        try vault.append(event, to: service)
    }
}

extension ECSService: CallSubject {}
