internal import AWS

extension SQLiteTransaction {
    func nextToPurge() throws(APIError) -> Secret? {
        try translatingErrors {
            let row = try statement(.nextToPurge)
            guard try row.step() else { return nil }
            return secretOfAnyScope(in: row)
        }
    }

    func clockSetting() throws(APIError) -> String? {
        try text(.clock)
    }

    func setClockSetting(_ setting: String?) throws(APIError) {
        try setText(setting, .clock)
    }

    func deliveredEvent() throws(APIError) -> Int64? {
        try text(.deliveredEvent).flatMap { Int64($0) }
    }

    func setDeliveredEvent(_ sequence: Int64) throws(APIError) {
        try setText(String(sequence), .deliveredEvent)
    }

    func text(_ name: MetaName) throws(APIError) -> String? {
        try translatingErrors {
            let row = try statement(.metaValue)
            try row.bind(1, name.rawValue)
            return try row.step() ? String(decoding: row.blob(0), as: UTF8.self) : nil
        }
    }

    func setText(_ text: String?, _ name: MetaName) throws(APIError) {
        try translatingErrors {
            guard let text else {
                let deletion = try statement(.deleteMetaValue)
                try deletion.bind(1, name.rawValue)
                return try deletion.run()
            }
            let change = try statement(.setMetaValue)
            try change.bind(1, name.rawValue)
            try change.bind(2, blob: Array(text.utf8))
            try change.run()
        }
    }
}
