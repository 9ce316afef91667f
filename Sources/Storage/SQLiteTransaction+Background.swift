internal import AWS

extension SQLiteTransaction {
    func nextToPurge() throws(APIError) -> Secret? {
        try translatingErrors {
            let row = try statement(.nextToPurge)
            guard try row.step() else { return nil }
            return secret(in: row, Scope(account: row.text(15), region: row.text(16)))
        }
    }

    func clockSetting() throws(APIError) -> String? {
        try translatingErrors {
            let row = try statement(.metaValue)
            try row.bind(1, MetaName.clock.rawValue)
            return try row.step() ? String(decoding: row.blob(0), as: UTF8.self) : nil
        }
    }

    func setClockSetting(_ setting: String?) throws(APIError) {
        try translatingErrors {
            guard let setting else {
                let deletion = try statement(.deleteMetaValue)
                try deletion.bind(1, MetaName.clock.rawValue)
                return try deletion.run()
            }
            let change = try statement(.setMetaValue)
            try change.bind(1, MetaName.clock.rawValue)
            try change.bind(2, blob: Array(setting.utf8))
            try change.run()
        }
    }
}
