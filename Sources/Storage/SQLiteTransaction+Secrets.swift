internal import AWS

extension SQLiteTransaction: VaultWriting {
    // MARK: Reading

    func secret(at address: SecretAddress) throws(APIError) -> Secret? {
        if let secret = cache?.secret(at: address) { return secret }
        let secret = try translatingErrors { try selectSecret(at: address) }
        if let secret { cache?.insert(secret, at: address) }
        return secret
    }

    private func selectSecret(at address: SecretAddress) throws(SQLiteError) -> Secret? {
        let scope = address.scope
        switch address {
        case .name(let name, _):
            let row = try statement(.secretByName)
            try bind(scope, in: row)
            try row.bind(3, name)
            return try row.step() ? secret(in: row, scope) : nil
        case .arn(let arn, _):
            let row = try statement(.secretByARN)
            try row.bind(1, arn)
            try row.bind(2, scope.account)
            return try row.step() ? secret(in: row, scope) : nil
        }
    }

    func secrets(
        in scope: Scope,
        sortedBy order: SecretOrder,
        after position: SecretPosition?,
        limit: Int
    ) throws(APIError) -> [Secret] {
        try translatingErrors {
            let rows = try statement(.secrets(sortedBy: order))
            let position = position ?? .start(of: order)
            try bind(scope, in: rows)
            switch position.key {
            case .date(let milliseconds): try rows.bind(3, milliseconds)
            case .name(let name): try rows.bind(3, name)
            }
            try rows.bind(4, position.id)
            try rows.bind(5, Int64(limit))
            return try secrets(in: rows, scope)
        }
    }

    func secrets(
        in scope: Scope,
        namePrefix prefix: String,
        limit: Int
    ) throws(APIError) -> [Secret] {
        try translatingErrors {
            let rows = try statement(.secretsByPrefix)
            try bind(scope, in: rows)
            try rows.bind(3, prefix)
            try rows.bind(4, prefix + SecretPosition.afterEveryName)
            try rows.bind(5, Int64(limit))
            return try secrets(in: rows, scope)
        }
    }

    func tags(of secret: Secret) throws(APIError) -> [Tag] {
        try translatingErrors {
            let rows = try statement(.tags)
            try rows.bind(1, secret.id)
            var tags: [Tag] = []
            while try rows.step() {
                tags.append(Tag(key: rows.text(0), value: rows.text(1)))
            }
            return tags
        }
    }

    // MARK: Writing

    func insert(_ secret: NewSecret) throws(APIError) -> Secret {
        try translatingErrors {
            let insertion = try statement(.insertSecret)
            try bind(secret.arn.scope, in: insertion)
            try insertion.bind(3, secret.arn.name)
            try insertion.bind(4, secret.arn.text)
            try insertion.bind(5, secret.description)
            try insertion.bind(6, secret.kmsKeyID)
            try insertion.bind(7, secret.type)
            try insertion.bind(8, secret.owningService)
            try insertion.bind(9, secret.createdAt.milliseconds)
            try insertion.bind(10, secret.primaryID)
            try insertion.bind(11, secret.primaryRegion)
            try insertion.bind(12, secret.crossAccountPrimary?.primaryARN)
            try insertion.bind(13, secret.crossAccountPrimary?.status.rawValue)
            try insertion.run()
            return Secret(
                id: connection.insertedRowID,
                arn: secret.arn,
                description: secret.description,
                kmsKeyID: secret.kmsKeyID,
                type: secret.type,
                owningService: secret.owningService,
                createdAt: secret.createdAt,
                lastChangedAt: secret.createdAt,
                primaryID: secret.primaryID,
                primaryRegion: secret.primaryRegion,
                crossAccountPrimary: secret.crossAccountPrimary
            )
        }
    }

    func update(_ secret: Secret) throws(APIError) {
        try translatingErrors {
            let update = try statement(.updateSecret)
            try update.bind(1, secret.id)
            try update.bind(2, secret.description)
            try update.bind(3, secret.kmsKeyID)
            try update.bind(4, secret.type)
            try update.bind(5, secret.owningService)
            try update.bind(6, secret.lastChangedAt.milliseconds)
            try update.bind(7, secret.lastAccessedAt?.milliseconds ?? 0)
            try update.bind(8, secret.deletedAt?.milliseconds)
            try update.bind(9, secret.purgeAt?.milliseconds)
            try update.bind(10, secret.wasEverTagged)
            try update.bind(11, secret.primaryID)
            try update.bind(12, secret.primaryRegion)
            try update.bind(13, secret.crossAccountPrimary?.primaryARN)
            try update.bind(14, secret.crossAccountPrimary?.status.rawValue)
            try update.run()
            guard connection.changedRows == 1 else {
                throw APIError.internalServiceError(cause: "no row for \(secret.arn.text)")
            }
        }
    }

    func setTags(_ tags: [Tag], of secret: Secret) throws(APIError) {
        try translatingErrors {
            try run(.deleteTags, secret.id)
            for (position, tag) in tags.enumerated() {
                let insertion = try statement(.insertTag)
                try insertion.bind(1, secret.id)
                try insertion.bind(2, Int64(position))
                try insertion.bind(3, tag.key)
                try insertion.bind(4, tag.value)
                try insertion.run()
            }
            if !tags.isEmpty { try run(.noteTagged, secret.id) }
        }
    }

    func delete(_ secret: Secret) throws(APIError) {
        try translatingErrors { try run(.deleteSecret, secret.id) }
    }

    func deleteAllSecrets(ofAccount account: String?) throws(APIError) {
        try translatingErrors {
            guard let account else { return try statement(.deleteEverySecret).run() }
            let deletion = try statement(.deleteSecretsOfAccount)
            try deletion.bind(1, account)
            try deletion.run()
        }
    }

    /// Runs a query whose one parameter is the id of a row.
    func run(_ query: Query, _ rowID: Int64) throws(SQLiteError) {
        let statement = try statement(query)
        try statement.bind(1, rowID)
        try statement.run()
    }

    // MARK: Rows

    func bind(_ scope: Scope, in statement: borrowing Statement) throws(SQLiteError) {
        try statement.bind(1, scope.account)
        try statement.bind(2, scope.region)
    }

    private func secrets(
        in rows: borrowing Statement,
        _ scope: Scope
    ) throws(SQLiteError) -> [Secret] {
        var secrets: [Secret] = []
        while try rows.step() {
            secrets.append(secret(in: rows, scope))
        }
        return secrets
    }

    func secretOfAnyScope(in row: borrowing Statement) -> Secret {
        secret(in: row, Scope(account: row.text(17), region: row.text(18)))
    }

    /// How many columns a secret takes, with its scope.
    static let columnsOfSecret: Int32 = 19

    func secret(in row: borrowing Statement, _ scope: Scope) -> Secret {
        Secret(
            id: row.integer(0),
            arn: SecretARN(stored: row.text(1), scope: scope, name: row.text(2)),
            description: row.text(3),
            kmsKeyID: row.text(4),
            type: row.optionalText(5),
            owningService: row.optionalText(6),
            createdAt: Timestamp(milliseconds: row.integer(7)),
            lastChangedAt: Timestamp(milliseconds: row.integer(8)),
            lastAccessedAt: Timestamp(unlessZero: row.integer(9)),
            deletedAt: row.optionalInteger(10).map(Timestamp.init(milliseconds:)),
            purgeAt: row.optionalInteger(11).map(Timestamp.init(milliseconds:)),
            wasEverTagged: row.integer(12) != 0,
            primaryID: row.optionalInteger(13),
            primaryRegion: row.optionalText(14),
            crossAccountPrimary: row.optionalText(15).map { arn in
                CrossAccountPrimary(
                    primaryARN: arn,
                    status: CrossAccountStatus(rawValue: row.text(16)) ?? .detached
                )
            }
        )
    }
}

extension Timestamp {
    /// A date that the tables keep as 0 while it is not set.
    init?(unlessZero milliseconds: Int64) {
        guard milliseconds != 0 else { return nil }
        self.init(milliseconds: milliseconds)
    }
}

extension SecretPosition {
    /// Sorts after the names of all secrets, which are ASCII.
    fileprivate static let afterEveryName = "\u{10FFFF}"

    /// The place before the first secret of an order.
    fileprivate static func start(of order: SecretOrder) -> SecretPosition {
        let id: Int64 = order.ascending ? .min : .max
        guard order.key == .name else { return SecretPosition(key: .date(id), id: id) }
        return SecretPosition(key: .name(order.ascending ? "" : afterEveryName), id: id)
    }
}
