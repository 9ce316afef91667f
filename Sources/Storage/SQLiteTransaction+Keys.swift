internal import AWS

extension SQLiteTransaction {
    // MARK: Reading

    func key(at address: KeyAddress) throws(APIError) -> KMSKey? {
        try translatingErrors {
            switch address {
            case .id(let id, let scope): try selectKey(.kmsKeyByID, scope, id)
            case .alias(let name, let scope): try selectKey(.kmsKeyByAlias, scope, name)
            }
        }
    }

    private func selectKey(_ query: Query, _ scope: Scope, _ name: String) throws -> KMSKey? {
        let row = try statement(query)
        try bind(scope, in: row)
        try row.bind(3, name)
        return try row.step() ? try key(in: row) : nil
    }

    func keys(in scope: Scope, after keyID: String, limit: Int) throws(APIError) -> [KMSKey] {
        try translatingErrors {
            let rows = try statement(.kmsKeys)
            try bind(scope, in: rows)
            try rows.bind(3, keyID)
            try rows.bind(4, Int64(limit))
            var keys: [KMSKey] = []
            while try rows.step() { keys.append(try key(in: rows)) }
            return keys
        }
    }

    func hasKeys(in scope: Scope) throws(APIError) -> Bool {
        try translatingErrors {
            let row = try statement(.anyKMSKey)
            try bind(scope, in: row)
            return try row.step()
        }
    }

    func nextKeyToDelete() throws(APIError) -> KMSKey? {
        try translatingErrors {
            let row = try statement(.nextKMSKeyToDelete)
            return try row.step() ? try key(in: row) : nil
        }
    }

    func policy(of key: KMSKey) throws(APIError) -> String {
        try translatingErrors {
            let row = try statement(.kmsKeyPolicy)
            try row.bind(1, key.id)
            return try row.step() ? row.text(0) : ""
        }
    }

    func tags(of key: KMSKey) throws(APIError) -> [Tag] {
        try translatingErrors {
            let rows = try statement(.kmsTags)
            try rows.bind(1, key.id)
            var tags: [Tag] = []
            while try rows.step() { tags.append(Tag(key: rows.text(0), value: rows.text(1))) }
            return tags
        }
    }

    private func key(in row: borrowing Statement) throws -> KMSKey {
        guard let state = KeyState(rawValue: row.text(4)) else {
            throw APIError.internalServiceError(cause: "no state of a key")
        }
        return KMSKey(
            id: row.integer(0),
            arn: KeyARN(
                scope: Scope(account: row.text(1), region: row.text(2)),
                keyID: row.text(3)
            ),
            state: state,
            description: row.text(5),
            isAWSManaged: row.integer(6) != 0,
            isMultiRegion: row.integer(7) != 0,
            createdAt: Timestamp(milliseconds: row.integer(8)),
            deletionDate: row.optionalInteger(9).map(Timestamp.init(milliseconds:)),
            rotation: row.optionalInteger(10).map { period in
                KeyRotation(
                    periodInDays: period,
                    enabledAt: Timestamp(milliseconds: row.integer(11))
                )
            }
        )
    }

    // MARK: Writing

    func insert(_ key: NewKey) throws(APIError) -> KMSKey {
        try translatingErrors {
            let insertion = try statement(.insertKMSKey)
            try bind(key.arn.scope, in: insertion)
            try insertion.bind(3, key.arn.keyID)
            try insertion.bind(4, KeyState.enabled.rawValue)
            try insertion.bind(5, key.description)
            try insertion.bind(6, key.policy)
            try insertion.bind(7, key.isAWSManaged)
            try insertion.bind(8, key.isMultiRegion)
            try insertion.bind(9, key.createdAt.milliseconds)
            try insertion.bind(10, key.rotation?.periodInDays)
            try insertion.bind(11, key.rotation?.enabledAt.milliseconds)
            try insertion.run()
            return KMSKey(
                id: connection.insertedRowID,
                arn: key.arn,
                description: key.description,
                isAWSManaged: key.isAWSManaged,
                isMultiRegion: key.isMultiRegion,
                createdAt: key.createdAt,
                rotation: key.rotation
            )
        }
    }

    func update(_ key: KMSKey) throws(APIError) {
        try translatingErrors {
            let update = try statement(.updateKMSKey)
            try update.bind(1, key.id)
            try update.bind(2, key.state.rawValue)
            try update.bind(3, key.description)
            try update.bind(4, key.deletionDate?.milliseconds)
            try update.bind(5, key.rotation?.periodInDays)
            try update.bind(6, key.rotation?.enabledAt.milliseconds)
            try update.run()
        }
    }

    func setPolicy(_ policy: String, of key: KMSKey) throws(APIError) {
        try translatingErrors {
            let update = try statement(.setKMSKeyPolicy)
            try update.bind(1, key.id)
            try update.bind(2, policy)
            try update.run()
        }
    }

    func setTags(_ tags: [Tag], of key: KMSKey) throws(APIError) {
        try translatingErrors {
            try run(.deleteKMSTags, key.id)
            for (position, tag) in tags.enumerated() {
                let insertion = try statement(.insertKMSTag)
                try insertion.bind(1, key.id)
                try insertion.bind(2, Int64(position))
                try insertion.bind(3, tag.key)
                try insertion.bind(4, tag.value)
                try insertion.run()
            }
        }
    }

    func destroy(_ key: KMSKey) throws(APIError) {
        try translatingErrors {
            try keyring.destroyKey(
                named: KeyEncryptionKeyName(key.arn),
                connection
            )
            try run(.deleteKMSAliasesOfKey, key.id)
            try run(.deleteKMSTags, key.id)
            try run(.forgetKMSKey, key.id)
        }
    }

    func deleteAllKeys(ofAccount account: String?) throws(APIError) {
        try translatingErrors {
            guard let account else { return try statement(.deleteEveryKMSKey).run() }
            let deletion = try statement(.deleteKMSKeysOfAccount)
            try deletion.bind(1, account)
            try deletion.run()
        }
    }
}
