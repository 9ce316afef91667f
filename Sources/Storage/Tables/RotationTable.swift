internal import AWS
internal import Notation

/// The rotations that are going on.
enum RotationTable: Int, StatementList {
    case ofSecret, set, delete, next

    enum Columns: Int, RowColumns {
        case secretID, versionID, token, isTest, step, failures, dueAt
        /// When that step was over; of the last one no row tells.
        case createdAt, setAt, testedAt
    }

    static let table = Table.rotation

    fileprivate static let finishedSteps: [Rotation.Step: Columns] = [
        .createSecret: .createdAt, .setSecret: .setAt, .testSecret: .testedAt,
    ]

    var sql: String {
        switch self {
        case .ofSecret: "SELECT \(Columns.list) FROM rotation WHERE secret_id = ?1"
        case .set: "INSERT OR REPLACE INTO rotation \(Columns.values())"
        case .delete: "DELETE FROM rotation WHERE secret_id = ?1"
        // While a secret is scheduled for deletion, its rotation waits.
        case .next:
            """
            SELECT \(Columns.list(of: "r"))
            FROM rotation AS r JOIN secret AS s ON s.id = r.secret_id
            WHERE r.due_at IS NOT NULL AND s.deleted_at IS NULL ORDER BY r.due_at LIMIT 1
            """
        }
    }
}

extension SQLiteTransaction {
    // MARK: Reading

    func rotation(of secret: Secret) throws(APIError) -> Rotation? {
        try translatingErrors {
            let row = try statement(RotationTable.ofSecret)
            try row.bind(1, secret.id)
            return try row.step() ? try rotation(in: row) : nil
        }
    }

    func nextRotation() throws(APIError) -> DueRotation? {
        try translatingErrors {
            let rotation = try nextRotationStep()
            let window = try nextRotationWindow()
            guard let rotation else { return window }
            return window.map { $0.time < rotation.time ? $0 : rotation } ?? rotation
        }
    }

    private func nextRotationStep() throws -> DueRotation? {
        let row = try statement(RotationTable.next)
        guard try row.step() else { return nil }
        let rotation = try rotation(in: row)
        guard let time = rotation.dueAt, let secret = try secret(id: row.integer(.secretID))
        else { return nil }
        return DueRotation(secret: secret, time: time, rotation: rotation)
    }

    private func rotation(
        in row: borrowing Statement<RotationTable.Columns>
    ) throws -> Rotation {
        guard let step = Rotation.Step(rawValue: row.text(.step)) else {
            throw APIError.internalServiceError(cause: "no step of a rotation")
        }
        return Rotation(
            versionID: row.text(.versionID),
            token: row.text(.token),
            isTest: row.bool(.isTest),
            step: step,
            failures: Int(row.integer(.failures)),
            dueAt: row.optionalTimestamp(.dueAt),
            finishedAt: RotationTable.finishedSteps.compactMapValues { row.optionalTimestamp($0) }
        )
    }

    // MARK: Writing

    func setRotation(_ rotation: Rotation?, of secret: Secret) throws(APIError) {
        try translatingErrors {
            guard let rotation else { return try run(RotationTable.delete, secret.id) }
            let update = try statement(RotationTable.set)
            try update.bind(.secretID, secret.id)
            try update.bind(.versionID, rotation.versionID)
            try update.bind(.token, rotation.token)
            try update.bind(.isTest, rotation.isTest)
            try update.bind(.step, rotation.step.rawValue)
            try update.bind(.failures, Int64(rotation.failures))
            try update.bind(.dueAt, rotation.dueAt)
            for (step, column) in RotationTable.finishedSteps {
                try update.bind(column, rotation.finishedAt[step])
            }
            try update.run()
        }
    }
}
