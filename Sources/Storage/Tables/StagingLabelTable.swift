internal import AWS

/// Which version of a secret each of its staging labels is on.
enum StagingLabelTable: Int, StatementList {
    case ofSecret, insert, deleteOfSecret

    enum Columns: Int, RowColumns {
        case label, versionID, secretID, position
    }

    static let table = Table.stagingLabel

    var sql: String {
        switch self {
        case .ofSecret: "SELECT \(Columns.list) FROM staging_label WHERE secret_id = ?1"
        case .insert: "INSERT INTO staging_label \(Columns.values())"
        case .deleteOfSecret: "DELETE FROM staging_label WHERE secret_id = ?1"
        }
    }
}

extension SQLiteTransaction {
    func stagingLabels(of secret: Secret) throws(APIError) -> StagingLabels {
        try translatingErrors {
            let rows = try statement(StagingLabelTable.ofSecret)
            try rows.bind(1, secret.id)
            var rowsByLabel: [(position: Int64, attachment: StagingLabels.Attachment)] = []
            while try rows.step() {
                let attachment = StagingLabels.Attachment(
                    label: rows.text(.label),
                    versionID: rows.text(.versionID)
                )
                rowsByLabel.append((rows.integer(.position), attachment))
            }
            // They come by label, and are few. Those of an older file have no places.
            let attachments = rowsByLabel.sorted { $0.position < $1.position }.map(\.attachment)
            return StagingLabels(attachments)
        }
    }

    func setStagingLabels(_ changed: ChangedLabels, of secret: Secret) throws(APIError) {
        try translatingErrors {
            try run(StagingLabelTable.deleteOfSecret, secret.id)
            for (position, attachment) in changed.labels.attachments.enumerated() {
                let insertion = try statement(StagingLabelTable.insert)
                try insertion.bind(.label, attachment.label)
                try insertion.bind(.versionID, attachment.versionID)
                try insertion.bind(.position, Int64(position))
                try insertion.bind(.secretID, secret.id)
                try insertion.run()
            }
        }
    }
}
